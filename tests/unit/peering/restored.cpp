// Nodes that come from a backup of their folder or were long away, and hosts that stop while they
// stand down.
#include "federation/snapshot.h"
#include "node/peering/succession/salvage.h"
#include "node/store/schema/schema.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <functional>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// The first node hosts, the second is the successor, the third is neither.
struct Restored : FarGuild {
    Restored() : FarGuild(3) {
        world[0].ok(Method::patch,
                    guild_path() + "/hosting",
                    people[0],
                    {{"successors", json::array{json::string(federation::to_hex(world[1].uid()))}},
                     {"takeover_delay", 60}});
        REQUIRE(say(0, "before the backup").status == 200);
        REQUIRE(comes(1, "before the backup"));
        REQUIRE(comes(2, "before the backup"));
        // That it came there is written down, too.
        world.advance(10s);
    }

    /// What guildhall restore does, with a node that is down.
    void restore(std::size_t node, const std::string& image) {
        world[node].db = store::InlineSqliteDb::open(store::schema::migrations(), image).value();
        REQUIRE(store::write_and_wait(*world[node].db, &store::hosting::raise_epochs));
    }
    journal::GuildRole role(std::size_t node) { return world[node].view().role(guild); }
    std::uint64_t epoch(std::size_t said_by) {
        const auto* state = world[said_by].guild(guild);
        return state ? state->hosting.epoch : 0;
    }
    bool is_host(std::size_t node, std::size_t said_by) {
        const auto* state = world[said_by].guild(guild);
        return state && state->hosting.hostUid == world[node].uid().text();
    }
    bool until(const std::function<bool()>& done, base::Nanos limit = 15min) {
        return world.run_until(done, limit);
    }
    /// All three say that one node hosts, have the same, and can talk.
    void agree(std::size_t host) {
        const bool agreed = until([&] {
            for (std::size_t i = 0; i < world.size(); ++i)
                if (!world[i].is_up() || !is_host(host, i)) return false;
            return role(host) == journal::GuildRole::hosted;
        });
        INFO(world.logs());
        REQUIRE(agreed);
        for (std::size_t i = 0; i < world.size(); ++i) {
            const std::string text = "all agree " + std::to_string(i);
            const bool said = until([&] { return say(i, text).status == 200; }, 5min);
            INFO(world.logs());
            REQUIRE(said);
            for (std::size_t to = 0; to < world.size(); ++to) REQUIRE(comes(to, text));
        }
        for (std::size_t i = 0; i < world.size(); ++i) {
            CHECK(epoch(i) == epoch(host));
            CHECK(read(i) == read(host));
            CHECK(federation::difference(*world[i].guild(guild), *world[host].guild(guild)) == "");
            CHECK(role(i) ==
                  (i == host ? journal::GuildRole::hosted : journal::GuildRole::mirrored));
        }
    }
    void part(std::size_t a, std::size_t b) { world.net.partition(world[a].ip(), world[b].ip()); }
    /// The successor took over, and the old host came from a backup: the third node reaches only
    /// that one.
    void split_by_backup() {
        const std::string backup = world[0].db->image();
        world[0].crash();
        world[2].crash();
        REQUIRE(until([&] { return role(1) == journal::GuildRole::hosted; }));
        REQUIRE(say(1, "the successor hosts").status == 200);
        restore(0, backup);
        part(0, 1);
        part(1, 2);
        world[2].start();
        world[0].start();
    }
};

/// Stops the node as soon as it mirrors a guild that it hosted.
class StopAtStandDown final : public journal::Subscriber {
  public:
    void begin(FedNode& node) {
        node_ = &node;
        node.core().bus.subscribe(0, *this);
    }
    void on_guild(const journal::GuildChange& change) override {
        if (change.kind == journal::GuildChange::Kind::role) node_->crash_after(1);
    }

  private:
    FedNode* node_ = nullptr;
};

/// From now on it stays written whose the guilds are.
void refuse_roles(FedNode& node) {
    REQUIRE(store::write_and_wait(*node.db, [](store::Tx& tx) {
        return tx.run(
            "CREATE TRIGGER full BEFORE UPDATE OF role ON hosting BEGIN "
            "SELECT RAISE(ABORT, 'the disk is full'); END");
    }));
}
void write_roles_again(FedNode& node) {
    REQUIRE(
        store::write_and_wait(*node.db, [](store::Tx& tx) { return tx.run("DROP TRIGGER full"); }));
}

}  // namespace

TEST_CASE("a restored host that stops between standing down and its new copy follows") {
    // Outlives the node, whose bus has it.
    StopAtStandDown stop;
    Restored s;
    const std::string backup = s.world[0].db->image();
    s.world[0].crash();
    REQUIRE(s.until([&] { return s.role(1) == journal::GuildRole::hosted; }));
    s.restore(0, backup);
    s.part(0, 1);
    s.part(0, 2);
    s.world[0].start();
    REQUIRE(s.until([&] { return s.epoch(0) == 2; }));
    REQUIRE(s.say(0, "nobody heard this").status == 200);
    stop.begin(s.world[0]);
    s.world.net.heal();
    REQUIRE(s.until([&] { return !s.world[0].is_up(); }));
    // What it said of itself is in its log, and no certificate has it.
    s.world[0].start();
    s.agree(1);
    CHECK(s.epoch(0) == 1);
    const auto kept = peering::read_salvage(s.world.files / "a.example", s.guild);
    REQUIRE(kept);
    REQUIRE(kept->size() == 1);
    REQUIRE(kept->front().messages.size() == 1);
    CHECK(kept->front().messages.front().content == "nobody heard this");
}

TEST_CASE("a host that stops after it stored another's certificate stands down when it starts") {
    Restored s;
    s.part(0, 1);
    s.part(0, 2);
    REQUIRE(s.say(0, "nobody heard this").status == 200);
    s.world[0].crash();
    s.world.net.heal();
    REQUIRE(s.until([&] { return s.role(1) == journal::GuildRole::hosted; }));
    std::string certificate;
    REQUIRE(store::read_and_wait(*s.world[1].db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto rows, store::hosting::certificates_above(tx, s.guild, -1));
        REQUIRE(rows.size() == 1);
        certificate = rows.front().bytes;
        return {};
    }));
    REQUIRE(store::write_and_wait(*s.world[0].db, [&](store::Tx& tx) {
        return store::hosting::put_certificate(tx, s.guild, {1, certificate});
    }));
    s.world[0].start();
    CHECK(s.say(0, "too late").status == 503);
    s.agree(1);
    const auto kept = peering::read_salvage(s.world.files / "a.example", s.guild);
    REQUIRE(kept);
    REQUIRE(kept->size() == 1);
    CHECK(kept->front().messages.front().content == "nobody heard this");
}

TEST_CASE("a host whose disk refuses to let it stand down writes nothing, and does so later") {
    Restored s;
    s.part(0, 1);
    s.part(0, 2);
    REQUIRE(s.say(0, "nobody heard this").status == 200);
    REQUIRE(s.until([&] { return s.role(1) == journal::GuildRole::hosted; }));
    refuse_roles(s.world[0]);
    s.world.net.heal();
    const bool heard = s.until([&] {
        const auto* seat = s.world[0].core().peering->succession().seat_of(s.guild);
        return seat && seat->host_uid == s.world[1].uid();
    });
    INFO(s.world.logs());
    REQUIRE(heard);
    CHECK(s.role(0) == journal::GuildRole::hosted);
    CHECK(s.say(0, "too late").status == 503);
    SECTION("while it runs") {}
    SECTION("and after a restart") {
        s.world[0].crash();
        s.world[0].start();
        s.world.advance(15s);
        CHECK(s.role(0) == journal::GuildRole::hosted);
        CHECK(s.say(0, "too late").status == 503);
    }
    write_roles_again(s.world[0]);
    s.agree(1);
    const auto kept = peering::read_salvage(s.world.files / "a.example", s.guild);
    REQUIRE(kept);
    REQUIRE(kept->size() == 1);
    CHECK(kept->front().messages.size() == 1);
}

TEST_CASE("a host whose disk refuses to let it stand down hears of the next host meanwhile") {
    Restored s;
    s.part(0, 1);
    s.part(0, 2);
    REQUIRE(s.until([&] { return s.role(1) == journal::GuildRole::hosted; }));
    s.world[0].crash();
    refuse_roles(s.world[0]);
    s.world.net.heal();
    s.world[0].start();
    const auto hears_of = [&](std::size_t host) {
        return s.until([&] {
            const auto* seat = s.world[0].core().peering->succession().seat_of(s.guild);
            return seat && seat->host_uid == s.world[host].uid();
        });
    };
    REQUIRE(hears_of(1));
    s.world[0].crash();
    s.world[0].start();
    s.world.advance(15s);
    std::string key;
    REQUIRE(store::read_and_wait(*s.world[0].db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto found, store::secrets::get(tx, store::secrets::root_name(s.guild)));
        key = found.value_or("");
        return {};
    }));
    const auto root = federation::Seed::from(std::string_view(key));
    REQUIRE(root);
    auto& ctx = s.world[2].core().services_of[0]->ctx;
    REQUIRE(s.world.wait(ctx.here, ctx.host_changes->take_over(ctx.here, s.guild, *root)));
    const bool heard = hears_of(2);
    INFO(s.world.logs());
    REQUIRE(heard);
    write_roles_again(s.world[0]);
    s.agree(2);
}

TEST_CASE("a restored host that stopped before its own epoch began asks its successors again") {
    Restored s;
    const std::string backup = s.world[0].db->image();
    s.world[0].crash();
    REQUIRE(s.until([&] { return s.role(1) == journal::GuildRole::hosted; }));
    s.restore(0, backup);
    REQUIRE(store::write_and_wait(*s.world[0].db, [&](store::Tx& tx) {
        return store::hosting::set_role(tx, s.guild, journal::GuildRole::mirrored);
    }));
    s.world[0].start();
    bool hosted = false;
    const bool followed = s.until([&] {
        hosted |= s.role(0) == journal::GuildRole::hosted;
        return s.is_host(1, 0);
    });
    INFO(s.world.logs());
    CHECK_FALSE(hosted);
    REQUIRE(followed);
    s.agree(1);
    CHECK(s.epoch(0) == 1);
}

TEST_CASE("a third node that followed a restored host follows the takeover of a lower epoch") {
    Restored s;
    s.split_by_backup();
    const bool followed = s.until([&] { return s.epoch(2) == 2 && s.is_host(0, 2); });
    INFO(s.world.logs());
    REQUIRE(followed);
    REQUIRE(s.say(2, "to the restored host").status == 200);
    SECTION("that the successor tells") {
        s.part(0, 2);
        s.world.net.heal();
    }
    SECTION("that it hears of after a restart") {
        s.world[2].crash();
        s.world.net.heal();
        s.world[2].start();
    }
    SECTION("that it heard of before a restart, without its new host's copy") {
        s.world[0].crash();
        s.world.net.heal();
        REQUIRE(s.until([&] {
            const auto* seat = s.world[2].core().peering->succession().seat_of(s.guild);
            return seat && seat->host_uid == s.world[1].uid();
        }));
        s.world[2].crash();
        s.world[2].start();
        s.world[0].start();
    }
    s.agree(1);
    CHECK(s.epoch(2) == 1);
}

TEST_CASE("a host that is restored twice hears of its own return") {
    Restored s;
    const std::string backup = s.world[0].db->image();
    s.world[0].crash();
    s.restore(0, backup);
    s.world[0].start();
    REQUIRE(s.until([&] { return s.epoch(1) == 2 && s.epoch(2) == 2; }, 50s));
    REQUIRE(s.say(0, "after the first return").status == 200);
    REQUIRE(s.comes(1, "after the first return"));
    REQUIRE(s.comes(2, "after the first return"));
    s.world[0].crash();
    s.restore(0, backup);
    s.world[0].start();
    REQUIRE(s.until([&] { return s.epoch(1) == 3; }, 50s));
    s.agree(0);
    CHECK(s.epoch(0) == 3);
    CHECK(s.read(0).front() == "before the backup");
    CHECK(s.read(0).size() == 4);
    // The posts of members went on meanwhile, and their numbers with them.
    CHECK_FALSE(s.world[2].log.contains("frozen"));
}

TEST_CASE("a mirror and a successor that are restored go on") {
    Restored s;
    for (const std::size_t node : {1, 2}) {
        const std::string backup = s.world[node].db->image();
        s.world[node].crash();
        s.restore(node, backup);
        s.world[node].start();
    }
    s.agree(0);
    CHECK(s.epoch(0) == 0);
    s.world.advance(10s);
    s.world[0].crash();
    const bool taken = s.until([&] { return s.role(1) == journal::GuildRole::hosted; });
    INFO(s.world.logs());
    REQUIRE(taken);
    s.world[0].start();
    s.agree(1);
}

TEST_CASE("a host that handed over after its return from a backup loses to the takeover, too") {
    Restored s;
    s.split_by_backup();
    REQUIRE(s.until([&] { return s.epoch(2) == 2; }));
    const std::string third = federation::to_hex(s.world[2].uid());
    s.world[0].ok(Method::patch,
                  s.guild_path() + "/hosting",
                  s.people[0],
                  {{"successors", json::array{json::string(third)}}});
    s.world.advance(10s);
    const Answer moved = s.world[0].call(
        Method::post, s.guild_path() + "/hosting/transfer", s.people[0], {{"node", third}});
    INFO(moved.body << s.world.logs());
    REQUIRE(moved.status == 204);
    REQUIRE(s.until([&] { return s.role(2) == journal::GuildRole::hosted && s.epoch(0) == 3; }));
    s.world.net.heal();
    s.agree(1);
    CHECK(s.epoch(2) == 1);
}

TEST_CASE("a node that was away for a month follows the takeover of a host that is gone") {
    Restored s;
    s.world[2].crash();
    s.world.advance(10s);
    s.world[0].crash();
    REQUIRE(s.until([&] { return s.role(1) == journal::GuildRole::hosted; }));
    REQUIRE(s.say(1, "the successor hosts").status == 200);
    s.world[1].crash();
    s.world.clock.advance(24h * 31);
    s.world[1].start();
    s.world[2].start();
    REQUIRE(s.until([&] { return s.is_host(1, 2); }));
    const bool came = s.comes(2, "the successor hosts");
    INFO(s.world.logs());
    REQUIRE(came);
    REQUIRE(s.say(2, "and I am back").status == 200);
    s.world[0].start();
    s.agree(1);
}

TEST_CASE("a node whose member was removed while it was away hears of the next host, and lets go") {
    Restored s;
    s.world[2].crash();
    s.world[0].ok(Method::del, s.guild_path() + "/members/" + s.people[2].id.str(), s.people[0]);
    const auto is_gone = [&] { return !s.world[1].guild(s.guild)->members.find(s.people[2].id); };
    REQUIRE(s.soon(is_gone));
    s.world[0].crash();
    REQUIRE(s.world.run_until([&] { return s.role(1) == journal::GuildRole::hosted; }, 5min));
    s.world[2].start();
    const bool left = s.world.run_until([&] { return !s.world[2].guild(s.guild); }, 10min);
    INFO(s.world.logs());
    CHECK(left);
}

TEST_CASE("what a host's own user posts again with its nonce after a transfer is there once") {
    Restored s;
    const auto post = [&] {
        return s.world[0].ok(Method::post,
                             s.messages(),
                             s.people[0],
                             {{"content", "once"}, {"nonce", "n1"}, {"enforce_nonce", true}});
    };
    const auto first = post();
    const Answer moved = s.world[0].call(Method::post,
                                         s.guild_path() + "/hosting/transfer",
                                         s.people[0],
                                         {{"node", federation::to_hex(s.world[1].uid())}});
    INFO(moved.body << s.world.logs());
    REQUIRE(moved.status == 204);
    REQUIRE(s.until([&] { return s.is_host(1, 0) && s.role(1) == journal::GuildRole::hosted; }));
    REQUIRE(s.world.run_until([&] { return s.say(0, "after").status == 200; }));
    const auto again = post();
    CHECK(text_of(again, "id") == text_of(first, "id"));
    CHECK(text_of(again, "nonce") == "n1");
    CHECK(text_of(again, "content") == "once");
    CHECK(s.read(1) == std::vector<std::string>{"before the backup", "once", "after"});
    // One that is no more was not posted.
    s.world[0].ok(Method::del, s.messages() + "/" + text_of(first, "id"), s.people[0]);
    REQUIRE(s.world.run_until([&] { return s.read(0).size() == 2; }));
    CHECK(text_of(post(), "id") != text_of(first, "id"));
}
