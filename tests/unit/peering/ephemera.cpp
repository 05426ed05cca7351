// Typing and presence between whole nodes: told where somebody looks, and to nobody else.
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// The last status of a user that a client was told of; "" where it was told nothing.
std::string status_of(const Client& client, UserId user) {
    std::string out;
    for (const auto& frame : client.frames()) {
        if (frame.at("op") != 0 || frame.at("t") != text("PRESENCE_UPDATE")) continue;
        const auto& d = frame.at("d").as_object();
        if (text_of(d.at("user"), "id") == user.str()) out = text_of(d, "status");
    }
    return out;
}

void set_status(Client& client, const std::string& status) {
    client.send(
        3,
        json::object{
            {"since", nullptr}, {"activities", json::array()}, {"status", status}, {"afk", false}});
}

}  // namespace

TEST_CASE("who is online on one node is so on the other, both ways") {
    FarGuild s;
    Client& alice = s.world[0].connect(s.people[0]);
    Client& bob = s.world[1].connect(s.people[1]);
    INFO(s.world.logs());
    REQUIRE(s.soon([&] { return status_of(alice, s.people[1].id) == "online"; }));
    REQUIRE(s.soon([&] { return status_of(bob, s.people[0].id) == "online"; }));
    // What comes next is told, no more than once in twenty seconds.
    set_status(bob, "dnd");
    CHECK(s.world.run_until([&] { return status_of(alice, s.people[1].id) == "dnd"; }, 25s));
    s.world[1].disconnect(bob);
}

TEST_CASE("a presence that was there before somebody looked is told when he looks") {
    FarGuild s;
    Client& bob = s.world[1].connect(s.people[1]);
    (void)bob;
    s.world.advance(30s);
    Client& alice = s.world[0].connect(s.people[0]);
    INFO(s.world.logs());
    CHECK(s.soon([&] { return status_of(alice, s.people[1].id) == "online"; }));
}

TEST_CASE("a host passes presence and typing on to the guild's other nodes") {
    FarGuild s(3);
    Client& u1 = s.world[1].connect(s.people[1]);
    Client& u2 = s.world[2].connect(s.people[2]);
    INFO(s.world.logs());
    REQUIRE(s.soon([&] { return status_of(u1, s.people[2].id) == "online"; }));
    REQUIRE(s.soon([&] { return status_of(u2, s.people[1].id) == "online"; }));
    s.world[1].ok(Method::post, s.channel_path() + "/typing", s.people[1]);
    REQUIRE(s.soon([&] { return u2.count("TYPING_START") == 1; }));
    CHECK(text_of(u2.last("TYPING_START"), "user_id") == s.people[1].id.str());
    // Nothing comes back to where it began, but what its own sessions are told.
    s.world.advance(5s);
    CHECK(u1.count("TYPING_START") == 1);
    CHECK(u2.count("TYPING_START") == 1);
}

TEST_CASE("typing in a channel that a node's members cannot see does not reach it") {
    FarGuild s;
    Client& bob = s.world[1].connect(s.people[1]);
    const auto hidden = s.world[0].ok(
        Method::post,
        s.guild_path() + "/channels",
        s.people[0],
        {{"name", "hidden"},
         {"type", 0},
         {"permission_overwrites",
          json::array{json::object{
              {"id", s.guild.str()}, {"type", 0}, {"deny", "1024"}, {"allow", "0"}}}}});
    s.world.advance(2s);
    s.world[0].ok(
        Method::post, "/api/v10/channels/" + text_of(hidden, "id") + "/typing", s.people[0]);
    s.world[0].ok(Method::post, s.channel_path() + "/typing", s.people[0]);
    REQUIRE(s.soon([&] { return bob.count("TYPING_START") == 1; }));
    s.world.advance(2s);
    CHECK(bob.count("TYPING_START") == 1);
}

TEST_CASE("when the link ends, everybody behind it is offline") {
    FarGuild s;
    Client& alice = s.world[0].connect(s.people[0]);
    s.world[1].connect(s.people[1]);
    REQUIRE(s.soon([&] { return status_of(alice, s.people[1].id) == "online"; }));
    s.world[1].crash();
    CHECK(s.world.run_until([&] { return status_of(alice, s.people[1].id) == "offline"; }, 2min));
}

TEST_CASE("nothing is told where nobody looks") {
    FarGuild s;
    s.world[1].connect(s.people[1]);
    s.world.advance(5s);
    const auto known = s.world[0].core().peering->ephemera().known();
    CHECK(known == 0);
}

TEST_CASE("who joins while online is online for the nodes that look already") {
    FarGuild s;
    Client& alice = s.world[0].connect(s.people[0]);
    s.world[1].connect(s.people[1]);
    REQUIRE(s.soon([&] { return status_of(alice, s.people[1].id) == "online"; }));
    const Person late = s.world[1].add_user("late");
    s.world[1].connect(late);
    s.world.advance(30s);
    s.join(1, late);
    INFO(s.world.logs());
    CHECK(s.soon([&] { return status_of(alice, late.id) == "online"; }));
}
