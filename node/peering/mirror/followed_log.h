#pragma once
// FollowedLog: one log of a guild that another node hosts, as its mirror keeps it in memory: what
// is verified, what is durable, and what came and waits for its turn. One batch of a log is on its
// way at a time, so that order holds and a failed one can be taken back. Owned by Mirror; on the
// shard of peering.

#include "federation/mirror_log.h"
#include "node/peering/link/inbound.h"

#include <deque>
#include <optional>

namespace guildhall::peering {

/// A batch that waits. It holds the peer's credit until it is taken in, or waits for the control
/// log: that would wait for this one's credit otherwise.
struct Arrived {
    std::optional<Inbound> from;
    federation::Append batch;
};

struct FollowedLog {
    explicit FollowedLog(federation::MirrorLog l)
        : log(std::move(l)), applied(log.size()), root(log.root()), first(log.first()) {}

    /// What is verified so far is durable, too.
    void set_applied() {
        if (applied == 0) first = log.first();
        applied = log.size();
        root = log.root();
        note_head();
    }

    /// Heads verified lately: two of one size must be the same head.
    struct KnownRoot {
        std::uint64_t epoch = 0, size = 0;
        federation::Hash32 root{};
    };
    static constexpr std::size_t kKnownRoots = 32;
    void note_head() {
        if (!log.head()) return;
        const federation::Head& head = log.head()->head;
        if (!roots.empty() && roots.back().size == head.size && roots.back().epoch == head.epoch)
            return;
        roots.push_back({head.epoch, head.size, head.root});
        if (roots.size() > kKnownRoots) roots.pop_front();
    }
    bool knows(const federation::Head& head) const {
        // One that is smaller and younger than the newest says that the log shrank.
        const auto& newest = log.head();
        if (newest && newest->head.epoch == head.epoch && head.size < newest->head.size &&
            head.ts_ms > newest->head.ts_ms)
            return false;
        for (const KnownRoot& r : roots) {
            if (r.epoch == head.epoch && r.size == head.size && r.root == head.root) return true;
        }
        return false;
    }

    federation::MirrorLog log;
    /// Durable, and published on this shard, up to here.
    std::uint64_t applied = 0;
    /// Of the tree there.
    federation::Hash32 root{};
    /// The first entry that is held without holes up to there; lower as history comes.
    std::uint64_t first = 0;
    std::deque<Arrived> queue;
    /// A batch is on its way, or history is being added.
    bool busy = false;
    /// Somebody asks for a piece of its past.
    bool fetching = false;
    /// How often the host's tree was not what it sent.
    unsigned divergences = 0;
    std::deque<KnownRoot> roots;
};

}  // namespace guildhall::peering
