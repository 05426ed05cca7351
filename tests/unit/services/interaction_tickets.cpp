#include "node/services/interaction_token.h"
#include "tests/catch.h"

using namespace guildhall;
using namespace guildhall::services;

namespace {

const InteractionRef kRef{protocol::InteractionId(1),
                          protocol::ApplicationId(2),
                          protocol::GuildId(3),
                          protocol::ChannelId(4),
                          protocol::UserId(5)};
const std::string kHost(32, 'a'), kHome(32, 'b'), kUid(32, 'u');

}  // namespace

TEST_CASE("a ticket is taken by its host from its home, and from nobody else") {
    const std::string ticket = make_interaction_ticket(kHost, kRef, kUid);
    CHECK(read_interaction_ticket(kHost, ticket, kUid) == kRef);
    CHECK(!read_interaction_ticket(kHost, ticket, std::string(32, 'v')));
    CHECK(!read_interaction_ticket(kHome, ticket, kUid));
    CHECK(!read_interaction_ticket(kHost, ticket, {}));
    CHECK(!read_interaction_token(kHost, ticket));
    CHECK(!read_interaction_ticket(kHost, make_interaction_token(kHost, kRef), kUid));
}

TEST_CASE("what a log tells of a ticket opens nothing at the bot's home") {
    const std::string ticket = make_interaction_ticket(kHost, kRef, kUid);
    const auto token = wrap_interaction_ticket(kHome, ticket);
    REQUIRE(token);
    const auto back = unwrap_interaction_token(kHome, *token);
    REQUIRE(back);
    CHECK(back->ref == kRef);
    CHECK(back->ticket == ticket);
    CHECK(!unwrap_interaction_token(kHome, ticket));
    CHECK(!unwrap_interaction_token(kHost, *token));
    CHECK(!read_interaction_token(kHome, *token));
    CHECK(!unwrap_interaction_token(kHome, make_interaction_token(kHome, kRef)));
    CHECK(!wrap_interaction_ticket(kHome, "short"));
}
