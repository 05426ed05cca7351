// A new host that has less than others had: what it never saw is no history of the guild, and the
// nodes that did see it begin anew with what the new host has.
#include "federation/snapshot.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// The first node hosts, the second is the successor, the third is neither.
struct Heir : FarGuild {
    Heir() : FarGuild(3) {
        world[0].ok(Method::patch,
                    guild_path() + "/hosting",
                    people[0],
                    {{"successors", json::array{json::string(federation::to_hex(world[1].uid()))}},
                     {"takeover_delay", 60}});
        say(0, "all know this");
        REQUIRE(comes(1, "all know this"));
        REQUIRE(comes(2, "all know this"));
    }

    void say(std::size_t node, const std::string& text) {
        world[node].ok(Method::post, messages(), people[node], {{"content", text}});
    }
    std::vector<std::string> read(std::size_t node) {
        std::vector<std::string> out;
        const auto answer = world[node].call(Method::get, messages(), people[node]);
        if (answer.status != 200) return out;
        const auto list = protocol::parse_json(answer.body).value();
        for (const auto& m : list.as_array())
            if (m.as_object().at("type").as_int64() == 0) out.push_back(text_of(m, "content"));
        return out;
    }
    bool comes(std::size_t node, const std::string& text, base::Nanos limit = 2min) {
        return world.run_until(
            [&] {
                const auto all = read(node);
                return std::ranges::find(all, text) != all.end();
            },
            limit);
    }
    bool is_host(std::size_t node, std::size_t said_by) {
        const auto* state = world[said_by].guild(guild);
        return state && state->hosting.hostUid == world[node].uid().text();
    }
    bool until_host(std::size_t node, std::size_t said_by) {
        return world.run_until([&] { return is_host(node, said_by); }, 10min);
    }
};

}  // namespace

TEST_CASE("who had more of a channel than the new host begins anew with what that has") {
    Heir h;
    h.world.net.partition(h.world[0].ip(), h.world[1].ip());
    h.say(0, "only the third knows this");
    REQUIRE(h.comes(2, "only the third knows this"));
    h.world[0].crash();
    h.world.net.heal();
    REQUIRE(h.until_host(1, 1));
    const bool followed = h.until_host(1, 2);
    INFO(h.world.logs());
    REQUIRE(followed);
    h.say(1, "the new host goes on");
    const bool came = h.comes(2, "the new host goes on");
    INFO(h.world.logs());
    REQUIRE(came);
    CHECK(h.read(2) == h.read(1));
    h.say(2, "and the third does");
    CHECK(h.comes(1, "and the third does"));
}

TEST_CASE("who had more of the control log than the new host begins anew, too") {
    Heir h;
    h.world.net.partition(h.world[0].ip(), h.world[1].ip());
    h.world[0].ok(Method::post,
                  h.guild_path() + "/channels",
                  h.people[0],
                  {{"name", "unknown"}, {"type", 0}});
    const std::size_t channels = h.world[1].guild(h.guild)->channels.size();
    REQUIRE(h.world.run_until(
        [&] { return h.world[2].guild(h.guild)->channels.size() == channels + 1; }));
    h.world[0].crash();
    h.world.net.heal();
    REQUIRE(h.until_host(1, 1));
    const bool followed = h.until_host(1, 2);
    INFO(h.world.logs());
    REQUIRE(followed);
    CHECK(h.world[2].guild(h.guild)->channels.size() == channels);
    h.say(1, "the new host goes on");
    REQUIRE(h.comes(2, "the new host goes on"));
    CHECK(federation::difference(*h.world[2].guild(h.guild), *h.world[1].guild(h.guild)) == "");
}

TEST_CASE("an old host that returns with more begins anew as a mirror") {
    Heir h;
    h.world.net.partition(h.world[0].ip(), h.world[1].ip());
    h.world.net.partition(h.world[0].ip(), h.world[2].ip());
    h.say(0, "nobody else knows this");
    h.world[0].crash();
    h.world.net.heal();
    REQUIRE(h.until_host(1, 2));
    h.say(1, "the new host goes on");
    h.world[0].start();
    const bool came = h.comes(0, "the new host goes on", 10min);
    INFO(h.world.logs());
    REQUIRE(came);
    CHECK(h.read(0) == h.read(1));
    h.say(0, "and the old one does");
    CHECK(h.comes(2, "and the old one does"));
}
