#include "federation/range_proof.h"

#include "federation/bytes.h"
#include "federation/statement.h"

#include <bit>
#include <functional>
#include <map>
#include <utility>

namespace guildhall::federation {

using protocol::Result;

namespace {

/// Of proofs that others send; the right side of the highest tree has so many.
constexpr std::size_t kTilesMax = 128;

/// The level of the largest complete subtree that starts at `at` and ends at or before `end`.
std::uint32_t tile_level(std::uint64_t at, std::uint64_t end) {
    const auto room = static_cast<std::uint32_t>(std::bit_width(end - at) - 1);
    if (at == 0) return room;
    return std::min(room, static_cast<std::uint32_t>(std::countr_zero(at)));
}

/// Calls `each(level, index)` for the subtrees that tile [from, to), in order.
template <class Each>
void for_each_tile(std::uint64_t from, std::uint64_t to, Each each) {
    while (from < to) {
        const std::uint32_t level = tile_level(from, to);
        if (!each(level, from >> level)) return;
        from += std::uint64_t{1} << level;
    }
}

Result<std::vector<Hash32>> tiles(std::uint64_t from, std::uint64_t to, SubtreeHash subtree) {
    std::vector<Hash32> out;
    protocol::Status status;
    for_each_tile(from, to, [&](std::uint32_t level, std::uint64_t index) {
        auto hash = subtree(level, index);
        if (hash)
            out.push_back(*hash);
        else
            status = hash.error();
        return status.has_value();
    });
    if (!status) return status.error();
    return out;
}

}  // namespace

Result<RangeProof> range_proof(std::uint64_t from,
                               std::uint64_t to,
                               std::uint64_t size,
                               SubtreeHash subtree) {
    CHECK(from <= to && to <= size);
    RangeProof out;
    TRY(out.left, tiles(0, from, subtree));
    TRY(out.right, tiles(to, size, subtree));
    return out;
}

RangeVerifier::RangeVerifier(std::uint64_t from,
                             std::uint64_t to,
                             std::uint64_t size,
                             const RangeProof& proof)
    : to_(to), size_(size), right_(proof.right) {
    std::size_t used = 0;
    if (from > to || to > size) {
        failed_ = true;
        return;
    }
    for_each_tile(0, from, [&](std::uint32_t level, std::uint64_t) {
        if (used == proof.left.size()) return !(failed_ = true);
        push(level, proof.left[used++]);
        return true;
    });
    if (used != proof.left.size()) failed_ = true;
}

void RangeVerifier::push(std::uint32_t level, const Hash32& hash) {
    at_ += std::uint64_t{1} << level;
    Peak peak{level, hash};
    while (!peaks_.empty() && peaks_.back().level == peak.level) {
        peak = {peak.level + 1, node_hash(peaks_.back().hash, peak.hash)};
        peaks_.pop_back();
    }
    peaks_.push_back(peak);
}

void RangeVerifier::add(const Hash32& leaf) {
    if (failed_ || at_ >= to_) {
        failed_ = true;
        return;
    }
    push(0, leaf);
}

std::optional<Hash32> RangeVerifier::root() {
    if (failed_ || at_ != to_) return std::nullopt;
    std::size_t used = 0;
    for_each_tile(to_, size_, [&](std::uint32_t level, std::uint64_t) {
        if (used == right_.size()) return !(failed_ = true);
        push(level, right_[used++]);
        return true;
    });
    if (failed_ || used != right_.size()) return std::nullopt;
    if (peaks_.empty()) return empty_root();
    Hash32 root = peaks_.back().hash;
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i].hash, root);
    return root;
}

Result<std::vector<Hash32>> path_in_range(std::uint64_t index,
                                          std::uint64_t from,
                                          std::uint64_t size,
                                          std::span<const Hash32> leaves,
                                          const RangeProof& proof) {
    if (from > size || leaves.size() > size - from || index < from || index - from >= leaves.size())
        return refused("a leaf that is not in the range");
    const std::uint64_t to = from + leaves.size();
    std::map<std::pair<std::uint32_t, std::uint64_t>, Hash32> known;
    const auto put = [&](std::uint64_t begin, std::uint64_t end, const std::vector<Hash32>& side) {
        std::size_t used = 0;
        for_each_tile(begin, end, [&](std::uint32_t level, std::uint64_t at) {
            if (used < side.size()) known[{level, at}] = side[used];
            return ++used <= side.size();
        });
        return used == side.size();
    };
    if (!put(0, from, proof.left) || !put(to, size, proof.right))
        return refused("a range proof of another length");
    for (std::size_t i = 0; i < leaves.size(); ++i) known[{0, from + i}] = leaves[i];
    // What lies beside the way from the leaf to the root is a tile, or made of tiles and leaves: a
    // part of a tile would have a parent outside of the range.
    std::function<Result<Hash32>(std::uint32_t, std::uint64_t)> get =
        [&](std::uint32_t level, std::uint64_t at) -> Result<Hash32> {
        if (const auto found = known.find({level, at}); found != known.end()) return found->second;
        if (level == 0) return refused("a leaf that is not in the range");
        TRY(const auto left, get(level - 1, 2 * at));
        TRY(const auto right, get(level - 1, 2 * at + 1));
        return node_hash(left, right);
    };
    return inclusion_proof(index, size, get);
}

bool verify_range(std::uint64_t from,
                  std::uint64_t size,
                  std::span<const Hash32> leaves,
                  const RangeProof& proof,
                  const Hash32& root) {
    if (from > size || leaves.size() > size - from) return false;
    RangeVerifier verifier(from, from + leaves.size(), size, proof);
    for (const Hash32& leaf : leaves) verifier.add(leaf);
    return verifier.root() == root;
}

std::optional<Frontier> frontier_of(std::uint64_t size, std::span<const Hash32> peaks) {
    ByteWriter out;
    out.put(size);
    for (const Hash32& peak : peaks) out.put(peak);
    return Frontier::parse(out.take());
}

std::string encode(const RangeProof& proof) {
    ByteWriter out;
    for (const auto* side : {&proof.left, &proof.right}) {
        out.put(static_cast<std::uint8_t>(side->size()));
        for (const Hash32& hash : *side) out.put(hash);
    }
    return out.take();
}

std::optional<RangeProof> decode_range_proof(ByteView bytes) {
    ByteReader in(bytes);
    RangeProof out;
    for (auto* side : {&out.left, &out.right}) {
        const auto count = in.get<std::uint8_t>();
        if (count > kTilesMax || in.left() < count * std::size_t{32}) return std::nullopt;
        for (int i = 0; i < count; ++i) side->push_back(in.get<Hash32>());
    }
    if (!in.done()) return std::nullopt;
    return out;
}

}  // namespace guildhall::federation
