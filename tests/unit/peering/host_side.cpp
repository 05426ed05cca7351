// The host side as nodes that follow a guild see it: what they are sent, what is kept from them,
// and how they are told that it is over. The other side is a peer that verifies every batch.
#include "federation/limits.h"
#include "federation/snapshot.h"
#include "node/peering/host/log_reading.h"
#include "tests/catch.h"
#include "tests/unit/peering/hosted.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using f::ProblemCode;
using protocol::ChannelId;
using protocol::kAdminLog;
using protocol::kControlLog;
using protocol::UserId;

namespace {

/// Logs that a subscription was told of.
bool lists(const frames::Subscribed& answer, std::uint64_t log_id) {
    return std::ranges::find(answer.logs, log_id, &f::Cursor::logId) != answer.logs.end();
}

bool settles(Hosted& hall, Copy& copy, ChannelId channel) {
    return copy.reaches(kControlLog, hall.size_of(kControlLog)) &&
           copy.reaches(channel.value, hall.size_of(channel.value));
}

std::int64_t stored_subtrees(Hosted& hall, ChannelId channel) {
    std::int64_t count = 0;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) {
        return tx.each(
            "SELECT count(*) FROM subtrees WHERE log = $1",
            [&](const store::Row& row) { count = row.int64(0); },
            channel);
    };
    job.done = [](const store::Status&) {};
    hall.node().db->write(std::move(job));
    return count;
}

}  // namespace

TEST_CASE("a subscriber gets what happens in the logs that it may have, and no others") {
    Hosted hall;
    const ChannelId open = hall.channel("open"), hidden = hall.channel("hidden", true);
    hall.post(open, 60);
    hall.post(hidden, 3);
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    const auto answer = copy.subscribe();
    REQUIRE(answer);
    CHECK(lists(*answer, open.value));
    CHECK_FALSE(lists(*answer, hidden.value));
    CHECK_FALSE(lists(*answer, kAdminLog));
    REQUIRE(settles(hall, copy, open));
    // A channel begins near its end: its past is asked for by range.
    CHECK(copy.logs.at(open.value).first() == 10);

    hall.post(open, 2);
    hall.post(hidden, 2);
    const ChannelId fresh = hall.channel("fresh");
    hall.post(fresh, 2);
    REQUIRE(settles(hall, copy, open));
    REQUIRE(copy.reaches(fresh.value, 2));
    CHECK(copy.logs.at(fresh.value).first() == 0);
    hall.world.advance(10s);
    CHECK(copy.take());
    CHECK_FALSE(copy.has(hidden.value));
    CHECK_FALSE(copy.has(kAdminLog));
}

TEST_CASE("channels begin with a page each as long as it is little, then with one entry") {
    Hosted hall;
    std::vector<ChannelId> rooms;
    for (int i = 0; i < 12; ++i) {
        rooms.push_back(hall.channel("room" + std::to_string(i)));
        hall.post(rooms.back(), 55);
    }
    // Long texts: one channel is more than all may bring.
    for (int i = 0; i < 40; ++i) hall.post(rooms[1], 1, std::string(8'000, 'x'));
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    REQUIRE(copy.subscribe());
    for (const ChannelId room : rooms) REQUIRE(settles(hall, copy, room));
    const auto held = [&](std::size_t i) {
        const f::MirrorLog& log = copy.logs.at(rooms[i].value);
        return log.size() - log.first();
    };
    CHECK(held(0) == 50);
    CHECK(held(1) == 12);
    CHECK(held(11) >= 1);
    std::size_t bytes = 0;
    for (const f::Append& batch : peer.all<f::Append>()) {
        if (batch.logId != kControlLog) bytes += peering::cost_of(batch);
    }
    CHECK(bytes < 512 * 1024);
    hall.post(rooms[11]);
    REQUIRE(settles(hall, copy, rooms[11]));
}

TEST_CASE("a peer that was away goes on where it stood, in batches that verify") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    copy.begin(open.value);
    REQUIRE(copy.subscribe());
    hall.post(open, 3);
    REQUIRE(settles(hall, copy, open));
    peer.hang_up();
    hall.world.run();
    hall.post(open, 1200);
    hall.channel("other");

    SECTION("by the hashes that were stored as the log grew") {}
    SECTION("by hashes that are computed from the entries, and stored then") {
        (void)hall.node().db->write({[](store::Tx& tx) { return tx.run("DELETE FROM subtrees"); },
                                     [](const store::Status&) {}});
    }
    peer.open(hall.node());
    const auto answer = copy.subscribe();
    REQUIRE(answer);
    CHECK(answer->diverged.empty());
    REQUIRE(settles(hall, copy, open));
    const auto batches = peer.all<f::Append>();
    const bool has_proofs = std::ranges::any_of(
        batches, [](const f::Append& batch) { return !batch.consistency.empty(); });
    CHECK(has_proofs);
    for (const f::Append& batch : batches)
        CHECK(batch.entries.size() <= f::limits::kEntriesPerFrameMax);
    // 1,203 entries: four blocks of 256, two of 512, one of 1,024; a proof needs some of them.
    hall.world.run();
    CHECK(stored_subtrees(hall, open) > 0);
    CHECK(stored_subtrees(hall, open) <= 7);
}

TEST_CASE("a log that is not a beginning of the host's is called diverged and not continued") {
    Hosted hall;
    const ChannelId open = hall.channel("open"), other = hall.channel("other");
    hall.post(open, 5);
    hall.post(other, 5);
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    f::Hash32 wrong{};
    wrong.fill(9);
    frames::Subscribe ask;
    ask.guildUid = hall.uid();
    ask.have = {{kControlLog, 0, f::empty_root()}, {open.value, 3, wrong}, {other.value, 6, wrong}};
    const auto answer = peer.ask(ask);
    REQUIRE(answer);
    const auto& subscribed = std::get<frames::Subscribed>(*answer);
    CHECK(subscribed.diverged == std::vector{open.value, other.value});
    hall.post(open);
    hall.world.advance(5s);
    for (const f::Append& batch : peer.all<f::Append>()) {
        CHECK(batch.logId != open.value);
        CHECK(batch.logId != other.value);
    }
}

TEST_CASE("a node without a member learns nothing, not even that there is a guild") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    hall.post(open, 3);
    EvilPeer peer(hall.world, "m.example", 7), member(hall.world, "n.example", 8);
    hall.join(member, 22);
    peer.open(hall.node());
    f::Hash32 nobody{};
    nobody.fill(3);
    const auto same = [&](auto question) {
        auto unknown = question;
        unknown.guildUid = nobody;
        const auto a = peer.ask(question), b = peer.ask(unknown);
        REQUIRE(a);
        REQUIRE(b);
        CHECK(std::get<f::Problem>(*a).code == ProblemCode::not_found);
        CHECK(*a == *b);
    };
    same(frames::Subscribe{hall.uid(), 0, {}});
    same(frames::SnapshotGet{hall.uid()});
    same(frames::RangeGet{hall.uid(), open.value, 0, 1, 3});
    CHECK(peer.all<frames::Purge>().empty());
    CHECK(peer.all<frames::Subscribed>().empty());
}

TEST_CASE("a hidden channel is refused with the words for one that is not there") {
    Hosted hall;
    const ChannelId hidden = hall.channel("hidden", true);
    hall.post(hidden, 3);
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    const auto probe = [&](std::uint64_t log_id, std::uint64_t from, std::uint64_t size) {
        const auto answer = peer.ask(frames::RangeGet{hall.uid(), log_id, from, from + 1, size});
        REQUIRE(answer);
        return std::get<f::Problem>(*answer);
    };
    const f::Problem absent = probe(12345, 0, 3);
    CHECK(absent.code == ProblemCode::not_found);
    CHECK(probe(hidden.value, 0, 3) == absent);
    CHECK(probe(hidden.value, 5, 100) == absent);
    CHECK(probe(kAdminLog, 0, 1) == absent);
}

TEST_CASE("a channel that is shown begins at its end, one that is hidden ends") {
    Hosted hall;
    const ChannelId room = hall.channel("room", true);
    hall.post(room, 4);
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    REQUIRE(copy.subscribe());
    hall.show(room, true);
    hall.post(room, 1);
    REQUIRE(copy.reaches(room.value, 5));
    hall.show(room, false);
    hall.post(room, 3);
    hall.world.advance(10s);
    CHECK(copy.take());
    CHECK(copy.size(room.value) == 5);
    hall.show(room, true);
    hall.post(room, 1);
    // What it missed is history: it comes with the frontier that says so.
    REQUIRE(copy.reaches(room.value, 9));
    const auto all = peer.all<f::Append>();
    CHECK(std::ranges::none_of(all, [&](const f::Append& batch) {
        return batch.logId == room.value && batch.firstSeq >= 5 && batch.firstSeq < 8;
    }));
}

TEST_CASE("who loses its last member gets the entry that says so, and then a purge") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    EvilPeer peer(hall.world, "m.example", 7);
    const UserId user = hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    copy.begin(open.value);
    REQUIRE(copy.subscribe());
    REQUIRE(settles(hall, copy, open));
    peer.react = [&](const f::Frame&) { (void)copy.take(); };

    SECTION("kicked while linked") {
        hall.leave(user, protocol::LeaveCause::kicked);
        const std::uint64_t end = hall.size_of(kControlLog);
        hall.channel("later");
        hall.post(open);
        REQUIRE(hall.world.run_until([&] { return !peer.all<frames::Purge>().empty(); }, 15s));
        CHECK(peer.all<frames::Purge>().front().reason == 1);
        CHECK(copy.size(kControlLog) == end);
        CHECK(copy.size(open.value) == 0);
        CHECK(peer.refusal(copy.have()) == ProblemCode::not_found);
    }
    SECTION("banned with its node while linked") {
        hall.commit({protocol::NodeBanned{std::string(peer.uid().text()), "m", hall.owner.id}});
        REQUIRE(hall.world.run_until([&] { return !peer.all<frames::Purge>().empty(); }, 15s));
        CHECK(peer.all<frames::Purge>().front().reason == 3);
    }
    SECTION("away when it happened") {
        hall.world.advance(10s);
        peer.hang_up();
        hall.world.run();
        hall.leave(user);
        hall.world.advance(10s);
        peer.open(hall.node());
        REQUIRE(hall.world.run_until([&] { return !peer.all<frames::Purge>().empty(); }, 15s));
        CHECK(peer.all<frames::Purge>().front().guildUid == hall.uid());
        CHECK(peer.refusal(copy.have()) == ProblemCode::not_found);
        // Its answer is that it has nothing any more; from then on it is told nothing.
        frames::Unsubscribe done;
        done.guildUid = hall.uid();
        REQUIRE(peer.send(done));
        hall.world.run();
        const auto ask = [&](const frames::Subscribe& with) {
            peer.received.clear();
            CHECK(peer.refusal(with) == ProblemCode::not_found);
            return peer.all<frames::Purge>().size();
        };
        frames::Subscribe guessed = copy.have();
        for (federation::Cursor& at : guessed.have)
            at.root = federation::sha256(std::string_view("no root"));
        CHECK(ask(guessed) == 0);
        guessed.have.clear();
        CHECK(ask(guessed) == 0);
        // Who shows the copy again has it.
        CHECK(ask(copy.have()) == 1);
    }
    SECTION("does not say what it stored") {
        copy.acks = false;
        hall.leave(user);
        hall.world.advance(1s);
        CHECK(peer.all<frames::Purge>().empty());
        hall.world.advance(6s);
        CHECK(peer.all<frames::Purge>().size() == 1);
    }
}

TEST_CASE("who comes back before the purge goes out never left") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    EvilPeer peer(hall.world, "m.example", 7);
    const UserId user = hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    copy.begin(open.value);
    copy.acks = false;
    REQUIRE(copy.subscribe());
    hall.leave(user);
    hall.world.advance(1s);
    hall.join(peer, 22);
    hall.post(open, 2);
    hall.world.advance(10s);
    CHECK(peer.all<frames::Purge>().empty());
    REQUIRE(copy.reaches(kControlLog, hall.size_of(kControlLog)));
    hall.post(open, 2);
    REQUIRE(copy.reaches(open.value, 4));
}

TEST_CASE("a peer may subscribe to all its guilds at once, and not without end") {
    Hosted hall;
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    const Copy copy(hall, peer);
    std::size_t limited = 0;
    for (std::uint64_t i = 0; i < 2'100; ++i) REQUIRE(peer.send(copy.have(), 2 * i + 1));
    hall.world.advance(1s);
    for (const f::Problem& problem : peer.all<f::Problem>())
        limited += problem.code == ProblemCode::rate_limited ? 1 : 0;
    CHECK(limited >= 50);
    CHECK(peer.all<frames::Subscribed>().size() >= 2'000);
    hall.world.advance(10s);
    CHECK(std::holds_alternative<frames::Subscribed>(*peer.ask(copy.have())));
    CHECK(hall.node().core().peering->host_side().serving().guilds_of(peer.uid()).size() == 1);
}

TEST_CASE("a deleted guild is purged from who follows it, and from who comes back") {
    Hosted hall;
    EvilPeer here(hall.world, "m.example", 7), away(hall.world, "n.example", 8);
    hall.join(here, 21);
    hall.join(away, 22);
    here.open(hall.node());
    away.open(hall.node());
    Copy copy(hall, here), copy2(hall, away);
    REQUIRE(copy.subscribe());
    REQUIRE(copy2.subscribe());
    hall.world.advance(10s);
    away.hang_up();
    hall.world.run();
    const auto question = copy2.have();
    hall.commit({protocol::GuildDeleted{hall.owner.id}});
    hall.world.advance(10s);
    REQUIRE(here.all<frames::Purge>().size() == 1);
    CHECK(here.all<frames::Purge>().front().reason == 4);
    away.open(hall.node());
    CHECK(away.refusal(question) == ProblemCode::not_found);
    REQUIRE_FALSE(away.all<frames::Purge>().empty());
    CHECK(away.all<frames::Purge>().front().reason == 4);
    frames::Unsubscribe done;
    done.guildUid = question.guildUid;
    REQUIRE(away.send(done));
    hall.world.run();
    away.received.clear();
    CHECK(away.refusal(question) == ProblemCode::not_found);
    CHECK(away.all<frames::Purge>().empty());
}

TEST_CASE("a snapshot is the state at the head that it brings") {
    Hosted hall;
    hall.channel("open");
    EvilPeer peer(hall.world, "m.example", 7);
    const UserId user = hall.join(peer, 21);
    peer.open(hall.node());
    REQUIRE(peer.send(frames::SnapshotGet{hall.uid()}, 101));
    f::SnapshotReader reader;
    std::string head, frontier, genesis;
    REQUIRE(hall.world.run_until([&] { return !peer.all<frames::Snapshot>().empty(); }, 15s));
    for (const auto& piece : peer.all<frames::Snapshot>()) {
        if (piece.piece == 0) genesis = piece.genesis;
        head = piece.controlHead;
        frontier = piece.frontier;
        REQUIRE(reader.add(piece));
    }
    REQUIRE(reader.is_complete());
    CHECK(f::state_root(reader.state()) == f::state_root(hall.state()));
    CHECK(reader.state().members.find(user) != nullptr);
    f::MirrorLog control(hall.uid(), hall.state().hosting.epoch, kControlLog);
    CHECK(control.start_at(f::ByteView(frontier), f::ByteView(head), hall.host_key()));
    CHECK(control.size() == reader.state().control_size);
    const auto born = f::decode_signed_genesis(f::ByteView(genesis));
    REQUIRE(born);
    CHECK(f::uid_of(born->bytes) == hall.uid());
}

TEST_CASE("ranges of the past verify against the head that the asker holds") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    hall.post(open, 700);
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    REQUIRE(copy.subscribe());
    REQUIRE(settles(hall, copy, open));
    const auto fetch = [&](std::uint64_t from, std::uint64_t to) {
        const auto answer = peer.ask(frames::RangeGet{hall.uid(), open.value, from, to, 700});
        REQUIRE(answer);
        return std::get<f::Range>(*answer);
    };
    for (const auto& [from, to] : {std::pair{650, 700}, {0, 500}, {0, 1}, {299, 301}, {699, 700}}) {
        const f::Range range = fetch(from, to);
        CHECK(range.entries.size() == static_cast<std::size_t>(to - from));
        CHECK(std::holds_alternative<f::Appended>(copy.logs.at(open.value).verify_range(range)));
    }
    // Beyond the log, upside down, or too many.
    for (const auto& [from, to, size] :
         {std::tuple{690, 701, 701}, {10, 10, 700}, {20, 10, 700}, {0, 600, 700}}) {
        const frames::RangeGet question{hall.uid(),
                                        open.value,
                                        static_cast<std::uint64_t>(from),
                                        static_cast<std::uint64_t>(to),
                                        static_cast<std::uint64_t>(size)};
        CHECK(peer.refusal(question) == ProblemCode::not_found);
    }
}

TEST_CASE("an invite tells another node what it tells anybody, and nothing to a banned one") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    const auto made = hall.node().ok(base::http::Method::post,
                                     "/api/v10/channels/" + open.str() + "/invites",
                                     hall.owner,
                                     boost::json::object{});
    const std::string code(made.as_object().at("code").as_string());
    EvilPeer peer(hall.world, "m.example", 7);
    peer.open(hall.node());
    const auto answer = peer.ask(frames::InviteGet{code});
    REQUIRE(answer);
    const auto& info = std::get<frames::InviteInfo>(*answer);
    CHECK(info.guildId == hall.guild.value);
    CHECK(info.hostUid == hall.node().uid());
    CHECK(info.hosting.empty());
    const auto born = f::decode_signed_genesis(f::ByteView(info.genesis));
    REQUIRE(born);
    CHECK(f::uid_of(born->bytes) == hall.uid());
    const auto shown = hall.node().call(
        base::http::Method::get, "/api/v10/invites/" + code + "?with_counts=true", hall.owner);
    CHECK(protocol::parse_json(info.json).value() == protocol::parse_json(shown.body).value());
    CHECK(peer.refusal(frames::InviteGet{"nothing"}) == ProblemCode::not_found);
    hall.commit({protocol::NodeBanned{std::string(peer.uid().text()), "m", hall.owner.id}});
    CHECK(peer.refusal(frames::InviteGet{code}) == ProblemCode::not_found);
}

TEST_CASE("a peer that gives no credit stalls its own queue, and is told of heads all the same") {
    Hosted hall;
    const ChannelId open = hall.channel("open");
    EvilPeer stuck(hall.world, "m.example", 7), well(hall.world, "n.example", 8);
    hall.join(stuck, 21);
    hall.join(well, 22);
    stuck.open(hall.node());
    well.open(hall.node());
    stuck.grants = false;
    Copy copy(hall, well), other(hall, stuck);
    copy.begin(open.value);
    other.begin(open.value);
    REQUIRE(copy.subscribe());
    REQUIRE(other.subscribe());
    for (int i = 0; i < 8; ++i) {
        hall.post(open, 100);
        for (int j = 0; j < 40; ++j) {
            protocol::Channel changed = *hall.state().channels.find(open);
            changed.topic.assign(16'000, static_cast<char>('a' + j % 26));
            changed.position = static_cast<std::int32_t>(j);
            hall.commit({protocol::ChannelUpdated{changed}});
        }
    }
    REQUIRE(settles(hall, copy, open));
    std::size_t bytes = 0;
    for (const f::Append& batch : stuck.all<f::Append>()) {
        for (const f::Entry& entry : batch.entries) bytes += entry.body.size();
    }
    CHECK(bytes < f::limits::kClasses[1].credit);
    CHECK(stuck.is_open());
    // It lags behind: gossip says how far.
    hall.world.advance(6s);
    hall.post(open);
    hall.world.advance(6s);
    CHECK_FALSE(stuck.all<frames::Heads>().empty());
    CHECK(well.all<frames::Heads>().empty());
}

TEST_CASE("an idle link carries one head a minute") {
    Hosted hall;
    hall.channel("open");
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    peer.open(hall.node());
    Copy copy(hall, peer);
    REQUIRE(copy.subscribe());
    REQUIRE(copy.reaches(kControlLog, hall.size_of(kControlLog)));
    hall.world.advance(10s);
    peer.received.clear();
    hall.world.advance(10min);
    const auto heads = peer.all<frames::Heads>();
    CHECK(heads.size() >= 9);
    CHECK(heads.size() <= 10);
    for (const frames::Heads& told : heads) CHECK(told.heads.size() == 1);
    CHECK(peer.all<f::Append>().empty());
}

TEST_CASE("a peer that asks, hangs up and asks again gets one answer for each link that is open") {
    Hosted hall;
    for (int i = 0; i < 5; ++i) hall.channel("room" + std::to_string(i));
    EvilPeer peer(hall.world, "m.example", 7);
    hall.join(peer, 21);
    const Copy copy(hall, peer);
    for (int round = 0; round < 6; ++round) {
        peer.open(hall.node());
        for (std::uint64_t i = 0; i < 10; ++i) (void)peer.send(copy.have(), 2 * i + 1);
        if (round % 2 == 0) hall.world.net.cut(peer.ip(), hall.node().ip());
        peer.hang_up();
    }
    peer.open(hall.node());
    peer.received.clear();
    REQUIRE(peer.ask(copy.have()));
    CHECK(peer.all<frames::Subscribed>().size() == 1);
    hall.world.run();
    CHECK(hall.node().core().peering->host_side().serving().guilds_of(peer.uid()).size() == 1);
}
