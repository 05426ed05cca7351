#include "federation/missing_keys.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

protocol::GuildState state_with(const Hash32& uid, std::vector<std::string> events) {
    protocol::GuildState state;
    const std::string key(uid.text());
    state.identities.insert_or_assign(key, protocol::Identity{key, "genesis", std::move(events)});
    return state;
}

}  // namespace

TEST_CASE("what a guild's log lacks of somebody's keys goes by what the events are") {
    const Hash32 uid = filled(1);
    const KeyLog log{"genesis", {"a", "c", "d"}};
    const auto all = missing_keys(protocol::GuildState(), uid, log);
    REQUIRE(all);
    REQUIRE(*all);
    CHECK((*all)->genesis == "genesis");
    CHECK((*all)->events == log.events);

    // As many events, and one of them another: it was made void, and stays in the guild's log.
    const auto other = missing_keys(state_with(uid, {"a", "b"}), uid, log);
    REQUIRE(*other);
    CHECK((*other)->genesis.empty());
    CHECK((*other)->events == std::vector<std::string>{"c", "d"});
    const auto last = missing_keys(state_with(uid, {"a", "b", "c"}), uid, log);
    REQUIRE(*last);
    CHECK((*last)->events == std::vector<std::string>{"d"});
    CHECK_FALSE(*missing_keys(state_with(uid, {"a", "b", "c", "d"}), uid, log));
    // An older copy says nothing new.
    CHECK_FALSE(*missing_keys(state_with(uid, {"a", "c", "d"}), uid, {"genesis", {"a"}}));
}

TEST_CASE("the homes of a user's moves are told in order, and of nothing else") {
    const TestNode first(20), second(24);
    const TestUser user(30, first.uid);
    CHECK(homes_moved_to(user.log).empty());
    KeyEvent event;
    event.subject_uid = event.prev = user.uid;
    event.seq = 1;
    event.signing_key = key(31).public_key();
    event.target = *KeyTarget::from(second.uid.text());
    SignedKeyEvent move = sign(event, key(31));
    move.consent = consent_to_move(ByteView(move.bytes), 0, second.signing);
    SignedKeyEvent rotation = move;
    rotation.consent.reset();
    KeyLog log = user.log;
    log.events = {encode(rotation), encode(move), encode(move), "nothing"};
    CHECK(homes_moved_to(log) == std::vector<Hash32>{second.uid});
}

}  // namespace guildhall::federation
