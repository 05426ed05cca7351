#pragma once
// What a mirror gives the journal: a snapshot to begin with, entries of a log as they come, and
// entries of its past. All of it was verified against the host's signed heads by
// federation/mirror_log.h and federation/snapshot.h. Plain values.

#include "federation/entry.h"
#include "node/journal/committed.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::journal {

/// Channel entries of one guild that wait for its control log: what a link can have under way.
inline constexpr std::size_t kWaitingBytesMax = 4 * 1024 * 1024;

struct MirrorStart {
    /// At the control log's size k: `control_size` is k.
    GuildSnapshot state;
    std::uint64_t epoch = 0;
    /// Of the control log: the frontier at k, serialised, and a signed head of k or more.
    std::string frontier, head;
    UnixMs last_ts_ms = 0;
    /// All members are in the state.
    bool complete = true;
};

struct MirrorEntry {
    federation::EntryHeader header;
    /// Empty where the host dropped it.
    std::string body;
    /// The stored signed command; empty for what was done on the host.
    std::string command;
    /// What this node says beside it.
    Origin origin = {};
};

/// Consecutive entries of one log.
struct MirrorBatch {
    std::uint64_t log_id = 0;
    std::vector<MirrorEntry> entries;
    /// A signed head of the log after them, or of more.
    std::string head;
    /// For a log of which nothing is held: the frontier where the entries begin, serialised; empty
    /// at 0. A hole is kept below it.
    std::string frontier;
    /// History that a reader asked for: stored and projected, and nobody is told.
    bool quiet = false;
};

struct PastEntries {
    std::uint64_t log_id = 0;
    std::vector<MirrorEntry> entries;
    /// The frontier where they begin, serialised; empty at 0.
    std::string frontier;
};

/// Why a guild is frozen.
struct Finding {
    /// federation::EvidenceKind, and an encoded Evidence; 0 and words for what only we saw.
    std::uint8_t kind = 0;
    std::string statements;
};

}  // namespace guildhall::journal
