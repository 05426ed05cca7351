#include "federation/mirror_log.h"

#include "federation/limits.h"

#include <algorithm>

namespace guildhall::federation {

using protocol::UnixMs;

/// What a batch is added to: our tail, or the frontier that it brings.
struct MirrorLog::Base {
    Frontier frontier;
    std::uint64_t first = 0;
    UnixMs last_ts_ms = 0;
    /// Entries of the batch that are held already.
    std::size_t skip = 0;
};

namespace {

Refusal refuse(RefusalKind kind, std::string text) { return {kind, std::move(text), 0, 0}; }

Refusal gap(std::uint64_t from, std::uint64_t to) {
    return {RefusalKind::gap, "entries are missing", from, to};
}

/// Whether a tree of `size` leaves with `root` is the beginning of the head's.
bool leads_to(std::uint64_t size,
              const Hash32& root,
              const Head& head,
              std::span<const Hash32> proof) {
    // Everything extends nothing, and no proof says so.
    if (size == 0 && head.size > 0) return proof.empty();
    if (size == head.size) return proof.empty() && root == head.root;
    return verify_consistency(size, head.size, root, head.root, proof);
}

std::optional<Refusal> check_shape(const Append& batch) {
    if (batch.entries.size() > limits::kEntriesPerFrameMax)
        return refuse(RefusalKind::malformed, "too many entries in a batch");
    if (batch.consistency.size() > kConsistencyHashesMax ||
        batch.base.size() > kConsistencyHashesMax)
        return refuse(RefusalKind::malformed, "a proof is too long");
    if (batch.firstSeq + batch.entries.size() < batch.firstSeq)
        return refuse(RefusalKind::malformed, "a sequence number overflows");
    return std::nullopt;
}

/// One entry by itself: its place, and that the body is the one that the header names.
std::optional<Refusal> read_entry(const Entry& bytes,
                                  std::uint64_t log_id,
                                  std::uint64_t seq,
                                  VerifiedEntry& out) {
    const auto header = decode_entry_header(bytes.header);
    if (!header) return refuse(RefusalKind::malformed, "an entry's header cannot be read");
    if (header->log_id != log_id || header->seq != seq)
        return refuse(RefusalKind::malformed, "an entry is out of sequence");
    if (!bytes.body.empty() && body_hash(bytes.body) != header->body_hash)
        return refuse(RefusalKind::malformed, "an entry's body does not match its hash");
    if (!bytes.body.empty() && bytes.body.size() < kSaltBytes)
        return refuse(RefusalKind::malformed, "an entry's body is too short");
    out = {*header, leaf_hash(bytes.header), bytes.body, bytes.command};
    return std::nullopt;
}

}  // namespace

std::optional<MirrorLog> MirrorLog::restore(const Hash32& guild_uid,
                                            std::uint64_t epoch,
                                            std::uint64_t log_id,
                                            const StoredLog& row) {
    MirrorLog out(guild_uid, epoch, log_id);
    out.first_ = row.first;
    out.last_ts_ms_ = row.last_ts_ms;
    if (!row.frontier.empty()) {
        auto frontier = Frontier::parse(row.frontier);
        if (!frontier) return std::nullopt;
        out.frontier_ = std::move(*frontier);
    }
    if (out.size() != row.size || row.first > row.size) return std::nullopt;
    if (!row.head.empty()) {
        out.head_ = decode_signed_head(row.head);
        if (!out.head_ || out.head_->head.guild_uid != guild_uid ||
            out.head_->head.log_id != log_id || out.head_->head.size < row.size)
            return std::nullopt;
        out.head_bytes_ = row.head;
    }
    return out;
}

StoredLog MirrorLog::stored() const {
    return {size(), first_, last_ts_ms_, frontier_.serialise(), head_bytes_};
}

void MirrorLog::enter_epoch(std::uint64_t epoch) { epoch_ = epoch; }

bool MirrorLog::rewind(const Frontier& frontier, UnixMs last_ts_ms) {
    if (frontier.size() > size() || frontier.size() < first_) return false;
    frontier_ = frontier;
    last_ts_ms_ = last_ts_ms;
    // The old host's head is of entries that are no more.
    head_.reset();
    head_bytes_.clear();
    return true;
}

std::optional<Refusal> MirrorLog::read_head(ByteView bytes,
                                            const PublicKey& host,
                                            SignedHead& out,
                                            HeadVerifier* verifier) const {
    // Batches of one catching up come under the same head: it was verified with the first.
    if (head_ && bytes.text() == head_bytes_) {
        out = *head_;
        if (out.head.epoch == epoch_) return std::nullopt;
        return refuse(RefusalKind::epoch, "a head of another epoch");
    }
    auto head = decode_signed_head(bytes);
    if (!head) return refuse(RefusalKind::malformed, "a head cannot be read");
    if (head->head.guild_uid != guild_uid_ || head->head.log_id != log_id_)
        return refuse(RefusalKind::other_log, "a head of another log");
    if (head->head.epoch != epoch_) return refuse(RefusalKind::epoch, "a head of another epoch");
    const bool holds = verifier ? verifier->verify(*head, host) : verify(*head, host);
    if (!holds) return refuse(RefusalKind::signature, "a head's signature is wrong");
    out = std::move(*head);
    return std::nullopt;
}

std::optional<Contradiction> MirrorLog::compare(const SignedHead& other) const {
    if (!head_ || head_->head.epoch != other.head.epoch) return std::nullopt;
    return contradiction_between(*head_, other);
}

std::optional<AppendResult> MirrorLog::place(const Append& batch,
                                             const Head& head,
                                             Base& base) const {
    const std::uint64_t end = batch.firstSeq + batch.entries.size();
    if (head.size < end) return refuse(RefusalKind::malformed, "a batch goes beyond its head");
    if (size() == 0 && batch.firstSeq > 0 && !batch.frontier.empty()) {
        auto frontier = Frontier::parse(batch.frontier);
        if (!frontier || frontier->size() != batch.firstSeq)
            return refuse(RefusalKind::malformed, "a frontier cannot be read");
        if (!leads_to(frontier->size(), frontier->root(), head, batch.base))
            return refuse(RefusalKind::malformed, "a frontier is not the head's");
        base = {std::move(*frontier), batch.firstSeq, 0, 0};
        return std::nullopt;
    }
    if (batch.firstSeq > size()) return gap(size(), batch.firstSeq);
    if (end < size() || head.size < size())
        return refuse(RefusalKind::stale, "a batch that is held already");
    base = {frontier_, first_, last_ts_ms_, static_cast<std::size_t>(size() - batch.firstSeq)};
    return std::nullopt;
}

std::optional<Refusal> MirrorLog::check_entries(const Append& batch,
                                                UnixMs now_ms,
                                                Base& base,
                                                Appended& out) const {
    out.entries.reserve(batch.entries.size() - base.skip);
    for (std::size_t i = base.skip; i < batch.entries.size(); ++i) {
        VerifiedEntry entry;
        if (auto bad = read_entry(batch.entries[i], log_id_, batch.firstSeq + i, entry)) return bad;
        if (entry.header.ts_ms < base.last_ts_ms)
            return refuse(RefusalKind::time, "an entry's time steps back");
        if (entry.header.ts_ms > now_ms + kAheadMaxMs)
            return refuse(RefusalKind::time, "an entry's time is ahead of ours");
        base.last_ts_ms = entry.header.ts_ms;
        base.frontier.append(entry.leaf);
        out.entries.push_back(entry);
    }
    return std::nullopt;
}

AppendResult MirrorLog::append(const Append& batch,
                               const PublicKey& host,
                               UnixMs now_ms,
                               HeadVerifier* verifier) {
    if (auto bad = check_shape(batch)) return *bad;
    if (batch.guildUid != guild_uid_ || batch.logId != log_id_)
        return refuse(RefusalKind::other_log, "a batch of another log");
    SignedHead head;
    if (auto bad = read_head(batch.head, host, head, verifier)) return *bad;
    if (auto found = compare(head)) return *found;
    Base base;
    if (auto result = place(batch, head.head, base)) return *result;
    Appended out;
    if (auto bad = check_entries(batch, now_ms, base, out)) return *bad;
    if (head.head.ts_ms < base.last_ts_ms || head.head.ts_ms > now_ms + kAheadMaxMs)
        return refuse(RefusalKind::time, "a head's time does not fit its entries");
    if (!leads_to(base.frontier.size(), base.frontier.root(), head.head, batch.consistency)) {
        return refuse(RefusalKind::diverged, "a head does not follow from its entries");
    }
    frontier_ = std::move(base.frontier);
    first_ = base.first;
    last_ts_ms_ = base.last_ts_ms;
    // A batch under an older head than we hold proves its entries all the same.
    if (!head_ || head_->head.epoch != epoch_ || head.head.size >= head_->head.size) {
        head_ = std::move(head);
        head_bytes_ = batch.head;
    }
    out.size = size();
    out.more = head_->head.size > out.size;
    return out;
}

AppendResult MirrorLog::check_head(ByteView signed_head,
                                   const PublicKey& host,
                                   SubtreeHash subtree) {
    SignedHead head;
    if (auto bad = read_head(signed_head, host, head)) return *bad;
    if (auto found = compare(head)) return *found;
    if (head.head.size > size()) return gap(size(), head.head.size);
    Appended fits{{}, size(), false};
    if (head.head.size == 0 || !head_ || head_->head.epoch != epoch_ || head_->head.size != size())
        return fits;
    const auto root = range_root(0, head.head.size, subtree);
    if (!root || *root == head.head.root) return fits;
    const auto proof = range_proof(head.head.size, head.head.size, size(), subtree);
    if (!proof) return fits;
    return Contradiction{EvidenceKind::rewritten_log, std::move(head), *head_, *proof};
}

std::variant<Appended, Refusal> MirrorLog::verify_range(const Range& range) const {
    const std::uint64_t end = range.headSize;
    if (range.guildUid != guild_uid_ || range.logId != log_id_)
        return refuse(RefusalKind::other_log, "a range of another log");
    if (range.entries.size() > limits::kEntriesPerFrameMax)
        return refuse(RefusalKind::malformed, "too many entries in a range");
    if (!head_ || head_->head.size != end)
        return refuse(RefusalKind::stale, "a range under another head");
    if (range.from > end || range.entries.size() > end - range.from)
        return refuse(RefusalKind::malformed, "a range goes beyond its head");
    RangeVerifier verifier(
        range.from, range.from + range.entries.size(), end, {range.left, range.right});
    Appended out{{}, size(), false};
    UnixMs last = 0;
    for (std::size_t i = 0; i < range.entries.size(); ++i) {
        VerifiedEntry entry;
        if (auto bad = read_entry(range.entries[i], log_id_, range.from + i, entry)) return *bad;
        if (entry.header.ts_ms < last)
            return refuse(RefusalKind::time, "an entry's time steps back");
        last = entry.header.ts_ms;
        verifier.add(entry.leaf);
        out.entries.push_back(entry);
    }
    if (verifier.root() != head_->head.root)
        return refuse(RefusalKind::malformed, "a range's proof does not lead to the head");
    return out;
}

bool MirrorLog::start_at(ByteView frontier, ByteView signed_head, const PublicKey& host) {
    if (size() != 0 || head_) return false;
    auto parsed = Frontier::parse(frontier);
    SignedHead head;
    if (!parsed || read_head(signed_head, host, head)) return false;
    if (parsed->size() != head.head.size || parsed->root() != head.head.root) return false;
    frontier_ = std::move(*parsed);
    first_ = frontier_.size();
    last_ts_ms_ = head.head.ts_ms;
    head_ = std::move(head);
    head_bytes_ = signed_head.text();
    return true;
}

}  // namespace guildhall::federation
