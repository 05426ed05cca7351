// Mirrors of one guild that need each other: history from another mirror when the host is gone, and
// gossip that finds a host out which shows two histories.
#include "node/peering/mirror/fellows.h"

#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// Messages of the second node's user, newest first, that are there without anybody's help.
std::size_t page(FarGuild& s, std::size_t node, const Person& who, const std::string& before) {
    const auto list =
        s.world[node].ok(Method::get, s.messages() + "?limit=100&before=" + before, who);
    return list.as_array().size();
}

bool is_linked(FarGuild& s, std::size_t a, std::size_t b) {
    const auto& open = s.world[a].core().peering->peers().open();
    const auto uid = s.world[b].uid();
    return std::ranges::any_of(open, [&](const auto& peer) { return peer->uid() == uid; });
}

}  // namespace

TEST_CASE(
    "history that a dead host took with it comes from another mirror, by a link made for it") {
    FarGuild s(3, 1);
    for (int i = 0; i < 150; ++i) {
        const auto said = s.world[0].call(
            Method::post, s.messages(), s.people[0], {{"content", "m" + std::to_string(i)}});
        REQUIRE(said.status == 200);
    }
    // The third node joins at the end, and has the newest page; the second has all.
    s.people.push_back(s.world[2].add_user("u2"));
    s.join(2, s.people[2]);
    s.world.advance(5s);
    const auto newest = s.world[2].ok(Method::get, s.messages() + "?limit=10", s.people[2]);
    const std::string before = text_of(newest.as_array().back(), "id");
    REQUIRE_FALSE(is_linked(s, 1, 2));
    s.world[0].crash();
    s.world[0].wipe();
    s.world.advance(20s);

    std::size_t found = 0;
    const bool came = s.world.run_until(
        [&] {
            found = page(s, 2, s.people[2], before);
            return found == 100;
        },
        90s);
    INFO(found << "\n" << s.world.logs());
    CHECK(came);
    CHECK(is_linked(s, 2, 1));
    // To the first message.
    const auto list =
        s.world[2].ok(Method::get, s.messages() + "?limit=100&before=" + before, s.people[2]);
    const std::string oldest = text_of(list.as_array().back(), "id");
    CHECK(s.world.run_until([&] { return page(s, 2, s.people[2], oldest) >= 40; }, 90s));
}

TEST_CASE("mirrors without a link to each other make one to compare what their host says") {
    FarGuild s(4);
    REQUIRE_FALSE(is_linked(s, 1, 2));
    s.world.advance(11min);
    for (std::size_t node = 1; node < 4; ++node) {
        std::size_t links = 0;
        for (std::size_t other = 1; other < 4; ++other)
            links += other != node && is_linked(s, node, other) ? 1 : 0;
        INFO("node " << node << "\n" << s.world.logs());
        CHECK(links >= 1);
    }
}

TEST_CASE("a host that says something else to another mirror is found out by gossip") {
    EvilGuest s(2);
    s.join();
    FedNode& mirror = s.world[1];
    const Person bob = mirror.add_user("bob");
    mirror.ok(Method::post,
              "/api/v10/invites/" + s.code + "@" + s.host().ip().str() + ":8447",
              bob,
              json::object{});
    // The mirror has met the other one, and knows where it can be reached.
    s.evil.hello.endpoints = {s.evil.ip().str() + ":8447"};
    s.evil.open(mirror);
    s.world.advance(5s);
    s.evil.hang_up();
    s.evil.received.clear();
    s.evil.listen();
    REQUIRE(mirror.view().role(s.guild) == journal::GuildRole::mirrored);
    int told = 0;
    s.evil.react = [&](const f::Frame& frame) {
        const auto* heads = std::get_if<f::frames::Heads>(&frame.body);
        if (!heads || heads->guildUid != s.guild_uid || heads->heads.empty()) return;
        ++told;
        f::Head other = f::decode_signed_head(f::ByteView(heads->heads.front()))->head;
        CHECK(other.log_id == f::kControlLog);
        other.root.fill(7);
        const auto forged = f::sign_heads({other}, s.host().core().identity.key).front();
        f::frames::Heads answer{s.guild_uid, {f::encode(forged)}};
        s.evil.send(std::move(answer));
    };
    s.world.advance(11min);
    INFO(s.world.logs());
    CHECK(told >= 1);
    CHECK(mirror.view().role(s.guild) == journal::GuildRole::frozen);
}

TEST_CASE("fellows are the successors and the homes of members") {
    FarGuild s(3);
    const auto& state = *s.world[1].guild(s.guild);
    const auto seen = peering::fellows_of(state, s.world[1].uid());
    CHECK(seen == std::vector<federation::Hash32>{s.world[2].uid()});
}
