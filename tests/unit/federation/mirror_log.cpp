#include "federation/mirror_log.h"

#include "federation/limits.h"
#include "tests/catch.h"
#include "tests/unit/federation/log_builder.h"

namespace guildhall::federation {

using namespace testing;

namespace {

struct Mirrored {
    HostLog host;
    MirrorLog mirror{host.uid, 0, HostLog::kLog};

    AppendResult take(Append batch) {
        kept = std::move(batch);
        return mirror.append(kept, host.node.signing.public_key(), host.now);
    }
    AppendResult take(std::uint64_t from, std::uint64_t to, std::uint64_t head_size) {
        return take(batch_of(host, from, to, head_size));
    }
    AppendResult check(const std::string& head) {
        return mirror.check_head(head, host.node.signing.public_key(), host.tree.hasher());
    }
    /// Results borrow from the last batch.
    Append kept;
};

const Appended* appended(const AppendResult& result) { return std::get_if<Appended>(&result); }

std::optional<RefusalKind> refusal(const AppendResult& result) {
    const auto* refused = std::get_if<Refusal>(&result);
    return refused ? std::optional(refused->kind) : std::nullopt;
}

std::optional<EvidenceKind> contradiction(const AppendResult& result) {
    const auto* found = std::get_if<Contradiction>(&result);
    return found ? std::optional(found->kind) : std::nullopt;
}

/// Whether anybody with the host's key log must believe it.
bool is_proof(const Contradiction& found, const TestNode& host) {
    const auto sent = decode_evidence(encode(evidence_of(found, host.log)));
    return sent && is_transferable(sent->kind) && federation::check(*sent).has_value();
}
bool is_proof(const AppendResult& result, const HostLog& host) {
    const auto* found = std::get_if<Contradiction>(&result);
    return found && is_proof(*found, host.node);
}

}  // namespace

TEST_CASE("a mirror follows a log in any pieces, under heads at and ahead of it") {
    Mirrored m;
    m.host.fill(40);
    for (std::uint64_t from = 0; from < 40;) {
        const std::uint64_t to = std::min<std::uint64_t>(40, from + 1 + from % 7);
        const std::uint64_t head = from % 2 == 0 ? to : 40;
        const auto result = m.take(from, to, head);
        REQUIRE(appended(result));
        CHECK(appended(result)->entries.size() == to - from);
        CHECK(m.mirror.root() == m.host.tree.root(to));
        from = to;
    }
    CHECK(m.mirror.size() == 40);
    CHECK(m.mirror.last_ts_ms() == m.host.now);
}

TEST_CASE("a mirror goes on where it was stored") {
    Mirrored m;
    m.host.fill(10);
    REQUIRE(appended(m.take(0, 6, 10)));
    const StoredLog row = m.mirror.stored();
    CHECK(row.size == 6);
    auto again = MirrorLog::restore(m.host.uid, 0, HostLog::kLog, row);
    REQUIRE(again);
    m.mirror = *again;
    REQUIRE(appended(m.take(6, 10, 10)));
    CHECK(m.mirror.root() == m.host.tree.root());

    StoredLog bad = row;
    bad.size = 7;
    CHECK(!MirrorLog::restore(m.host.uid, 0, HostLog::kLog, bad));
    bad = row;
    bad.head = "head";
    CHECK(!MirrorLog::restore(m.host.uid, 0, HostLog::kLog, bad));
    CHECK(!MirrorLog::restore(m.host.uid, 0, 78, row));
}

TEST_CASE("what is held already is skipped, what is missing is asked for") {
    Mirrored m;
    m.host.fill(10);
    REQUIRE(appended(m.take(0, 6, 6)));
    const auto overlap = m.take(3, 8, 8);
    REQUIRE(appended(overlap));
    CHECK(appended(overlap)->entries.size() == 2);
    CHECK(appended(overlap)->entries.front().header.seq == 6);
    CHECK(refusal(m.take(0, 6, 6)) == RefusalKind::stale);
    const auto same = m.take(3, 8, 8);
    REQUIRE(appended(same));
    CHECK(appended(same)->entries.empty());

    const auto missing = m.take(9, 10, 10);
    REQUIRE(refusal(missing) == RefusalKind::gap);
    CHECK(std::get<Refusal>(missing).from == 8);
    CHECK(std::get<Refusal>(missing).to == 9);
    const auto ahead = m.take(8, 8, 10);
    REQUIRE(appended(ahead));
    CHECK(appended(ahead)->more);
}

TEST_CASE("a mirror begins in the middle with a frontier that the head's tree proves") {
    Mirrored m;
    m.host.fill(30);
    for (std::uint64_t from = 1; from < 30; ++from) {
        m.mirror = MirrorLog(m.host.uid, 0, HostLog::kLog);
        Append batch = batch_of(m.host, from, 30, 30);
        batch.frontier = m.host.tree.frontier(from).serialise();
        batch.base = m.host.tree.consistency(from, 30);
        REQUIRE(appended(m.take(batch)));
        CHECK(m.mirror.first() == from);
        CHECK(m.mirror.root() == m.host.tree.root());

        m.mirror = MirrorLog(m.host.uid, 0, HostLog::kLog);
        batch.frontier = flipped(batch.frontier, 64 + from);
        CHECK(refusal(m.take(batch)) == RefusalKind::malformed);
        CHECK(m.mirror.size() == 0);
    }
}

TEST_CASE("a batch with any bit of its head, headers or bodies flipped changes nothing") {
    Mirrored m;
    m.host.fill(3);
    REQUIRE(appended(m.take(0, 1, 1)));
    const StoredLog before = m.mirror.stored();
    const Append good = batch_of(m.host, 1, 3, 3);
    const auto refused = [&](Append batch) {
        REQUIRE(!appended(m.take(std::move(batch))));
        REQUIRE(m.mirror.stored().frontier == before.frontier);
        REQUIRE(m.mirror.stored().head == before.head);
    };
    for (std::size_t bit = 0; bit < good.head.size() * 8; ++bit) {
        Append batch = good;
        batch.head = flipped(batch.head, bit);
        refused(std::move(batch));
    }
    for (std::size_t bit = 0; bit < good.entries[0].header.size() * 8; ++bit) {
        Append batch = good;
        batch.entries[0].header = flipped(batch.entries[0].header, bit);
        refused(std::move(batch));
    }
    for (std::size_t bit = 0; bit < good.entries[1].body.size() * 8; ++bit) {
        Append batch = good;
        batch.entries[1].body = flipped(batch.entries[1].body, bit);
        refused(std::move(batch));
    }
    CHECK(appended(m.take(good)));
}

TEST_CASE("entries without their bodies are taken, as after a deletion") {
    Mirrored m;
    m.host.fill(2);
    Append batch = batch_of(m.host, 0, 2, 2);
    batch.entries[0].body.clear();
    CHECK(appended(m.take(batch)));
}

TEST_CASE("heads of another guild, log, epoch or host are refused") {
    Mirrored m;
    m.host.fill(2);
    const auto with = [&](auto change) {
        Head head = m.host.head_at(2);
        Append batch = batch_of(m.host, 0, 2, 2);
        change(head);
        batch.head = m.host.sign(head);
        return refusal(m.take(std::move(batch)));
    };
    CHECK(with([](Head& h) { h.guild_uid = filled(8); }) == RefusalKind::other_log);
    CHECK(with([](Head& h) { h.log_id = 78; }) == RefusalKind::other_log);
    CHECK(with([](Head& h) { h.epoch = 1; }) == RefusalKind::epoch);
    Append other = batch_of(m.host, 0, 2, 2);
    other.logId = 78;
    CHECK(refusal(m.take(other)) == RefusalKind::other_log);
    Append stolen = batch_of(m.host, 0, 2, 2);
    stolen.head = encode(sign_heads({m.host.head_at(2)}, key(4)).front());
    CHECK(refusal(m.take(stolen)) == RefusalKind::signature);
    CHECK(m.mirror.size() == 0);
}

TEST_CASE("an old host's heads are refused after another epoch began") {
    Mirrored m;
    m.host.fill(4);
    REQUIRE(appended(m.take(0, 2, 2)));
    m.mirror.enter_epoch(1);
    CHECK(refusal(m.take(2, 3, 3)) == RefusalKind::epoch);
    CHECK(refusal(m.take(2, 2, 2)) == RefusalKind::epoch);
    m.host.epoch = 1;
    CHECK(appended(m.take(2, 4, 4)));
    CHECK(m.mirror.head()->head.epoch == 1);
}

TEST_CASE("a log goes on in a lower epoch that took the place of a higher one") {
    Mirrored m;
    m.host.fill(4);
    REQUIRE(appended(m.take(0, 2, 2)));
    m.mirror.enter_epoch(5);
    m.host.epoch = 5;
    REQUIRE(appended(m.take(2, 3, 4)));
    CHECK(m.mirror.head()->head.size == 4);
    m.mirror.enter_epoch(1);
    CHECK(refusal(m.take(3, 4, 4)) == RefusalKind::epoch);
    m.host.epoch = 1;
    REQUIRE(appended(m.take(3, 3, 3)));
    CHECK(m.mirror.head()->head.epoch == 1);
    CHECK(m.mirror.head()->head.size == 3);
    CHECK(appended(m.take(3, 4, 4)));
}

TEST_CASE("a log is rewound to what a new host had, and goes on with it") {
    Mirrored m;
    m.host.fill(6);
    REQUIRE(appended(m.take(0, 6, 6)));
    HostLog next;
    next.fill(4);
    next.epoch = 1;
    next.fill(4, "other");
    m.mirror.enter_epoch(1);
    m.host.now = next.now;
    CHECK(refusal(m.take(batch_of(next, 4, 8, 8))) == RefusalKind::diverged);
    CHECK(!m.mirror.rewind(next.tree.frontier(7), next.times[6]));
    REQUIRE(m.mirror.rewind(*frontier_of(4, m.host.tree.range(4, 4).left), next.times[3]));
    REQUIRE(appended(m.take(batch_of(next, 4, 8, 8))));
    CHECK(m.mirror.root() == next.tree.root());
}

TEST_CASE("times that step back or run ahead are refused") {
    Mirrored m;
    m.host.fill(2);
    m.host.now -= 10;
    m.host.add("earlier");
    CHECK(refusal(m.take(0, 3, 3)) == RefusalKind::time);
    REQUIRE(appended(m.take(0, 2, 2)));
    // By then there are two heads, of which the later one is smaller.
    CHECK(contradiction(m.take(2, 3, 3)) == EvidenceKind::shrunk_log);

    for (const protocol::UnixMs ahead : {kAheadMaxMs, kAheadMaxMs + 1}) {
        Mirrored other;
        const protocol::UnixMs now = other.host.now;
        other.host.now += ahead - 1;
        other.host.add("ahead");
        other.host.now = now;
        CHECK(refusal(other.take(0, 1, 1)).has_value() == (ahead > kAheadMaxMs));
    }
}

TEST_CASE("two heads of one size with different roots are a proof for everybody") {
    Mirrored m;
    m.host.fill(5);
    REQUIRE(appended(m.take(0, 5, 5)));
    Head other = m.host.head_at(5);
    other.root = filled(5);
    const auto found = m.check(m.host.sign(other));
    CHECK(contradiction(found) == EvidenceKind::split_heads);
    CHECK(is_proof(found, m.host));
    CHECK(!is_proof(std::get<Contradiction>(found), TestNode(4)));
}

TEST_CASE("a log that shrank is a proof for everybody, an old head is not") {
    Mirrored m;
    m.host.fill(5);
    REQUIRE(appended(m.take(0, 5, 5)));
    CHECK(appended(m.check(m.host.signed_head(3))));
    Head rolled = m.host.head_at(4);
    rolled.ts_ms = m.host.now + 1;
    const auto found = m.check(m.host.sign(rolled));
    CHECK(contradiction(found) == EvidenceKind::shrunk_log);
    CHECK(is_proof(found, m.host));
    // Two true heads do not make a claim true.
    const auto head = [&](std::uint64_t size) {
        return *decode_signed_head(m.host.signed_head(size));
    };
    CHECK(!is_proof({EvidenceKind::shrunk_log, head(3), head(5), {}}, m.host.node));
    CHECK(!is_proof({EvidenceKind::shrunk_log, head(5), head(3), {}}, m.host.node));
}

TEST_CASE("an old head that our log does not begin with is a proof for everybody") {
    Mirrored m;
    m.host.fill(9);
    REQUIRE(appended(m.take(0, 9, 9)));
    for (std::uint64_t size = 1; size < 9; ++size) {
        Head forked = m.host.head_at(size);
        forked.root = filled(6);
        const auto found = m.check(m.host.sign(forked));
        REQUIRE(contradiction(found) == EvidenceKind::rewritten_log);
        CHECK(is_proof(found, m.host));
        Contradiction honest = std::get<Contradiction>(found);
        honest.first = *decode_signed_head(m.host.signed_head(size));
        CHECK(!is_proof(honest, m.host.node));
    }
}

TEST_CASE("a log that was rolled back and went on otherwise has diverged") {
    Mirrored m;
    m.host.fill(6);
    REQUIRE(appended(m.take(0, 6, 6)));
    HostLog restored;
    restored.fill(4);
    restored.now = m.host.now;
    restored.fill(4, "other");
    m.host.now = restored.now;
    CHECK(refusal(m.take(batch_of(restored, 6, 8, 8))) == RefusalKind::diverged);
    CHECK(m.mirror.size() == 6);
}

TEST_CASE("a longer head of gossip is a gap to ask for") {
    Mirrored m;
    m.host.fill(6);
    REQUIRE(appended(m.take(0, 4, 4)));
    const auto found = m.check(m.host.signed_head(6));
    REQUIRE(refusal(found) == RefusalKind::gap);
    CHECK(std::get<Refusal>(found).from == 4);
    CHECK(std::get<Refusal>(found).to == 6);
}

TEST_CASE("the past comes in ranges under the head that is held") {
    Mirrored m;
    m.host.fill(20);
    REQUIRE(m.mirror.start_at(m.host.tree.frontier(20).serialise(),
                              m.host.signed_head(20),
                              m.host.node.signing.public_key()));
    CHECK(m.mirror.first() == 20);
    const Range range = range_of(m.host, 5, 9);
    const auto good = m.mirror.verify_range(range);
    REQUIRE(std::holds_alternative<Appended>(good));
    CHECK(std::get<Appended>(good).entries.size() == 4);
    const auto refused = [&](auto change) {
        Range altered = range;
        change(altered);
        CHECK(std::holds_alternative<Refusal>(m.mirror.verify_range(altered)));
    };
    refused([](Range& r) { r.headSize = 19; });
    refused([](Range& r) { r.from = 6; });
    refused([](Range& r) { r.logId = 78; });
    refused([](Range& r) { r.guildUid = filled(8); });
    refused([](Range& r) { std::swap(r.entries[0].header, r.entries[1].header); });
    refused([](Range& r) { r.entries.pop_back(); });
    refused([](Range& r) { std::swap(r.left, r.right); });
}

TEST_CASE("batches and proofs beyond their bounds are refused before any work") {
    constexpr std::uint64_t kMost = limits::kEntriesPerFrameMax;
    Mirrored m;
    m.host.fill(kMost + 1);
    CHECK(refusal(m.take(0, kMost + 1, kMost + 1)) == RefusalKind::malformed);
    CHECK(appended(m.take(0, kMost, kMost)));
    Append batch = batch_of(m.host, kMost, kMost + 1, kMost + 1);
    batch.consistency.assign(kConsistencyHashesMax + 1, filled(1));
    CHECK(refusal(m.take(batch)) == RefusalKind::malformed);
}

}  // namespace guildhall::federation
