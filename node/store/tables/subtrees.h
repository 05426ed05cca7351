#pragma once
// Hashes of complete subtrees of the logs, so that a proof about any place of a log of any length
// reads a few rows and never the whole log. The journal's writer stores those that it completes;
// what is missing (logs older than the table, pasts that came by range) is computed when it is
// first asked for. Rows never change: complete subtrees do not. Synchronous, inside a Tx.

#include "federation/merkle.h"
#include "node/store/db.h"
#include "node/store/tables/log_key.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace guildhall::store::subtrees {

/// Stored from this level on, that is one row or two for 256 entries; below it, a proof reads
/// leaves.
inline constexpr std::uint32_t kFirstLevel = 8;

/// Over the leaves [index << level, (index + 1) << level).
struct Subtree {
    std::uint32_t level = 0;
    std::uint64_t index = 0;
    federation::Hash32 hash{};
};

/// One that is there stays.
Status put(Tx& tx, LogKey log, const Subtree& subtree);
Result<std::optional<federation::Hash32>> find(Tx& tx,
                                               LogKey log,
                                               std::uint32_t level,
                                               std::uint64_t index);

/// Adds a leaf to the end of a log; subtrees that it completes become rows.
Status append(Tx& tx, LogKey log, federation::Frontier& frontier, const federation::Hash32& leaf);

/// Gives any subtree of a log that rows, entries or the frontiers above holes tell. Lives in one
/// transaction.
class Reader {
  public:
    static Result<Reader> open(Tx& tx, LogKey log, std::uint64_t log_id);

    /// 404 where entries are missing that it depends on.
    Result<federation::Hash32> get(std::uint32_t level, std::uint64_t index);
    /// Those that it computed and that no row has: to be put.
    std::vector<Subtree> take_made() { return std::move(made_); }

  private:
    using Place = std::pair<std::uint32_t, std::uint64_t>;

    Reader(Tx& tx, LogKey log, std::uint64_t log_id) : tx_(&tx), log_(log), log_id_(log_id) {}
    void know_peaks(std::uint64_t to, const std::string& frontier);
    bool touches_hole(std::uint64_t begin, std::uint64_t end) const;
    Result<federation::Hash32> of_leaves(std::uint64_t begin, std::uint64_t end);
    Result<federation::Hash32> compute(std::uint32_t level, std::uint64_t index);

    Tx* tx_;
    LogKey log_;
    std::uint64_t log_id_;
    /// [from, to) each, and what the frontiers at `to` say about what lies below.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> holes_;
    std::map<Place, federation::Hash32> peaks_;
    std::vector<Subtree> made_;
};

}  // namespace guildhall::store::subtrees
