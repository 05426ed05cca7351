// Users who moved before they came: the host and everybody who follows the guild know their keys.
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"
#include "tests/unit/peering/mover.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// carol lived on the second node, then on the third, and lives on the fourth now; the first hosts
/// a guild with a mirror on the second, and has met neither of her homes.
struct Moved {
    Moved() {
        alice = world[0].add_user("alice");
        bob = world[1].add_user("bob");
        carol = world[1].add_user("carol");
        const auto made = world[0].ok(Method::post, "/api/v10/guilds", alice, {{"name", "Third"}});
        guild = *protocol::parse_id<GuildId>(text_of(made, "id"));
        const auto room = world[0].ok(Method::post,
                                      "/api/v10/guilds/" + guild.str() + "/channels",
                                      alice,
                                      {{"name", "general"}, {"type", 0}});
        messages = "/api/v10/channels/" + text_of(room, "id") + "/messages";
        const auto invite = world[0].ok(Method::post,
                                        "/api/v10/channels/" + text_of(room, "id") + "/invites",
                                        alice,
                                        json::object());
        code = "/api/v10/invites/" + text_of(invite, "code") + "@" + world[0].ip().str() + ":8447";
        world[1].ok(Method::post, code, bob, json::object());
        // The third and the fourth have met.
        world[3].core().peering->peers().want(world[2].uid(), {world[2].ip().str() + ":8447"});
        world.run_until([&] { return knows(3, world[2].uid()); });
        carol = move_account(world, carol, 1, 2);
        world.run_until([&] { return lives_elsewhere(1); }, 3min);
        carol = move_account(world, carol, 2, 3);
    }
    bool knows(std::size_t node, const federation::Hash32& uid) {
        return world[node].core().peering->peers().directory().find(uid) != nullptr;
    }
    bool lives_elsewhere(std::size_t node) {
        const auto* user = world[node].view().user(carol.id);
        return user && !(*user)->home_uid.empty();
    }
    bool shows(std::size_t node, const Person& to, const std::string& text) {
        const Answer got = world[node].call(Method::get, messages, to);
        return got.status == 200 && got.body.find(text) != std::string::npos;
    }
    /// Of carol, as the node has it of the guild's log.
    const protocol::Identity* keys_at(std::size_t node) {
        const auto* user = world[0].view().user(carol.id);
        const auto* state = world[node].guild(guild);
        return user && state ? state->identities.find((*user)->uid) : nullptr;
    }

    FedNodes world{4};
    Person alice, bob, carol;
    GuildId guild;
    std::string messages, code;
};

}  // namespace

TEST_CASE("the keys of a user who moved before stand in the log of a guild that is joined later") {
    Moved m;
    CHECK_FALSE(m.knows(0, m.world[2].uid()));
    const Answer joined = m.world[3].call(Method::post, m.code, m.carol, json::object());
    INFO(joined.body << m.world.logs());
    REQUIRE(joined.status == 200);
    CHECK(m.world[3].call(Method::post, m.messages, m.carol, {{"content", "moved here"}}).status ==
          200);
    CHECK(m.world.run_until([&] { return m.shows(1, m.bob, "moved here"); }));
    CHECK(m.world[1].view().role(m.guild) == journal::GuildRole::mirrored);
    for (const std::size_t node : {0u, 1u, 3u}) {
        INFO(node << m.world.logs());
        REQUIRE(m.keys_at(node));
        // Two phrases and two moves.
        CHECK(m.keys_at(node)->events.size() == 4);
        const std::string between(m.world[2].uid().text());
        CHECK(m.world[node].guild(m.guild)->identities.find(between));
    }
    // The next move is held against them, by the mirror, too.
    m.carol = move_account(m.world, m.carol, 3, 2);
    const auto moved = [&] {
        const auto* state = m.world[1].guild(m.guild);
        const auto* member = state ? state->members.find(m.carol.id) : nullptr;
        return member && protocol::home_of(*state, *member) == m.world[2].uid().text();
    };
    INFO(m.world.logs());
    CHECK(m.world.run_until(moved, 5min));
    CHECK(m.world[1].view().role(m.guild) == journal::GuildRole::mirrored);
}

TEST_CASE("who moved is taken in where he was known before, and his old home no more") {
    Moved m;
    // The host knew him from the first home, and has no guild with him any more.
    const Person dave = m.world[1].add_user("dave");
    m.world[1].ok(Method::post, m.code, dave, json::object());
    m.world[1].ok(Method::del, "/api/v10/users/@me/guilds/" + m.guild.str(), dave);
    m.world.advance(1s);
    const Person moved = move_account(m.world, dave, 1, 3);
    const Answer joined = m.world[3].call(Method::post, m.code, moved, json::object());
    INFO(joined.body << m.world.logs());
    REQUIRE(joined.status == 200);
    const auto* user = m.world[0].view().user(dave.id);
    REQUIRE(user);
    CHECK((*user)->home_uid == m.world[3].uid().text());
    CHECK(m.world[3].call(Method::post, m.messages, moved, {{"content", "again"}}).status == 200);
}
