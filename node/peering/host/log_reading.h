#pragma once
// What peers are told about logs, read from the store: batches of entries from a place on, ranges
// of the past with their proofs, where logs stand. Every function reads one snapshot, so that
// entries, sizes, heads and proofs fit each other, and costs what it returns, however long the log
// is. Synchronous, inside a Tx; any thread.

#include "federation/frame.h"
#include "node/store/tables/log_key.h"
#include "node/store/tables/subtrees.h"
#include "protocol/ids.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace guildhall::peering {

struct Context;

/// A log of a guild.
struct LogRef {
    protocol::GuildId guild;
    std::uint64_t log_id = 0;

    store::LogKey key() const { return store::log_key(guild, log_id); }
    friend auto operator<=>(const LogRef&, const LogRef&) = default;
};

/// Bytes of entries in one batch or range, but for one that is larger alone: a frame of the class
/// live takes four times as much, and nothing on the shard waits long for one.
inline constexpr std::size_t kBatchBytesMax = 128 * 1024;
inline constexpr std::uint64_t kWholeLog = std::numeric_limits<std::uint64_t>::max();

using Subtrees = std::vector<store::subtrees::Subtree>;

/// Entries from a place on.
struct LogBatch {
    federation::Append append;
    /// One past the last entry, and the log's size.
    std::uint64_t end = 0, log_size = 0;
    /// Bytes of its frame, about and never less.
    std::size_t cost = 0;
    /// Computed on the way: to be kept.
    Subtrees made;

    bool is_empty() const { return append.entries.empty(); }
    /// Nothing is newer.
    bool is_last() const { return end >= log_size; }
};
/// Entries [from, until) as far as a batch goes; empty at the log's end. 404 where `from` lies in a
/// hole.
protocol::Result<LogBatch> read_batch(store::Tx& tx,
                                      const federation::Hash32& guild_uid,
                                      const LogRef& log,
                                      std::uint64_t from,
                                      std::uint64_t until = kWholeLog);

/// Where a log stands: its newest head.
struct LogPlace {
    LogRef log;
    std::uint64_t size = 0;
    federation::Hash32 root{};
    /// The signed head and the frontier, as stored; empty for a log without entries.
    std::string head, frontier;
};
/// One for each of `logs`, in their order.
protocol::Result<std::vector<LogPlace>> read_places(store::Tx& tx,
                                                    protocol::GuildId guild,
                                                    std::span<const std::uint64_t> logs);
/// What the first batches of logs may take together: a channel begins with its newest entries, a
/// page of them as far as this goes, then the last one alone.
struct OpeningBudget {
    std::uint64_t entries = 50;
    std::size_t bytes = 256 * 1024;
};
/// The batch with which a mirror begins a log: its newest entries up to `place`, with the frontier
/// below them. They are history: the mirror tells nobody of them.
protocol::Result<federation::Append> read_opening(store::Tx& tx,
                                                  const federation::Hash32& guild_uid,
                                                  const LogPlace& place,
                                                  OpeningBudget& budget,
                                                  Subtrees& made);
/// About what its frame takes.
std::size_t cost_of(const federation::Append& batch);

/// The root that the log had at `size`, which is not above its own.
protocol::Result<federation::Hash32> read_root(store::Tx& tx,
                                               const LogRef& log,
                                               std::uint64_t size,
                                               Subtrees& made);

/// The guild's signed genesis, from its first entry. 404 where that is not held.
protocol::Result<std::string> read_genesis(store::Tx& tx, protocol::GuildId guild);

struct LogRange {
    federation::Range range;
    std::size_t cost = 0;
    Subtrees made;
};
/// Entries [from, to), or as many as fit, with their proof in the tree of `head_size`. 404 where
/// the log is shorter, or something of it that the proof needs is missing here.
protocol::Result<LogRange> read_range(store::Tx& tx,
                                      const federation::Hash32& guild_uid,
                                      const LogRef& log,
                                      std::uint64_t from,
                                      std::uint64_t to,
                                      std::uint64_t head_size);

/// Stores what a reading computed, some time soon.
void keep(Context& ctx, const LogRef& log, Subtrees made);

}  // namespace guildhall::peering
