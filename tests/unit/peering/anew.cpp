// A mirror that is begun anew: the old copy goes before the new one is here, and whatever stops the
// node between the two, the guild comes back.
#include "node/journal/journal.h"
#include "node/peering/mirror/renewals.h"
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace rows = store::renewals;

namespace {

std::vector<rows::RenewalRow> renewals(FedNode& node) {
    rows::Found out;
    const auto done = store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(out, rows::all(tx));
        return {};
    });
    if (!done) throw std::runtime_error("no renewals");
    return out.rows;
}

bool is_shown(FarGuild& s, const std::string& text) {
    const Answer got = s.world[1].call(Method::get, s.messages(), s.people[1]);
    return got.status == 200 && got.body.find(text) != std::string::npos;
}

/// Looks at the second node's rows when its guild goes.
class Watch final : public journal::Subscriber {
  public:
    void begin(FedNode& node) {
        node_ = &node;
        node.core().bus.subscribe(0, *this);
    }
    void on_guild(const journal::GuildChange& change) override {
        if (change.kind == journal::GuildChange::Kind::dropped) seen = renewals(*node_);
    }

    std::optional<std::vector<rows::RenewalRow>> seen;

  private:
    FedNode* node_ = nullptr;
};

}  // namespace

TEST_CASE("while a guild is begun anew a row says so, until the new copy is here") {
    // Outlives the node, whose bus has it.
    Watch watch;
    FarGuild s(2);
    s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", "before"}});
    s.world.advance(2s);
    watch.begin(s.world[1]);
    auto& mirrors = s.world[1].core().peering->mirrors();
    mirrors.begin_anew(mirrors.find(s.guild));
    REQUIRE(s.world.run_until([&] { return watch.seen.has_value(); }, 30s));
    REQUIRE(watch.seen->size() == 1);
    CHECK(watch.seen->front().guild == s.guild);
    CHECK(watch.seen->front().host_uid == s.world[0].uid().text());
    REQUIRE(s.soon([&] { return s.world[1].guild(s.guild) != nullptr; }));
    CHECK(renewals(s.world[1]).empty());
    CHECK(s.world.run_until([&] { return is_shown(s, "before"); }, 30s));
}

TEST_CASE("a guild whose copy went with a stop is taken anew after the restart") {
    FarGuild s(2);
    s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", "before"}});
    s.world.advance(2s);
    const auto& mirror = *s.world[1].core().peering->mirrors().find(s.guild);
    const auto row = peering::renewal_of(s.guild, mirror.uid(), mirror.seat(), mirror.past_hosts());
    app::Core& core = s.world[1].core();
    const auto dropped = s.world.wait(
        core.shards.of(s.guild),
        core.journal.drop_guild(s.guild, [row](store::Tx& tx) { return rows::put(tx, row); }));
    REQUIRE(dropped);
    s.world[1].crash();
    REQUIRE(renewals(s.world[1]) == std::vector{row});
    s.world[1].start();
    const bool back = s.world.run_until([&] { return s.world[1].guild(s.guild) != nullptr; }, 5min);
    INFO(s.world.logs());
    REQUIRE(back);
    CHECK(renewals(s.world[1]).empty());
    CHECK(s.world.run_until([&] { return is_shown(s, "before"); }, 30s));
    // It is followed as any other.
    s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", "after"}});
    CHECK(s.world.run_until([&] { return is_shown(s, "after"); }, 30s));
    CHECK(s.world[1].core().peering->mirrors().renewals().size() == 0);
}

TEST_CASE("a guild to be taken anew is asked of the host that it has now") {
    FarGuild s(3);
    FedNode& away = s.world[1];
    const std::string heir = federation::to_hex(s.world[2].uid());
    s.world[0].ok(Method::patch,
                  s.guild_path() + "/hosting",
                  s.people[0],
                  {{"successors", json::array{json::string(heir)}}, {"takeover_delay", 60}});
    s.world.advance(5s);
    const auto& mirror = *away.core().peering->mirrors().find(s.guild);
    const auto row = peering::renewal_of(s.guild, mirror.uid(), mirror.seat(), mirror.past_hosts());
    app::Core& core = away.core();
    REQUIRE(s.world.wait(
        core.shards.of(s.guild),
        core.journal.drop_guild(s.guild, [row](store::Tx& tx) { return rows::put(tx, row); })));
    away.crash();
    s.world[0].ok(
        Method::post, s.guild_path() + "/hosting/transfer", s.people[0], {{"node", heir}});
    REQUIRE(s.world.run_until(
        [&] { return s.world[2].view().role(s.guild) == journal::GuildRole::hosted; }, 5min));
    away.start();
    const bool back = s.world.run_until([&] { return away.guild(s.guild) != nullptr; }, 5min);
    INFO(s.world.logs());
    REQUIRE(back);
    CHECK(renewals(away).empty());
    const auto& followed = *away.core().peering->mirrors().find(s.guild);
    CHECK(followed.seat().host_uid == s.world[2].uid());
    CHECK(followed.past_hosts() == std::vector{s.world[0].uid()});
    s.world[2].ok(Method::post, s.messages(), s.people[2], {{"content", "from there"}});
    CHECK(s.world.run_until([&] { return is_shown(s, "from there"); }, 30s));
}
