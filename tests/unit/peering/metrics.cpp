// What /metrics says of single peers: while links are open, not only when they have ended, and of
// how far the mirrors of a peer's guilds are behind.
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <charconv>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

namespace frames = federation::frames;

/// The value of the row that a node has of another one; nothing where there is no such row.
std::optional<std::int64_t> row_of(FedNode& node,
                                   const std::string& name,
                                   FedNode& peer,
                                   const std::string& more = {}) {
    const std::string text = node.core().metrics.text();
    const std::string uid = federation::to_hex(peer.uid()).substr(0, 16);
    const std::string row = "\n" + name + "{peer=\"" + uid + "\"" + more + "} ";
    const auto at = text.find(row);
    if (at == text.npos) return std::nullopt;
    std::int64_t out = 0;
    std::from_chars(text.data() + at + row.size(), text.data() + text.size(), out);
    return out;
}

std::int64_t value_of(FedNode& node,
                      const std::string& name,
                      FedNode& peer,
                      const std::string& more = {}) {
    const auto found = row_of(node, name, peer, more);
    INFO(name << more);
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("bytes of a link are counted while it is open, by peer, as the other side counts them") {
    FarGuild s;
    FedNode &host = s.world[0], &home = s.world[1];
    const auto before_out = value_of(host, "guildhall_link_bytes_out_total", home);
    const auto before_in = value_of(host, "guildhall_link_bytes_in_total", home);
    CHECK(before_out > 0);
    CHECK(before_in > 0);
    REQUIRE(s.say(0, std::string(1500, 'x')).status == 200);
    REQUIRE(s.comes(1, std::string(1500, 'x')));
    REQUIRE(s.say(1, "an answer").status == 200);
    s.world.run();
    CHECK(value_of(host, "guildhall_links", home) == 1);
    CHECK(value_of(host, "guildhall_link_bytes_out_total", home) > before_out + 1500);
    CHECK(value_of(host, "guildhall_link_bytes_in_total", home) > before_in);
    CHECK(value_of(host, "guildhall_link_bytes_out_total", home) ==
          value_of(home, "guildhall_link_bytes_in_total", host));
    CHECK(value_of(home, "guildhall_link_bytes_out_total", host) ==
          value_of(host, "guildhall_link_bytes_in_total", home));
    CHECK(value_of(home, "guildhall_link_frames_total", host) > 0);
}

TEST_CASE("strikes and refusals are counted for the peer whose they are") {
    FarGuild s(3);
    FedNode &host = s.world[0], &guest = s.world[1], &other = s.world[2];
    const auto by_us = [&](FedNode& peer) {
        return value_of(host, "guildhall_peer_refusals_total", peer, ",by=\"us\"");
    };
    const auto by_peer = [&](FedNode& node) {
        return value_of(node, "guildhall_peer_refusals_total", host, ",by=\"peer\"");
    };
    const auto before = by_us(guest), before_there = by_peer(guest), before_other = by_us(other);
    const auto peer = guest.core().peering->peers().find(host.uid());
    REQUIRE(peer);
    federation::Hash32 nobody{};
    nobody[0] = 7;
    const auto answer =
        s.world.wait(guest.core().shards.at(0), peer->ask(frames::KeyLogGet{nobody}, 10s));
    REQUIRE_FALSE(answer);
    CHECK(by_us(guest) == before + 1);
    CHECK(by_peer(guest) == before_there + 1);
    CHECK(by_us(other) == before_other);

    CHECK(value_of(host, "guildhall_peer_strikes_total", guest) == 0);
    host.core().peering->peers().find(guest.uid())->strike("a test");
    CHECK(value_of(host, "guildhall_peer_strikes_total", guest) == 1);
    CHECK(value_of(host, "guildhall_peer_strikes_total", other) == 0);
}

TEST_CASE("the round trip of an open link is shown, and not that of one that ended") {
    FarGuild s;
    base::MemoryFaults slow;
    slow.delay_min = slow.delay_max = 10ms;
    s.world.net.set_faults(slow);
    s.world.advance(5min);
    CHECK(value_of(s.world[0], "guildhall_link_round_trip_us", s.world[1]) == 20'000);
    s.world.net.partition(s.world[0].ip(), s.world[1].ip());
    s.world.advance(5min);
    CHECK(value_of(s.world[0], "guildhall_links", s.world[1]) == 0);
    CHECK(value_of(s.world[0], "guildhall_link_round_trip_us", s.world[1]) == 0);
}

TEST_CASE("a mirror without its host is said to be behind until it has caught up") {
    FarGuild s;
    FedNode &host = s.world[0], &home = s.world[1];
    s.world.advance(20s);
    // Never behind when it was looked, or all that was known had come.
    CHECK(row_of(home, "guildhall_mirrors_behind", host).value_or(0) == 0);
    s.world.net.partition(host.ip(), home.ip());
    s.world.advance(2min);
    CHECK(value_of(home, "guildhall_mirrors_behind", host) == 1);
    for (int i = 0; i < 5; ++i) REQUIRE(s.say(0, std::to_string(i)).status == 200);
    s.world.net.heal();
    REQUIRE(s.comes(1, "4", 10min));
    s.world.advance(20s);
    CHECK(value_of(home, "guildhall_mirrors_behind", host) == 0);
    CHECK(value_of(home, "guildhall_mirror_lag_entries", host) == 0);
}

TEST_CASE("entries that the host has and that are not stored here are the lag of its mirrors") {
    FarGuild s;
    FedNode &host = s.world[0], &home = s.world[1];
    REQUIRE(s.say(0, "one").status == 200);
    REQUIRE(s.comes(1, "one"));
    const auto mirror = home.core().peering->mirrors().find(s.guild);
    REQUIRE(mirror);
    REQUIRE(s.soon([&] { return mirror->state() == peering::MirrorState::live; }));
    CHECK(mirror->lag() == 0);
    peering::FollowedLog* control = mirror->find(federation::kControlLog);
    REQUIRE(control);
    REQUIRE(control->applied > 2);
    // As if the store had not taken the last two yet.
    control->applied -= 2;
    CHECK(mirror->lag() == 2);
    s.world.advance(10s);
    CHECK(value_of(home, "guildhall_mirror_lag_entries", host) == 2);
    CHECK(value_of(home, "guildhall_mirrors_behind", host) == 1);
    control->applied += 2;
    s.world.advance(10s);
    CHECK(value_of(home, "guildhall_mirror_lag_entries", host) == 0);
    CHECK(value_of(home, "guildhall_mirrors_behind", host) == 0);
    // The host has no mirror of the other's.
    CHECK(row_of(host, "guildhall_mirrors_behind", home) == 0);
}
