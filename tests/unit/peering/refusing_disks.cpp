// A disk that refuses in the middle of leaving a guild, or of taking it anew: what was begun is
// finished when it writes again, without a restart.
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

void run(FedNode& node, const std::string& sql) {
    const auto done = store::write_and_wait(*node.db, [&](store::Tx& tx) { return tx.run(sql); });
    if (!done) throw std::runtime_error(sql);
}

/// From now on nothing about whose a guild is can be written: `when` is "INSERT" or "UPDATE".
void refuse(FedNode& node, const std::string& when) {
    run(node,
        "CREATE TRIGGER full BEFORE " + when +
            " ON hosting BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
}
void write_again(FedNode& node) { run(node, "DROP TRIGGER full"); }

bool is_shown(FarGuild& s, std::size_t node, const std::string& text) {
    const Answer got = s.world[node].call(Method::get, s.messages(), s.people[node]);
    return got.status == 200 && got.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a guild that the disk did not let go is left when it writes again, and can be joined") {
    FarGuild s(2);
    FedNode& home = s.world[1];
    refuse(home, "UPDATE");
    s.world[0].ok(Method::del, s.guild_path() + "/members/" + s.people[1].id.str(), s.people[0]);
    REQUIRE(s.soon([&] { return home.log.contains("a guild was not dropped"); }));
    // Nobody is told of a guild that nobody follows.
    const auto door =
        s.world[0].ok(Method::post, s.channel_path() + "/invites", s.people[0], json::object());
    const Answer refused = home.call(
        Method::post,
        "/api/v10/invites/" + text_of(door, "code") + "@" + s.world[0].ip().str() + ":8447",
        s.people[1],
        json::object());
    CHECK(refused.status >= 500);
    write_again(home);
    const bool gone = s.world.run_until([&] { return home.guild(s.guild) == nullptr; }, 30s);
    INFO(s.world.logs());
    REQUIRE(gone);
    s.join(1, s.people[1]);
    s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", "welcome back"}});
    CHECK(s.world.run_until([&] { return is_shown(s, 1, "welcome back"); }, 30s));
}
