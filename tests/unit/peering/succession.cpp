// A guild outlives its host: whole nodes, of which the first hosts a guild of all three.
#include "federation/hosting_certificate.h"
#include "node/peering/succession/salvage.h"
#include "node/services/host_changes.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/support/evil_peer.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// The second node is the successor; with four nodes the third is one, too.
struct Heirs : FarGuild {
    explicit Heirs(std::size_t nodes = 3, std::size_t heirs = 1) : FarGuild(nodes) {
        json::array names;
        for (std::size_t i = 1; i <= heirs; ++i)
            names.push_back(json::string(federation::to_hex(world[i].uid())));
        policy = world[0].call(Method::patch,
                               guild_path() + "/hosting",
                               people[0],
                               {{"successors", names}, {"takeover_delay", 60}});
        soon([&] {
            for (std::size_t i = 1; i < world.size(); ++i)
                if (hosting(i).successors.size() != heirs) return false;
            return true;
        });
    }

    const protocol::Hosting& hosting(std::size_t node) {
        static const protocol::Hosting none;
        const auto* state = world[node].guild(guild);
        return state ? state->hosting : none;
    }
    bool is_host(std::size_t node, std::size_t said_by) {
        return hosting(said_by).hostUid == world[node].uid().text();
    }
    journal::GuildRole role(std::size_t node) { return world[node].view().role(guild); }
    bool until_host(std::size_t node, base::Nanos limit = 5min) {
        return world.run_until(
            [&] {
                for (std::size_t i = 0; i < world.size(); ++i)
                    if (world[i].is_up() && world[i].guild(guild) && !is_host(node, i))
                        return false;
                return role(node) == journal::GuildRole::hosted;
            },
            limit);
    }

    std::optional<Answer> policy;
};

}  // namespace

TEST_CASE("a guild survives rm -rf of its host") {
    Heirs s;
    INFO(s.policy->body);
    REQUIRE(s.policy->status == 200);
    CHECK(s.policy->json().at("votes").as_int64() == 1);
    REQUIRE(s.say(0, "from the host").status == 200);
    REQUIRE(s.say(2, "from the third").status == 200);
    REQUIRE(s.comes(1, "from the third"));
    s.world[0].crash();
    s.world[0].wipe();
    // Before the delay is over nobody takes over: reads work, writes do not.
    s.world.advance(30s);
    CHECK(s.role(1) == journal::GuildRole::mirrored);
    CHECK(s.say(2, "too early").status == 503);
    CHECK(s.read(2).size() == 2);

    const bool taken = s.until_host(1);
    INFO(s.world.logs());
    REQUIRE(taken);
    CHECK(s.hosting(2).epoch == 1);
    // Members of the third node talk on, and all have the same.
    const Answer said = s.say(2, "we go on");
    INFO(said.body);
    REQUIRE(said.status == 200);
    REQUIRE(s.say(1, "so we do").status == 200);
    REQUIRE(s.comes(2, "so we do"));
    const std::vector<std::string> all{"from the host", "from the third", "we go on", "so we do"};
    CHECK(s.read(1) == all);
    CHECK(s.read(2) == all);
}

TEST_CASE("a successor that has become the host is none when the policy is changed next") {
    Heirs s(3, 2);
    REQUIRE(s.policy->status == 200);
    REQUIRE(s.say(0, "hello").status == 200);
    REQUIRE(s.comes(1, "hello"));
    const std::string hosting = s.guild_path() + "/hosting";
    const Answer moved = s.world[0].call(Method::post,
                                         hosting + "/transfer",
                                         s.people[0],
                                         {{"node", federation::to_hex(s.world[1].uid())}});
    INFO(moved.body << s.world.logs());
    REQUIRE(moved.status == 204);
    REQUIRE(s.until_host(1));
    const Answer changed =
        s.world[0].call(Method::patch, hosting, s.people[0], {{"takeover_delay", 90}});
    INFO(changed.body);
    REQUIRE(changed.status == 200);
    const auto& after = s.hosting(1);
    CHECK(after.successors == std::vector{std::string(s.world[2].uid().text())});
    CHECK(after.votes == 1);
}

TEST_CASE("a takeover without successors is not promised") {
    Heirs s(2, 0);
    const auto set = [&](const json::value& policy) {
        return s.world[0].call(Method::patch, s.guild_path() + "/hosting", s.people[0], policy);
    };
    const Answer alone = set({{"takeover_delay", 60}});
    CHECK(alone.status == 400);
    CHECK(alone.body.find("NO_SUCCESSORS") != std::string::npos);
    const json::array heirs{json::string(federation::to_hex(s.world[1].uid()))};
    CHECK(set({{"successors", heirs}, {"takeover_delay", 0}}).status == 400);
    CHECK(set({{"successors", heirs}, {"takeover_delay", 60}}).status == 200);
    CHECK(set({{"takeover_delay", 90}}).status == 200);
    CHECK(set({{"successors", json::array()}}).status == 200);
}

TEST_CASE("a stranger's certificates are looked at a few times, and no more") {
    Heirs s;
    s.world[1].crash();
    s.world[1].config().rate_limits = true;
    s.world[1].start();
    EvilPeer stranger(s.world, "m.example", 7);
    stranger.open(s.world[1]);
    const auto& state = *s.world[1].guild(s.guild);
    f::HostingCertificate wish;
    wish.kind = f::HostingKind::takeover;
    wish.guild_uid = *f::Hash32::from(std::string_view(state.guild.uid));
    wish.epoch = 1;
    wish.control_size = state.control_size;
    wish.new_host_uid = stranger.uid();
    wish.new_host_name = stranger.name();
    wish.ts_ms = s.world.clock.unix_ms();
    f::SignedCertificate claim;
    claim.bytes = f::encode(wish);
    f::add_signature(claim, stranger.uid(), 0, stranger.key());
    f::frames::Hosting frame;
    frame.guildUid = wish.guild_uid;
    frame.certificates = {f::encode(claim)};
    for (int i = 0; i < 100; ++i) REQUIRE(stranger.send(frame));
    s.world.advance(1s);
    const auto& lines = s.world[1].log.lines;
    const auto heard = std::ranges::count_if(lines, [](const std::string& line) {
        return line.find("a hosting certificate was refused") != line.npos;
    });
    CHECK(heard >= 1);
    CHECK(heard <= 10);
    CHECK(stranger.is_open());
    CHECK(s.is_host(0, 1));
}

TEST_CASE("a successor keeps its copy when its host says that it is not needed") {
    Heirs s;
    REQUIRE(s.say(0, "kept").status == 200);
    REQUIRE(s.comes(1, "kept"));
    s.world[0].ok(Method::del, s.guild_path() + "/members/" + s.people[1].id.str(), s.people[0]);
    REQUIRE(s.soon([&] {
        const auto* state = s.world[1].guild(s.guild);
        return state && !state->members.find(s.people[1].id);
    }));
    federation::frames::Purge order;
    order.guildUid =
        *federation::Hash32::from(std::string_view(s.world[0].guild(s.guild)->guild.uid));
    auto& peers = s.world[0].core().peering->peers();
    REQUIRE(peers.find(s.world[1].uid())->send(order));
    s.world.advance(5s);
    REQUIRE(s.world[1].guild(s.guild) != nullptr);
    s.world[0].crash();
    s.world[0].wipe();
    CHECK(s.until_host(1));
}

namespace {

/// The third node has what an import gives: a copy of the past in which nobody of it lives; and
/// the second has become the host.
struct OldCopy : Heirs {
    OldCopy() : Heirs(3, 0) {
        make_admin(people[1]);
        third().crash();
        REQUIRE(store::write_and_wait(*third().db, [&](store::Tx& tx) {
            return tx.run("DELETE FROM members WHERE user_id = $1", people[2].id);
        }));
        const std::string heir = federation::to_hex(world[1].uid());
        world[0].ok(Method::patch,
                    guild_path() + "/hosting",
                    people[0],
                    {{"successors", json::array{json::string(heir)}}, {"takeover_delay", 60}});
        REQUIRE(say(0, "news").status == 200);
        REQUIRE(comes(1, "news"));
        world[0].crash();
        REQUIRE(until_host(1));
        third().start();
        world.advance(30s);
        REQUIRE(hosting(2).epoch == 0);
    }
    FedNode& third() { return world[2]; }
    Answer join_there(const Person& who) {
        const auto invite =
            world[1].ok(Method::post, channel_path() + "/invites", people[1], json::object());
        return third().call(
            Method::post,
            "/api/v10/invites/" + text_of(invite, "code") + "@" + world[1].ip().str() + ":8447",
            who,
            json::object());
    }
};

}  // namespace

TEST_CASE("who joins where an old copy of the guild lies is in the guild") {
    OldCopy s;
    FedNode& third = s.third();
    const Person dora = third.add_user("dora");
    const Answer joined = s.join_there(dora);
    INFO(joined.body << s.world.logs());
    REQUIRE(joined.status == 200);
    REQUIRE(third.guild(s.guild) != nullptr);
    CHECK(third.guild(s.guild)->members.find(dora.id) != nullptr);
    CHECK(s.hosting(2).epoch == 1);
    CHECK(third.call(Method::post, s.messages(), dora, {{"content", "in"}}).status == 200);
    CHECK(s.comes(1, "in"));
}

TEST_CASE("an old copy that went for one that the disk refused is made good without a restart") {
    OldCopy s;
    FedNode& third = s.third();
    const auto run = [&](std::string_view sql) {
        REQUIRE(store::write_and_wait(*third.db, [&](store::Tx& tx) { return tx.run(sql); }));
    };
    run("CREATE TRIGGER full BEFORE INSERT ON hosting BEGIN SELECT RAISE(ABORT, 'full'); END");
    const Person dora = third.add_user("dora");
    CHECK(s.join_there(dora).status >= 500);
    CHECK(third.guild(s.guild) == nullptr);
    run("DROP TRIGGER full");
    const bool back = s.world.run_until([&] { return third.guild(s.guild) != nullptr; }, 5min);
    INFO(s.world.logs());
    REQUIRE(back);
    CHECK(third.guild(s.guild)->members.find(dora.id) != nullptr);
    CHECK(s.hosting(2).epoch == 1);
}

TEST_CASE("a host that returns stands down and follows") {
    Heirs s;
    REQUIRE(s.policy->status == 200);
    REQUIRE(s.say(0, "one").status == 200);
    REQUIRE(s.comes(1, "one"));
    s.world[0].crash();
    REQUIRE(s.until_host(1));
    REQUIRE(s.say(1, "two").status == 200);
    s.world[0].start();
    const bool back = s.world.run_until(
        [&] { return s.role(0) == journal::GuildRole::mirrored && s.is_host(1, 0); }, 10min);
    INFO(s.world.logs());
    REQUIRE(back);
    REQUIRE(s.comes(0, "two"));
    const Answer said = s.say(0, "three");
    INFO(said.body);
    REQUIRE(said.status == 200);
    CHECK(s.comes(2, "three"));
}

TEST_CASE("what was written on a host that was replaced meanwhile is kept aside") {
    Heirs s;
    REQUIRE(s.policy->status == 200);
    REQUIRE(s.say(0, "all know this").status == 200);
    REQUIRE(s.comes(1, "all know this"));
    s.world.advance(10s);
    s.world.net.partition(s.world[0].ip(), s.world[1].ip());
    s.world.net.partition(s.world[0].ip(), s.world[2].ip());
    s.world.advance(70s);
    REQUIRE(s.say(0, "nobody heard this").status == 200);
    const bool taken =
        s.world.run_until([&] { return s.role(1) == journal::GuildRole::hosted; }, 10min);
    REQUIRE(taken);
    s.world.net.heal();
    const bool back = s.world.run_until(
        [&] { return s.role(0) == journal::GuildRole::mirrored && s.is_host(1, 0); }, 15min);
    INFO(s.world.logs());
    REQUIRE(back);
    const std::string path = s.world.files / ("a.example/salvage/" + s.guild.str() + "-1.jsonl");
    std::ifstream in(path, std::ios::binary);
    const std::string kept(std::istreambuf_iterator<char>(in), {});
    CHECK(kept.find("nobody heard this") != std::string::npos);
    CHECK(kept.find("all know this") == std::string::npos);
    REQUIRE(s.comes(0, "all know this"));
    CHECK(s.read(0) == s.read(1));

    // And said again, when the operator wants it: once, and not for others' users.
    auto files = peering::read_salvage(s.world.files / "a.example", s.guild);
    REQUIRE(files);
    REQUIRE(files->size() == 1);
    REQUIRE(files->front().messages.size() == 1);
    services::Salvaged lost = files->front().messages.front();
    auto& succession = s.world[0].core().peering->succession();
    base::Shard& shard = s.world[0].core().shards.at(0);
    const auto again = s.world.wait(shard, succession.repost(shard, s.guild, lost));
    INFO((again ? "" : again.error().message));
    REQUIRE(again);
    CHECK(*again == services::Reposted::posted);
    REQUIRE(s.world.wait(shard, succession.repost(shard, s.guild, lost)));
    REQUIRE(s.world.run_until([&] { return s.read(1).size() > 1; }));
    REQUIRE(s.read(1).size() == 2);
    CHECK(s.read(1).back().starts_with("nobody heard this\n-# Written <t:"));
    lost.author = s.people[1].id;
    const auto foreign = s.world.wait(shard, succession.repost(shard, s.guild, lost));
    REQUIRE(foreign);
    CHECK(*foreign == services::Reposted::of_another_node);
    files->front().messages.clear();
    REQUIRE(peering::write_salvage(files->front()));
    CHECK(peering::read_salvage(s.world.files / "a.example", s.guild)->empty());
}

TEST_CASE("a host that comes from a backup stands down for the takeover that it missed") {
    Heirs s;
    REQUIRE(s.policy->status == 200);
    REQUIRE(s.say(0, "one").status == 200);
    REQUIRE(s.comes(1, "one"));
    // That it came there is written down, too.
    s.world.advance(10s);
    s.world[0].crash();
    REQUIRE(s.until_host(1));
    REQUIRE(s.say(1, "two").status == 200);
    // What guildhall restore does.
    REQUIRE(store::write_and_wait(*s.world[0].db, &store::hosting::raise_epochs));
    SECTION("before it writes, where it finds its successor") {
        s.world[0].start();
        CHECK(s.say(0, "too early").status == 503);
    }
    bool was_alone = false;
    SECTION("also when it had been alone and wrote") {
        was_alone = true;
        s.world.net.partition(s.world[0].ip(), s.world[1].ip());
        s.world.net.partition(s.world[0].ip(), s.world[2].ip());
        s.world[0].start();
        REQUIRE(s.world.run_until([&] { return s.hosting(0).epoch == 2; }));
        REQUIRE(s.say(0, "nobody heard this").status == 200);
        s.world.net.heal();
    }
    const bool back = s.world.run_until(
        [&] { return s.role(0) == journal::GuildRole::mirrored && s.is_host(1, 0); }, 15min);
    INFO(s.world.logs());
    REQUIRE(back);
    CHECK(s.hosting(0).epoch == 1);
    REQUIRE(s.comes(0, "two"));
    CHECK(s.is_host(1, 2));
    REQUIRE(s.say(0, "three").status == 200);
    CHECK(s.comes(2, "three"));
    CHECK(s.read(0) == s.read(1));
    const auto kept = peering::read_salvage(s.world.files / "a.example", s.guild);
    REQUIRE(kept);
    CHECK(kept->size() == (was_alone ? 1 : 0));
    for (const auto& file : *kept) {
        REQUIRE(file.messages.size() == 1);
        CHECK(file.messages.front().content == "nobody heard this");
    }
}

TEST_CASE("two of three successors elect one host") {
    Heirs s(4, 3);
    REQUIRE(s.policy->status == 200);
    CHECK(s.policy->json().at("votes").as_int64() == 2);
    REQUIRE(s.say(3, "before").status == 200);
    REQUIRE(s.comes(1, "before"));
    REQUIRE(s.comes(2, "before"));
    s.world[0].crash();
    s.world[0].wipe();
    const bool taken = s.world.run_until(
        [&] {
            std::size_t hosts = 0;
            for (std::size_t i = 1; i < 4; ++i) hosts += s.role(i) == journal::GuildRole::hosted;
            return hosts == 1 && s.hosting(1).hostUid == s.hosting(2).hostUid &&
                   s.hosting(2).hostUid == s.hosting(3).hostUid && s.hosting(3).epoch > 0;
        },
        10min);
    INFO(s.world.logs());
    REQUIRE(taken);
    REQUIRE(s.say(3, "after").status == 200);
    CHECK(s.comes(1, "after"));
    CHECK(s.comes(2, "after"));
}

TEST_CASE("the successor that has more is elected, though the other is before it") {
    Heirs s(3, 2);
    REQUIRE(s.policy->status == 200);
    const bool is_second = s.hosting(0).successors.front() == s.world[1].uid().text();
    const std::size_t first = is_second ? 1 : 2;
    const std::size_t other = 3 - first;
    s.world.net.partition(s.world[0].ip(), s.world[first].ip());
    s.world.net.cut(s.world[0].ip(), s.world[first].ip());
    REQUIRE(s.say(0, "one never heard this").status == 200);
    REQUIRE(s.comes(other, "one never heard this"));
    s.world[0].crash();
    s.world[0].wipe();
    s.world.net.heal();
    const bool taken = s.until_host(other, 30min);
    INFO(s.world.logs());
    REQUIRE(taken);
    CHECK(s.comes(first, "one never heard this"));
}

TEST_CASE("a successor that restarts more often than it waits takes over all the same") {
    Heirs s;
    s.world[0].ok(
        Method::patch, s.guild_path() + "/hosting", s.people[0], {{"takeover_delay", 3600}});
    REQUIRE(s.soon([&] { return s.hosting(1).delayMs == 3'600'000; }));
    s.world[0].crash();
    s.world.advance(50min);
    s.world[1].crash();
    // While it is down it misses nobody.
    s.world.advance(10h);
    s.world[1].start();
    s.world.advance(8min);
    CHECK(s.role(1) == journal::GuildRole::mirrored);
    const bool taken = s.until_host(1, 10min);
    INFO(s.world.logs());
    CHECK(taken);
}

TEST_CASE("a host that came back is waited for anew, also by a successor that restarts") {
    Heirs s;
    s.world[0].crash();
    s.world.advance(50s);
    s.world[0].start();
    const bool linked = s.world.run_until(
        [&] {
            const auto peer = s.world[1].core().peering->peers().find(s.world[0].uid());
            return peer && peer->is_open();
        },
        6min);
    REQUIRE(linked);
    s.world.advance(5s);
    s.world[0].crash();
    s.world[1].crash();
    s.world[1].start();
    s.world.advance(55s);
    CHECK(s.role(1) == journal::GuildRole::mirrored);
    CHECK(s.until_host(1));
}

TEST_CASE("what is posted again with its nonce to the next host is there once") {
    Heirs s;
    const auto post = [&] {
        return s.world[2].ok(Method::post,
                             s.messages(),
                             s.people[2],
                             {{"content", "once"}, {"nonce", "n1"}, {"enforce_nonce", true}});
    };
    const auto first = post();
    REQUIRE(s.comes(1, "once"));
    s.world[0].crash();
    REQUIRE(s.until_host(1));
    CHECK(text_of(post(), "id") == text_of(first, "id"));
    CHECK(s.read(1) == std::vector<std::string>{"once"});
}

TEST_CASE("a successor that lacks the past when the host dies gets it from the others") {
    FarGuild s(3, 1);
    // More than a mirror begins a channel with.
    for (int i = 0; i < 60; ++i)
        s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", std::to_string(i)}});
    s.people.push_back(s.world[2].add_user("late"));
    s.join(2, s.people[2]);
    json::array heirs;
    for (const std::size_t i : {2, 1})
        heirs.push_back(json::string(federation::to_hex(s.world[i].uid())));
    s.world[0].ok(Method::patch,
                  s.guild_path() + "/hosting",
                  s.people[0],
                  {{"successors", heirs}, {"takeover_delay", 60}});
    REQUIRE(s.soon([&] {
        for (std::size_t i = 1; i < 3; ++i)
            if (s.world[i].guild(s.guild)->hosting.successors.size() != 2) return false;
        return true;
    }));
    // Before its clock's next step, by which it asks for the past.
    s.world[0].crash();
    s.world[0].wipe();
    const auto has_holes = [&](std::size_t i) {
        bool out = true;
        CHECK(store::read_and_wait(*s.world[i].db, [&](store::Tx& tx) -> protocol::Status {
            TRY(const auto held, store::hosting::holding(tx, s.guild));
            out = held.has_holes;
            return {};
        }));
        return out;
    };
    REQUIRE(has_holes(2));
    const bool taken = s.world.run_until(
        [&] {
            const auto hosts = [&](std::size_t i) {
                return s.world[i].view().role(s.guild) == journal::GuildRole::hosted;
            };
            return hosts(1) || hosts(2);
        },
        15min);
    INFO(s.world.logs());
    REQUIRE(taken);
    CHECK_FALSE(has_holes(1));
    CHECK_FALSE(has_holes(2));
}

TEST_CASE("one vote of the two that are needed makes no host") {
    Heirs s(3, 2);
    REQUIRE(s.policy->status == 200);
    s.world[2].crash();
    s.world[0].crash();
    s.world.advance(10min);
    CHECK(s.role(1) == journal::GuildRole::mirrored);
    s.world[2].start();
    const bool taken = s.world.run_until(
        [&] {
            return (s.role(1) == journal::GuildRole::hosted ||
                    s.role(2) == journal::GuildRole::hosted) &&
                   s.hosting(1).hostUid == s.hosting(2).hostUid;
        },
        2h);
    INFO(s.world.logs());
    CHECK(taken);
}

TEST_CASE("an owner hands a guild to its successor and everybody follows") {
    Heirs s;
    REQUIRE(s.policy->status == 200);
    REQUIRE(s.say(2, "before").status == 200);
    REQUIRE(s.comes(1, "before"));
    const std::string path = s.guild_path() + "/hosting/transfer";
    CHECK(
        s.world[0]
            .call(Method::post, path, s.people[0], {{"node", federation::to_hex(s.world[2].uid())}})
            .status == 400);
    const Answer moved = s.world[0].call(
        Method::post, path, s.people[0], {{"node", federation::to_hex(s.world[1].uid())}});
    INFO(moved.body << s.world.logs());
    REQUIRE(moved.status == 204);
    REQUIRE(s.until_host(1));
    CHECK(s.role(0) == journal::GuildRole::mirrored);
    REQUIRE(s.say(0, "as a member").status == 200);
    REQUIRE(s.say(2, "after").status == 200);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(s.comes(i, "after"));
        CHECK(s.comes(i, "as a member"));
    }
    const auto shown = s.world[0].ok(Method::get, s.guild_path() + "/hosting", s.people[0]);
    CHECK(text_of(shown, "role") == "mirror");
    CHECK(shown.at("epoch").as_int64() == 1);
}

TEST_CASE("the guild's root key makes any mirror its host at once") {
    Heirs s(3, 1);
    std::string key;
    CHECK(store::read_and_wait(*s.world[0].db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto found, store::secrets::get(tx, "guild." + s.guild.str() + ".root"));
        key = found.value_or("");
        return {};
    }));
    const auto root = federation::Seed::from(std::string_view(key));
    REQUIRE(root);
    s.world[0].crash();
    s.world[0].wipe();
    s.world.advance(1s);
    auto& ctx = s.world[2].core().services_of[0]->ctx;
    federation::Seed wrong = *root;
    wrong[0] ^= 1;
    CHECK(!s.world.wait(ctx.here, ctx.host_changes->take_over(ctx.here, s.guild, wrong)));
    const auto taken =
        s.world.wait(ctx.here, ctx.host_changes->take_over(ctx.here, s.guild, *root));
    INFO((taken ? "" : taken.error().message));
    REQUIRE(taken);
    REQUIRE(s.until_host(2));
    REQUIRE(s.say(1, "on").status == 200);
    CHECK(s.comes(2, "on"));
}

TEST_CASE("only the owner says who may take over") {
    Heirs s;
    const json::value request{{"votes", 0}};
    CHECK(
        s.world[1].call(Method::patch, s.guild_path() + "/hosting", s.people[1], request).status ==
        403);
    const json::value unknown{{"successors", json::array{"nobody.example"}}};
    CHECK(
        s.world[0].call(Method::patch, s.guild_path() + "/hosting", s.people[0], unknown).status ==
        400);
}
