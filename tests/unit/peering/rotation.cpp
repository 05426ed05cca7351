// Nodes that rotate their keys: what others believe before, at once, and after. Rows 18 and 19 of
// the threats between whole nodes.
#include "federation/head.h"
#include "federation/hosting_certificate.h"
#include "federation/merkle.h"
#include "node/journal/key_rotation.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "tests/catch.h"
#include "tests/support/evil_peer.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// Something done to a node's disk while it is down.
void on_disk(FedNode& node, const std::function<store::Status(store::Tx&)>& work) {
    std::optional<store::Status> done;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) { return work(tx); };
    job.done = [&](store::Status status) { done = std::move(status); };
    node.db->write(std::move(job));
    REQUIRE(done);
    INFO((done->has_value() ? std::string() : done->error().message));
    REQUIRE(done->has_value());
}

/// What somebody has who copied the folder.
struct Stolen {
    explicit Stolen(store::InlineSqliteDb& db, const base::Clock& clock) {
        store::WriteJob job;
        job.run = [&](store::Tx& tx) -> store::Status {
            TRY(const auto seed, store::secrets::get(tx, journal::node_secret::kSigning));
            key = f::SecretKey::from_seed(f::Seed::from(std::string_view(*seed)).value());
            TRY(identity.noise, journal::load_link_secret(tx));
            base::ManualClock no_clock{clock.unix_ms()};
            base::SeededRng rng(1);
            TRY(const auto own, journal::load_or_make_identity(tx, no_clock, rng));
            identity.log = own.log;
            return {};
        };
        job.done = [](const store::Status& status) { REQUIRE(status); };
        db.write(std::move(job));
        identity.signing = &*key;
    }
    Stolen(const Stolen&) = delete;
    Stolen& operator=(const Stolen&) = delete;

    std::optional<f::SecretKey> key;
    f::LinkIdentity identity;
};

struct Rotating : FarGuild {
    explicit Rotating(std::size_t nodes = 2, std::size_t away = 0) : FarGuild(nodes, away) {}

    journal::Rotation rotate(std::size_t node) {
        world[node].crash();
        return rotate_stopped(node);
    }
    journal::Rotation rotate_stopped(std::size_t node) {
        std::optional<journal::Rotation> out;
        base::SeededRng rng(70 + node);
        on_disk(world[node], [&](store::Tx& tx) -> store::Status {
            TRY(out, journal::rotate_keys(tx, world[node].clock, rng));
            return {};
        });
        world[node].start();
        return *out;
    }
    /// Until the node writes again, as after a restart of either side.
    bool can_say(std::size_t node, const std::string& text) {
        for (int i = 0; i < 10; ++i) {
            if (say(node, text).status == 200) return true;
            world.advance(2s);
        }
        return false;
    }
    /// Events of a node's key log in the guild's log, as a node has it.
    std::size_t events_of(std::size_t node, std::size_t said_by) {
        const auto* state = world[said_by].guild(guild);
        const auto* there = state->identities.find(std::string(world[node].uid().text()));
        return there ? there->events.size() : 0;
    }
    /// To a node that is made the successor, by the owner on the first node; waits for everybody.
    void hand_over(std::size_t to) {
        const std::string heir = f::to_hex(world[to].uid());
        world[0].ok(Method::patch,
                    guild_path() + "/hosting",
                    people[0],
                    {{"successors", json::array{json::string(heir)}}});
        const auto everywhere = [&](auto holds) {
            return world.run_until([&] {
                for (std::size_t i = 0; i < people.size(); ++i)
                    if (!holds(world[i].guild(guild)->hosting)) return false;
                return true;
            });
        };
        const std::string uid(world[to].uid().text());
        REQUIRE(everywhere([&](const auto& h) { return h.successors.front() == uid; }));
        world[0].ok(Method::post, guild_path() + "/hosting/transfer", people[0], {{"node", heir}});
        REQUIRE(everywhere([&](const auto& h) { return h.hostUid == uid; }));
    }
    std::vector<std::string> chain(std::size_t node) {
        return world[node].core().peering->succession().certificates_above(guild, 0);
    }
    std::size_t refusals(std::size_t node) {
        const auto& lines = world[node].log.lines;
        const auto count = std::ranges::count_if(lines, [](const std::string& line) {
            return line.find("a hosting certificate was refused") != line.npos;
        });
        return static_cast<std::size_t>(count);
    }
    /// Whether the first nodes have so little to do: what two say to each other without end ends
    /// with one of them.
    bool is_calm(std::size_t nodes, base::Nanos within) {
        for (std::size_t i = 0; i < nodes; ++i) world[i].crash_after(50'000);
        world.advance(within);
        for (std::size_t i = 0; i < nodes; ++i) {
            if (!world[i].is_up()) return false;
            world[i].crash_after(0);
        }
        return true;
    }
    /// Whether the newest head of every log is signed by that key.
    bool heads_hold(std::size_t node, const f::PublicKey& key) {
        bool out = true;
        store::WriteJob job;
        job.run = [&](store::Tx& tx) -> store::Status {
            TRY(const auto logs, store::entries::logs_of(tx, guild));
            for (const auto& log : logs) {
                const auto head = f::decode_signed_head(f::ByteView(log.head));
                out = out && head && f::verify(*head, key);
            }
            return {};
        };
        job.done = [](const store::Status&) {};
        world[node].db->write(std::move(job));
        return out;
    }
};

}  // namespace

TEST_CASE("a host that rotated its keys goes on, and old entries stay") {
    Rotating s(3);
    REQUIRE(s.say(1, "before").status == 200);
    // Away while it happens.
    REQUIRE(s.comes(2, "before"));
    s.world[2].crash();
    const f::PublicKey old = s.world[0].core().identity.key.public_key();
    const journal::Rotation done = s.rotate(0);
    CHECK(done.key_seq == 1);
    CHECK(done.heads >= 2);
    CHECK(s.world[0].core().identity.key.public_key() == done.signing_key);
    CHECK(done.signing_key != old);
    CHECK(s.heads_hold(0, done.signing_key));

    REQUIRE(s.can_say(1, "after"));
    REQUIRE(s.say(0, "by the host").status == 200);
    REQUIRE(s.comes(1, "by the host"));
    s.world[2].start();
    const bool came = s.comes(2, "by the host");
    INFO(s.world.logs());
    REQUIRE(came);
    CHECK(s.read(2) == std::vector<std::string>{"before", "after", "by the host"});
    // Somebody who joins now reads it all.
    s.people.push_back(s.world[2].add_user("late"));
    s.join(2, s.people.back());
    s.rotate(0);
    CHECK(s.world[0].core().identity.key_seq() == 2);
    REQUIRE(s.can_say(2, "again"));
    REQUIRE(s.comes(1, "again"));
}

TEST_CASE("a home that rotated its keys shows them in the guild's log before it acts") {
    Rotating s(3);
    REQUIRE(s.say(1, "before").status == 200);
    REQUIRE(s.comes(2, "before"));
    s.world[2].crash();
    s.rotate(1);
    // The host writes them when the two link, whoever acts first.
    REQUIRE(s.world.run_until([&] { return s.events_of(1, 0) == 1; }, 30s));
    REQUIRE(s.can_say(1, "after"));
    CHECK(s.events_of(1, 0) == 1);
    s.world[2].start();
    REQUIRE(s.comes(2, "after"));
    CHECK(s.events_of(1, 2) == 1);
    // A restart knows the new keys, and two rotations in a row are two events.
    s.rotate(1);
    REQUIRE(s.can_say(1, "once more"));
    CHECK(s.events_of(1, 0) == 2);
    REQUIRE(s.comes(2, "once more"));
    CHECK(s.world[2].guild(s.guild)->members.find(s.people[1].id) != nullptr);
    CHECK_FALSE(s.world[2].log.contains("frozen"));
}

TEST_CASE("row 19: a thief of a node's old keys is nobody where the new ones are known") {
    Rotating s(3);
    REQUIRE(s.say(1, "before").status == 200);
    const Stolen stolen(*s.world[1].db, s.world[1].clock);
    s.rotate(1);
    REQUIRE(s.can_say(1, "after"));
    REQUIRE(s.comes(2, "after"));
    s.world[1].crash();
    EvilPeer thief(s.world, s.world[1], stolen.identity);
    // The host saw the new keys by a link; the third node never linked with that one, and has them
    // from the guild's log where it knows the node at all.
    REQUIRE(thief.dial(s.world[0]));
    s.world.advance(5s);
    CHECK_FALSE(thief.is_open());
    REQUIRE(thief.closed);
    CHECK(thief.closed->problem.code == f::ProblemCode::wrong_peer);
}

TEST_CASE("row 19: a thief's link ends when a guild's log brings the new keys") {
    Rotating s(3);
    // Known to the third node by a link, before.
    const Stolen stolen(*s.world[1].db, s.world[1].clock);
    s.world[1].crash();
    EvilPeer thief(s.world, s.world[1], stolen.identity);
    thief.open(s.world[2]);
    thief.hello.name = "u.example";
    // The host is linked with the real one, which the thief cannot keep out.
    const auto rotated = [&] { return s.events_of(1, 2) == 1; };
    std::optional<journal::Rotation> done;
    base::SeededRng rng(5);
    on_disk(s.world[1], [&](store::Tx& tx) -> store::Status {
        TRY(done, journal::rotate_keys(tx, s.world[1].clock, rng));
        return {};
    });
    REQUIRE(thief.is_open());
    s.world[1].start();
    REQUIRE(s.can_say(1, "it is me"));
    REQUIRE(s.world.run_until(rotated, 30s));
    s.world.advance(6s);
    INFO(s.world.logs());
    CHECK_FALSE(thief.is_open());
}

TEST_CASE("row 18: the recovery key makes a stolen rotation void, where others have seen it") {
    Rotating s(3);
    REQUIRE(s.say(1, "before").status == 200);
    // The thief copied the folder: he rotates to the key that was committed to, and shows it.
    s.world[1].crash();
    const std::string image = s.world[1].db->image();
    base::SeededRng rng(9);
    const auto migrations = store::schema::migrations();
    auto copy = store::InlineSqliteDb::open(migrations, image);
    REQUIRE(copy);
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> store::Status {
        TRY_VOID(journal::rotate_keys(tx, s.world[1].clock, rng));
        return {};
    };
    job.done = [](const store::Status& status) { REQUIRE(status); };
    (*copy)->write(std::move(job));
    const Stolen stolen(**copy, s.world[1].clock);
    const std::string event = stolen.identity.log.events.back();
    {
        EvilPeer thief(s.world, s.world[1], stolen.identity);
        thief.open(s.world[0]);
        REQUIRE(s.world.run_until(
            [&] {
                return s.world[0]
                           .guild(s.guild)
                           ->identities.find(std::string(thief.uid().text()))
                           ->events.size() == 1;
            },
            30s));
    }
    // The true node is refused now, until its operator says who it is.
    s.world[1].start();
    s.world.advance(20s);
    CHECK(s.say(1, "who am I").status == 503);
    s.world[1].crash();
    on_disk(s.world[1], [&](store::Tx& tx) -> store::Status {
        const auto wrong = journal::override_keys(tx, s.world[1].clock, rng, f::Seed{}, event);
        CHECK_FALSE(wrong);
        TRY(const auto kept, store::secrets::get(tx, journal::node_secret::kRotation));
        const auto recovery = f::Seed::from(std::string_view(*kept));
        TRY_VOID(journal::override_keys(tx, s.world[1].clock, rng, *recovery, event));
        return {};
    });
    s.world[1].start();
    const bool back = s.can_say(1, "it is me");
    INFO(s.world.logs());
    REQUIRE(back);
    REQUIRE(s.comes(2, "it is me"));
    CHECK(s.events_of(1, 2) == 2);
    // The thief is out.
    EvilPeer thief(s.world, s.world[1], stolen.identity);
    REQUIRE(thief.dial(s.world[0]));
    s.world.advance(5s);
    CHECK_FALSE(thief.is_open());
    // A restart of who followed it reads the same keys from its rows.
    s.world[2].crash();
    s.world[2].start();
    REQUIRE(s.can_say(1, "still me"));
    REQUIRE(s.comes(2, "still me"));
}

TEST_CASE("row 19: a host's old key appoints nobody, its new one does") {
    Rotating s(3);
    s.world[0].ok(Method::patch,
                  s.guild_path() + "/hosting",
                  s.people[0],
                  {{"successors", json::array{json::string(f::to_hex(s.world[1].uid()))}}});
    REQUIRE(s.say(1, "before").status == 200);
    const Stolen old(*s.world[0].db, s.world[0].clock);
    s.rotate(0);
    REQUIRE(
        s.world.run_until([&] { return s.events_of(0, 1) == 1 && s.events_of(0, 2) == 1; }, 60s));
    REQUIRE(s.can_say(1, "after"));
    s.world.advance(10s);
    const Stolen now(*s.world[0].db, s.world[0].clock);
    EvilPeer heir(s.world, "m.example", 7);
    heir.open(s.world[2]);

    store::hosting::Holding held;
    on_disk(s.world[2], [&](store::Tx& tx) -> store::Status {
        TRY(held, store::hosting::holding(tx, s.guild));
        return {};
    });
    const auto& state = *s.world[2].guild(s.guild);
    f::HostingCertificate wish;
    wish.guild_uid = *f::Hash32::from(std::string_view(state.guild.uid));
    wish.epoch = 1;
    wish.control_size = held.control_size;
    wish.control_root = f::Frontier::parse(f::ByteView(held.control_frontier))->root();
    wish.new_host_uid = heir.uid();
    wish.new_host_name = "m.example";
    wish.endpoints = {"198.41.0.7:8447"};
    wish.ts_ms = s.world.clock.unix_ms();
    const auto offer = [&](const Stolen& host, std::uint32_t key_seq, protocol::UnixMs ts_ms) {
        f::HostingCertificate c = wish;
        c.ts_ms = ts_ms;
        f::SignedCertificate out{f::encode(c), {}, {}};
        f::add_signature(out, s.world[0].uid(), key_seq, *host.key);
        f::add_signature(out, heir.uid(), 0, heir.key());
        heir.send(f::frames::Hosting{wish.guild_uid, {f::encode(out)}});
        s.world.advance(5s);
        return s.world[2].core().peering->succession().seat_of(s.guild)->host_uid == heir.uid();
    };
    CHECK_FALSE(offer(old, 0, wish.ts_ms));
    // Dated back, and under the number of the key that he has not got.
    CHECK_FALSE(offer(old, 0, wish.ts_ms - 30'000));
    CHECK_FALSE(offer(old, 1, wish.ts_ms));
    CHECK(offer(now, 1, wish.ts_ms));
}

TEST_CASE("a mirror that was away follows a host that changed its keys, handed over and died") {
    Rotating s(3);
    const json::array heirs{json::string(f::to_hex(s.world[1].uid()))};
    s.world[0].ok(Method::patch, s.guild_path() + "/hosting", s.people[0], {{"successors", heirs}});
    REQUIRE(s.world.run_until([&] {
        return s.world[1].guild(s.guild)->hosting.successors.size() == 1 &&
               s.world[2].guild(s.guild)->hosting.successors.size() == 1;
    }));
    s.world.advance(10s);
    s.world[2].crash();
    s.rotate(0);
    REQUIRE(s.world.run_until([&] { return s.events_of(0, 1) == 1; }, 60s));
    s.world.advance(10s);
    s.world[0].ok(Method::post,
                  s.guild_path() + "/hosting/transfer",
                  s.people[0],
                  {{"node", f::to_hex(s.world[1].uid())}});
    const std::string uid(s.world[1].uid().text());
    REQUIRE(s.world.run_until([&] { return s.world[1].guild(s.guild)->hosting.hostUid == uid; }));
    s.world[0].crash();
    REQUIRE(s.say(1, "the new host goes on").status == 200);
    s.world[2].start();
    const bool followed =
        s.world.run_until([&] { return s.world[2].guild(s.guild)->hosting.hostUid == uid; }, 10min);
    INFO(s.world.logs());
    REQUIRE(followed);
    CHECK(s.comes(2, "the new host goes on"));
}

TEST_CASE("a guild that came back to its host stands, whatever keys change later") {
    Rotating s(3, 1);
    s.hand_over(1);
    s.hand_over(0);
    REQUIRE(s.chain(0).size() == 2);
    REQUIRE(s.say(1, "back").status == 200);
    // What is written from now on is younger than both transfers by more than clocks may differ.
    s.world.advance(2min);
    REQUIRE(s.say(0, "later").status == 200);
    // A link begins with the chain, which nobody answers who has it.
    s.world[1].crash();
    s.world[1].start();
    REQUIRE(s.is_calm(2, 30s));
    s.rotate(0);
    REQUIRE(s.is_calm(2, 30s));
    s.rotate(1);
    REQUIRE(s.is_calm(2, 30s));
    REQUIRE(s.can_say(1, "after"));
    REQUIRE(s.comes(0, "after"));

    // Who joins now takes the whole chain, and keeps it.
    s.people.push_back(s.world[2].add_user("late"));
    s.join(2, s.people.back());
    REQUIRE(s.comes(2, "after"));
    s.world[2].crash();
    s.world[2].start();
    REQUIRE(s.is_calm(3, 30s));
    REQUIRE(s.can_say(2, "me too"));
    REQUIRE(s.comes(1, "me too"));
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(s.chain(i) == s.chain(0));
        INFO(s.world.logs());
        CHECK(s.refusals(i) == 0);
    }
}

TEST_CASE("a peer that speaks of a void epoch above the present one hears who hosts") {
    Rotating s(3);
    const Stolen old(*s.world[0].db, s.world[0].clock);
    s.hand_over(1);
    const Stolen stolen(*s.world[2].db, s.world[2].clock);
    s.world[2].crash();
    EvilPeer evil(s.world, s.world[2], stolen.identity);
    evil.open(s.world[1]);
    s.world.advance(10s);
    evil.received.clear();
    auto c = *f::decode_certificate(
        f::decode_signed_certificate(f::ByteView(s.chain(1).front()))->bytes);
    c.kind = f::HostingKind::restore;
    c.epoch = 5;
    c.new_host_uid = s.world[0].uid();
    f::SignedCertificate back{f::encode(c), {}, {}};
    f::add_signature(back, s.world[0].uid(), 0, *old.key);
    evil.send(f::frames::Hosting{c.guild_uid, {f::encode(back)}});
    s.world.advance(2s);
    const auto told = evil.all<f::frames::Hosting>();
    REQUIRE(told.size() == 1);
    CHECK(told.front().certificates == s.chain(1));
}

TEST_CASE("a peer that repeats what a guild's hosts were is answered now and then") {
    Rotating s(3);
    s.hand_over(1);
    s.hand_over(0);
    s.world.advance(2min);
    REQUIRE(s.say(0, "later").status == 200);
    const Stolen stolen(*s.world[2].db, s.world[2].clock);
    s.world[2].crash();
    EvilPeer evil(s.world, s.world[2], stolen.identity);
    evil.open(s.world[0]);
    s.world.advance(1s);

    const auto uid = *f::Hash32::from(std::string_view(s.world[0].guild(s.guild)->guild.uid));
    f::frames::Hosting stale{uid, {s.chain(0).front()}};
    const auto repeat = [&] {
        evil.received.clear();
        for (int i = 0; i < 1000; ++i) {
            REQUIRE(evil.send(stale));
            if (i % 50 == 0) s.world.advance(50ms);
        }
        s.world.advance(1s);
        return evil.all<f::frames::Hosting>().size();
    };
    CHECK(repeat() == 1);
    CHECK(s.refusals(0) == 0);
    s.world.advance(10s);
    // The same of an epoch of the past that never was.
    auto never = *f::decode_signed_certificate(f::ByteView(stale.certificates.front()));
    auto c = *f::decode_certificate(f::ByteView(never.bytes));
    c.new_host_uid = evil.uid();
    never = {f::encode(c), {}, {}};
    f::add_signature(never, evil.uid(), 0, evil.key());
    stale.certificates = {f::encode(never)};
    CHECK(repeat() == 1);
    CHECK(s.refusals(0) == 1);
    CHECK(evil.is_open());
    // Who answers every answer gets no further.
    s.world.advance(10s);
    evil.react = [&](const f::Frame& frame) {
        if (std::holds_alternative<f::frames::Hosting>(frame.body)) evil.send(stale);
    };
    evil.received.clear();
    evil.send(stale);
    s.world.advance(30s);
    CHECK(evil.all<f::frames::Hosting>().size() == 1);
}
