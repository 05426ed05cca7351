#include "node/store/tables/subtrees.h"

#include "node/store/tables/entries.h"
#include "node/store/tables/gaps.h"
#include "protocol/errors.h"

#include <algorithm>
#include <bit>

namespace guildhall::store::subtrees {

using federation::Hash32;

Status put(Tx& tx, LogKey log, const Subtree& subtree) {
    return tx.run(
        "INSERT INTO subtrees (log, level, idx, hash) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (log, level, idx) DO NOTHING",
        log,
        subtree.level,
        subtree.index,
        Blob(subtree.hash));
}

Result<std::optional<Hash32>> find(Tx& tx, LogKey log, std::uint32_t level, std::uint64_t index) {
    TRY(auto row,
        tx.first(
            "SELECT hash FROM subtrees WHERE log = $1 AND level = $2 AND idx = $3",
            [](const Row& r) { return Hash32::from(r.blob(0)); },
            log,
            level,
            index));
    return row.value_or(std::nullopt);
}

Status append(Tx& tx, LogKey log, federation::Frontier& frontier, const Hash32& leaf) {
    Status status;
    frontier.append(leaf, [&](std::uint32_t level, std::uint64_t index, const Hash32& hash) {
        if (status && level >= kFirstLevel) status = put(tx, log, {level, index, hash});
    });
    return status;
}

Result<Reader> Reader::open(Tx& tx, LogKey log, std::uint64_t log_id) {
    Reader out(tx, log, log_id);
    TRY(const auto gaps, gaps::of_log(tx, log));
    for (const gaps::Gap& gap : gaps) {
        out.holes_.emplace_back(gap.from, gap.to);
        out.know_peaks(gap.to, gap.frontier);
    }
    return out;
}

void Reader::know_peaks(std::uint64_t to, const std::string& frontier) {
    // size ‖ the peaks, largest first: the tiles of [0, to).
    federation::ByteReader in{federation::ByteView(frontier)};
    if (in.get<std::uint64_t>() != to) return;
    std::uint64_t at = 0;
    while (at < to) {
        const auto level = static_cast<std::uint32_t>(std::bit_width(to - at) - 1);
        peaks_.insert_or_assign(Place(level, at >> level), in.get<Hash32>());
        at += std::uint64_t{1} << level;
    }
}

bool Reader::touches_hole(std::uint64_t begin, std::uint64_t end) const {
    return std::ranges::any_of(
        holes_, [&](const auto& hole) { return begin < hole.second && end > hole.first; });
}

Result<Hash32> Reader::of_leaves(std::uint64_t begin, std::uint64_t end) {
    TRY(const auto leaves, entries::leaves(*tx_, log_, log_id_, begin, end));
    if (leaves.size() != end - begin) return protocol::make_http_error(404);
    federation::Frontier tree;
    for (const Hash32& leaf : leaves) tree.append(leaf);
    return tree.root();
}

Result<Hash32> Reader::compute(std::uint32_t level, std::uint64_t index) {
    const std::uint64_t begin = index << level, end = (index + 1) << level;
    if (level <= kFirstLevel && !touches_hole(begin, end)) return of_leaves(begin, end);
    if (level == 0) return protocol::make_http_error(404);
    TRY(const Hash32 left, get(level - 1, index * 2));
    TRY(const Hash32 right, get(level - 1, index * 2 + 1));
    return federation::node_hash(left, right);
}

Result<Hash32> Reader::get(std::uint32_t level, std::uint64_t index) {
    const auto peak = peaks_.find(Place(level, index));
    if (peak != peaks_.end()) return peak->second;
    if (level < kFirstLevel) return compute(level, index);
    TRY(const auto stored, find(*tx_, log_, level, index));
    if (stored) return *stored;
    TRY(const Hash32 hash, compute(level, index));
    made_.push_back({level, index, hash});
    return hash;
}

}  // namespace guildhall::store::subtrees
