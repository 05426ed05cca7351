// A disk that refuses in the middle of leaving a guild, or of taking it anew: what was begun is
// finished when it writes again, without a restart.
#include "node/journal/journal.h"
#include "node/store/tables/renewals.h"
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

std::string renewals_of(FedNode& node, std::size_t* count) {
    std::string damaged;
    const auto done = store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto found, store::renewals::all(tx));
        *count = found.rows.size();
        for (const std::string& name : found.damaged) damaged += name;
        return {};
    });
    if (!done) throw std::runtime_error("no renewals");
    return damaged;
}

/// Takes the table of renewals away when the guild's old copy goes.
class Thief final : public journal::Subscriber {
  public:
    explicit Thief(FedNode& node) : node_(node) { node.core().bus.subscribe(0, *this); }
    void on_guild(const journal::GuildChange& change) override {
        if (change.kind != journal::GuildChange::Kind::dropped || has_it) return;
        run(node_, "ALTER TABLE node_values RENAME TO taken_away");
        has_it = true;
    }
    void give_back() { run(node_, "ALTER TABLE taken_away RENAME TO node_values"); }

    bool has_it = false;

  private:
    FedNode& node_;
};

}  // namespace

TEST_CASE("a guild that the disk did not let go is left when it writes again, and can be joined") {
    FarGuild s(2);
    FedNode& home = s.world[1];
    refuse(home, "UPDATE");
    s.world[0].ok(Method::del, s.guild_path() + "/members/" + s.people[1].id.str(), s.people[0]);
    REQUIRE(s.soon([&] { return home.log.contains("a guild was not dropped"); }));
    // Said once, however often it is tried.
    s.world.advance(1min);
    CHECK(std::ranges::count_if(home.log.lines, [](const std::string& line) {
              return line.find("a guild was not dropped") != line.npos;
          }) == 1);
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

TEST_CASE("a guild to be taken anew is so when the disk that did not say of it reads again") {
    FarGuild s(2);
    FedNode& home = s.world[1];
    Thief thief(home);
    auto& mirrors = home.core().peering->mirrors();
    mirrors.begin_anew(mirrors.find(s.guild));
    REQUIRE(s.world.run_until([&] { return home.log.contains("renewals were not read"); }, 1min));
    REQUIRE(thief.has_it);
    thief.give_back();
    const bool back = s.world.run_until([&] { return home.guild(s.guild) != nullptr; }, 2min);
    INFO(s.world.logs());
    REQUIRE(back);
    CHECK(home.core().peering->mirrors().renewals().size() == 0);
    // The bus has the thief until then.
    home.crash();
}

TEST_CASE("a damaged row keeps no other guild from being taken anew") {
    FarGuild s(2);
    FedNode& home = s.world[1];
    const auto& mirror = *home.core().peering->mirrors().find(s.guild);
    const auto row = peering::renewal_of(s.guild, mirror.uid(), mirror.seat(), mirror.past_hosts());
    app::Core& core = home.core();
    REQUIRE(s.world.wait(core.shards.of(s.guild),
                         core.journal.drop_guild(s.guild, [row](store::Tx& tx) {
                             return store::renewals::put(tx, row);
                         })));
    home.crash();
    run(home, "INSERT INTO node_values (name, value) VALUES ('renewal.1', x'00')");
    std::size_t count = 0;
    CHECK(renewals_of(home, &count) == "renewal.1");
    CHECK(count == 1);
    home.start();
    CHECK(s.world.run_until([&] { return home.guild(s.guild) != nullptr; }, 5min));
    CHECK(home.log.contains("a guild to be taken anew cannot be read"));
}
