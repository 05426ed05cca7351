#pragma once
// MirrorLog: one log of a guild as a node that does not host it knows it. Batches from the host go
// in; what comes out is entries that are proved to be leaves of the host's signed tree, ready to be
// stored, or the reason why not, or a contradiction: signed statements that cannot both be true.
//
// A batch is taken whole or not at all, and checked in this order: shape; the head (this guild,
// log and epoch, the host's signature, once for all batches under one head); its place (a gap asks
// for what is missing, what is held already is skipped); each entry (sequence, time, hash of the
// body); then the tree: our frontier plus the entries' leaves must be the head's tree, or a prefix
// of it by the consistency proof. Cost: one leaf hash and one body hash for each entry.
//
// Sans I/O; owner: the guild's shard, one thread. Views in results borrow from the frame.

#include "federation/entry.h"
#include "federation/evidence.h"
#include "federation/frame.h"
#include "federation/head.h"
#include "federation/range_proof.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace guildhall::federation {

/// A consistency proof has at most one hash a level and one more.
inline constexpr std::size_t kConsistencyHashesMax = 65;
/// A host's clock may be this far ahead of ours; beyond it, its entries wait for ours to follow.
inline constexpr protocol::UnixMs kAheadMaxMs = 10 * 60 * 1000;

struct VerifiedEntry {
    EntryHeader header;
    Hash32 leaf{};
    ByteView body, command;
};

/// Nothing new is a success, too: `entries` is empty then.
struct Appended {
    std::vector<VerifiedEntry> entries;
    /// The log's size after it, and whether its head is ahead of it.
    std::uint64_t size = 0;
    bool more = false;
};

enum class RefusalKind : std::uint8_t {
    malformed,  ///< Bytes that no host makes: the link's fault.
    signature,  ///< Not signed by this guild's host.
    other_log,  ///< Of another guild or log.
    epoch,      ///< Of an epoch that is over, or one whose certificate we have not seen.
    gap,        ///< Entries [from, to) are missing before it.
    stale,      ///< The head is older than ours.
    time,       ///< A time stamp that steps back, or is too far ahead.
    /// The host's head does not follow from what it sent. No proof to others: nothing signed says
    /// what it sent. A mirror subscribes anew once, and freezes when it happens again.
    diverged,
};
struct Refusal {
    RefusalKind kind = RefusalKind::malformed;
    /// For logs and people; without contents.
    std::string text;
    std::uint64_t from = 0, to = 0;
};

/// A Contradiction is for everybody: evidence_of() makes what anybody can check.
using AppendResult = std::variant<Appended, Refusal, Contradiction>;

/// A row of the table `logs`.
struct StoredLog {
    std::uint64_t size = 0;
    /// The first entry that is held without holes up to `size`.
    std::uint64_t first = 0;
    protocol::UnixMs last_ts_ms = 0;
    std::string frontier, head;
};

class MirrorLog {
  public:
    MirrorLog(const Hash32& guild_uid, std::uint64_t epoch, std::uint64_t log_id)
        : guild_uid_(guild_uid), epoch_(epoch), log_id_(log_id) {}
    /// From storage; nothing when the row contradicts itself.
    static std::optional<MirrorLog> restore(const Hash32& guild_uid,
                                            std::uint64_t epoch,
                                            std::uint64_t log_id,
                                            const StoredLog& row);
    StoredLog stored() const;

    /// `host` signs heads of this epoch; `now_ms` is the wall clock. `verifier`, which may be null,
    /// is shared by the logs of a guild.
    AppendResult append(const Append& batch,
                        const PublicKey& host,
                        protocol::UnixMs now_ms,
                        HeadVerifier* verifier = nullptr);

    /// A head from gossip or an answer, of any size. `subtree` gives hashes of what is stored; it
    /// may fail where entries are missing, and then nothing is concluded. Appended when it fits or
    /// cannot be judged; a gap when the log there is longer than ours.
    AppendResult check_head(ByteView signed_head, const PublicKey& host, SubtreeHash subtree);

    /// Entries of the past under the newest head: their places, bodies and leaves. Its headSize
    /// must be the size of head().
    std::variant<Appended, Refusal> verify_range(const Range& range) const;

    /// Starts at a frontier that was proved otherwise: a snapshot's, of the control log. False when
    /// it is not the head's, or something is held already.
    bool start_at(ByteView frontier, ByteView signed_head, const PublicKey& host);

    /// After a certificate made another host: its heads count from here on. The epoch is lower than
    /// before where it replaced one that a host had given itself.
    void enter_epoch(std::uint64_t epoch);
    /// Where that host had less than we: forgets the entries from the frontier's size on, which the
    /// caller takes out of storage and hands to salvage. `frontier` is made of our own stored
    /// hashes (range_proof's left side); false when it is longer than the log, or ends before
    /// `first()`.
    bool rewind(const Frontier& frontier, protocol::UnixMs last_ts_ms);

    std::uint64_t epoch() const { return epoch_; }
    std::uint64_t log_id() const { return log_id_; }
    std::uint64_t size() const { return frontier_.size(); }
    std::uint64_t first() const { return first_; }
    Hash32 root() const { return frontier_.root(); }
    const Frontier& frontier() const { return frontier_; }
    protocol::UnixMs last_ts_ms() const { return last_ts_ms_; }
    /// The newest verified head; its size may be ahead of ours.
    const std::optional<SignedHead>& head() const { return head_; }

  private:
    struct Base;
    std::optional<Refusal> read_head(ByteView bytes,
                                     const PublicKey& host,
                                     SignedHead& out,
                                     HeadVerifier* verifier = nullptr) const;
    std::optional<Contradiction> compare(const SignedHead& other) const;
    std::optional<AppendResult> place(const Append& batch, const Head& head, Base& base) const;
    std::optional<Refusal> check_entries(const Append& batch,
                                         protocol::UnixMs now_ms,
                                         Base& base,
                                         Appended& out) const;

    Hash32 guild_uid_{};
    std::uint64_t epoch_ = 0;
    std::uint64_t log_id_ = 0;
    std::uint64_t first_ = 0;
    Frontier frontier_;
    protocol::UnixMs last_ts_ms_ = 0;
    std::optional<SignedHead> head_;
    std::string head_bytes_;
};

}  // namespace guildhall::federation
