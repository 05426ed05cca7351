// Nodes that die, sleep and race at the worst moment: rows 14, 30, 39 and 40 of the threats.
#include "tests/catch.h"
#include "tests/unit/peering/evil_host.h"

#include <algorithm>
#include <set>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using Method = base::http::Method;

namespace {

std::string messages_path(const EvilHost& s) {
    return "/api/v10/channels/" + s.channel.str() + "/messages";
}

std::vector<std::string> texts_at(FedNode& node, const Person& who, const std::string& path) {
    std::vector<std::string> out;
    const auto page = node.ok(Method::get, path + "?limit=100", who);
    for (const auto& m : page.as_array()) {
        if (m.at("type") == 0) out.insert(out.begin(), std::string(m.at("content").as_string()));
    }
    return out;
}

/// A role that lets its holders delete others' messages, given to bob.
std::string make_moderator(EvilHost& s) {
    const std::string guild = "/api/v10/guilds/" + s.guild.str();
    const auto role = s.host().ok(
        Method::post, guild + "/roles", s.owner, {{"name", "mods"}, {"permissions", "8192"}});
    const std::string path =
        guild + "/members/" + s.bob.id.str() + "/roles/" + std::string(role.at("id").as_string());
    s.host().ok(Method::put, path, s.owner);
    s.world.advance(2s);
    return path;
}

}  // namespace

TEST_CASE("row 14: a moderator's deletion that races the demotion has one outcome everywhere") {
    std::set<int> outcomes;
    for (int lead = -20; lead <= 20; lead += 4) {
        EvilHost s;
        base::MemoryFaults faults;
        faults.delay_min = faults.delay_max = 10ms;
        s.world.net.set_faults(faults);
        const std::string mods = make_moderator(s);
        const auto list = s.host().ok(Method::get, messages_path(s), s.owner).as_array();
        const std::string id(list.front().at("id").as_string());
        const auto remove = [&] {
            return s.mirror().begin(Method::del, messages_path(s) + "/" + id, s.bob);
        };
        const auto demote = [&] { return s.host().begin(Method::del, mods, s.owner); };
        std::shared_ptr<PendingCall> deletion, demotion;
        if (lead < 0) {
            deletion = remove();
            s.world.advance(std::chrono::milliseconds(-lead));
            demotion = demote();
        } else {
            demotion = demote();
            s.world.advance(std::chrono::milliseconds(lead));
            deletion = remove();
        }
        REQUIRE(s.world.run_until([&] { return deletion->answer && demotion->answer; }));
        s.world.advance(5s);
        const bool is_gone = deletion->answer->status == 204;
        outcomes.insert(deletion->answer->status);
        CHECK((is_gone || deletion->answer->status == 403));
        const auto here = texts_at(s.host(), s.owner, messages_path(s));
        CHECK(std::ranges::count(here, "present") == (is_gone ? 0 : 1));
        CHECK(s.shown() == here);
        CHECK_FALSE(s.is_frozen());
    }
    // The race was one.
    CHECK(outcomes == std::set<int>{204, 403});
}

TEST_CASE("row 30: what was deleted while a mirror was away is gone a second after it is back") {
    EvilHost s;
    s.say("forget this marker-of-row-30");
    REQUIRE(s.world.run_until([&] { return s.is_shown("forget this marker-of-row-30"); }));
    const auto list = s.host().ok(Method::get, messages_path(s), s.owner).as_array();
    const std::string id(list.front().at("id").as_string());
    s.mirror().crash();
    s.host().ok(Method::del, messages_path(s) + "/" + id, s.owner);
    s.world.advance(1h);
    s.mirror().start();
    REQUIRE(s.world.run_until([&] {
        const auto peer = s.mirror().core().peering->peers().find(s.host().uid());
        return peer && peer->is_open();
    }));
    s.world.advance(1s);
    for (FedNode* node : {&s.host(), &s.mirror()}) {
        const auto done = store::read_and_wait(*node->db, [&](store::Tx& tx) -> protocol::Status {
            TRY(auto logs, store::entries::logs_of(tx, s.guild));
            for (const auto& log : logs) {
                TRY_VOID(store::entries::walk(
                    tx, log.log, log.log_id, 0, [&](const store::entries::EntryRow& entry) {
                        CHECK(entry.body.find("marker-of-row-30") == entry.body.npos);
                        CHECK(entry.command.find("marker-of-row-30") == entry.command.npos);
                        return true;
                    }));
            }
            return {};
        });
        REQUIRE(done);
        // In no other table either.
        CHECK(node->db->image().find("marker-of-row-30") == std::string::npos);
    }
    CHECK_FALSE(s.is_shown("forget this marker-of-row-30"));
}

TEST_CASE("row 39: a mirror that was down for thirty days catches up, in order") {
    EvilHost s;
    s.mirror().crash();
    for (int day = 0; day < 30; ++day) {
        for (int i = 0; i < 3; ++i) s.say("day " + std::to_string(day) + "." + std::to_string(i));
        // At once: what timers of the host do meanwhile is not the question.
        s.world.clock.advance(24h);
        s.world.run();
    }
    s.mirror().start();
    REQUIRE(s.world.run_until([&] { return s.is_shown("day 29.2"); }, 10min));
    CHECK(s.shown() == texts_at(s.host(), s.owner, messages_path(s)));
    s.say("and goes on");
    CHECK(s.world.run_until([&] { return s.is_shown("and goes on"); }, 30s));
}

TEST_CASE(
    "row 40: a host that dies between any two of its handlers repeats and leaves out nothing") {
    EvilHost s;
    std::size_t said = 0;
    for (std::uint64_t after = 1; after <= 150; after += 3) {
        s.host().crash_after(after);
        const std::string text = "bob " + std::to_string(after);
        const auto call =
            s.mirror().begin(Method::post,
                             messages_path(s),
                             s.bob,
                             {{"content", text}, {"nonce", text}, {"enforce_nonce", true}});
        s.world.advance(200ms);
        s.host().crash_after(0);
        if (!s.host().is_up()) s.host().start();
        if (!s.world.run_until([&] { return call->answer.has_value(); }, 1min)) {
            FAIL("no answer\n" << s.world.logs());
        }
        said += call->answer->status == 200;
        const auto there = texts_at(s.host(), s.owner, messages_path(s));
        const auto count = std::ranges::count(there, text);
        INFO(after << ": " << call->answer->status);
        CHECK(count <= 1);
        if (call->answer->status == 200) CHECK(count == 1);
    }
    CHECK(said > 30);
    const auto all_equal = [&] {
        return s.shown() == texts_at(s.host(), s.owner, messages_path(s));
    };
    CHECK(s.world.run_until(all_equal, 2min));
    CHECK_FALSE(s.is_frozen());
}
