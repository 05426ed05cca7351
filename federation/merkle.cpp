#include "federation/merkle.h"

#include "federation/crypto.h"

#include <bit>

namespace guildhall::federation {

using protocol::Result;
using protocol::Status;

namespace {

/// The largest power of two smaller than n; n > 1.
std::uint64_t split_point(std::uint64_t n) { return std::bit_floor(n - 1); }

/// PATH(index, D[begin:end]), appended from the leaf up. The recursion is at most 64 deep.
Status path(std::uint64_t index,
            std::uint64_t begin,
            std::uint64_t end,
            SubtreeHash subtree,
            std::vector<Hash32>& out) {
    if (end - begin == 1) return {};
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool left = index < middle;
    TRY_VOID(left ? path(index, begin, middle, subtree, out)
                  : path(index, middle, end, subtree, out));
    TRY(Hash32 sibling,
        left ? range_root(middle, end, subtree) : range_root(begin, middle, subtree));
    out.push_back(sibling);
    return {};
}

/// SUBPROOF(old - begin, D[begin:end], whole): `whole` while the old tree is what lies before us,
/// so that the verifier has its root already.
Status subproof(std::uint64_t old,
                std::uint64_t begin,
                std::uint64_t end,
                bool whole,
                SubtreeHash subtree,
                std::vector<Hash32>& out) {
    if (old == end) {
        if (whole) return {};
        TRY(Hash32 root, range_root(begin, end, subtree));
        out.push_back(root);
        return {};
    }
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool left = old <= middle;
    TRY_VOID(left ? subproof(old, begin, middle, whole, subtree, out)
                  : subproof(old, middle, end, false, subtree, out));
    TRY(Hash32 sibling,
        left ? range_root(middle, end, subtree) : range_root(begin, middle, subtree));
    out.push_back(sibling);
    return {};
}

}  // namespace

Hash32 leaf_hash(ByteView data) {
    static constexpr std::uint8_t kPrefix = 0;
    return sha256({ByteView(&kPrefix, 1), data});
}

Hash32 node_hash(const Hash32& left, const Hash32& right) {
    static constexpr std::uint8_t kPrefix = 1;
    return sha256({ByteView(&kPrefix, 1), ByteView(left), ByteView(right)});
}

Hash32 empty_root() { return sha256(ByteView()); }

void Frontier::append(const Hash32& leaf) {
    append(leaf, [](std::uint32_t, std::uint64_t, const Hash32&) {});
}

void Frontier::append(const Hash32& leaf, OnComplete on_complete) {
    // A binary counter: each trailing one of the size is a subtree that the new leaf completes.
    Hash32 carry = leaf;
    std::uint32_t level = 0;
    for (std::uint64_t bits = size_; bits & 1; bits >>= 1) {
        carry = node_(peaks_.back(), carry);
        peaks_.pop_back();
        ++level;
        on_complete(level, size_ >> level, carry);
    }
    peaks_.push_back(carry);
    ++size_;
}

Hash32 Frontier::root() const {
    if (peaks_.empty()) return empty_root();
    Hash32 root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_(peaks_[i], root);
    return root;
}

std::string Frontier::serialise() const {
    ByteWriter out;
    out.put(size_);
    for (const Hash32& peak : peaks_) out.put(peak);
    return out.take();
}

std::optional<Frontier> Frontier::parse(ByteView bytes) {
    ByteReader in(bytes);
    Frontier out;
    out.size_ = in.get<std::uint64_t>();
    const int count = std::popcount(out.size_);
    for (int i = 0; i < count; ++i) out.peaks_.push_back(in.get<Hash32>());
    if (!in.done()) return std::nullopt;
    return out;
}

Result<Hash32> range_root(std::uint64_t begin, std::uint64_t end, SubtreeHash subtree) {
    CHECK(begin < end);
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        CHECK(begin % count == 0);
        const auto level = static_cast<std::uint32_t>(std::countr_zero(count));
        return subtree(level, begin >> level);
    }
    const std::uint64_t middle = begin + split_point(count);
    TRY(Hash32 left, range_root(begin, middle, subtree));
    TRY(Hash32 right, range_root(middle, end, subtree));
    return node_hash(left, right);
}

Result<std::vector<Hash32>> inclusion_proof(std::uint64_t index,
                                            std::uint64_t size,
                                            SubtreeHash subtree) {
    CHECK(index < size);
    std::vector<Hash32> out;
    TRY_VOID(path(index, 0, size, subtree, out));
    return out;
}

Result<std::vector<Hash32>> consistency_proof(std::uint64_t old_size,
                                              std::uint64_t new_size,
                                              SubtreeHash subtree) {
    CHECK(old_size > 0 && old_size <= new_size);
    std::vector<Hash32> out;
    TRY_VOID(subproof(old_size, 0, new_size, true, subtree, out));
    return out;
}

bool verify_inclusion(std::uint64_t index,
                      std::uint64_t size,
                      const Hash32& leaf,
                      std::span<const Hash32> proof,
                      const Hash32& root) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Hash32 hash = leaf;
    for (const Hash32& sibling : proof) {
        if (last == 0) return false;  // More hashes than the tree is high.
        if ((node & 1) != 0 || node == last) {
            hash = node_hash(sibling, hash);
            // A right edge that is its parent's only child climbs without a sibling.
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size,
                        std::uint64_t new_size,
                        const Hash32& old_root,
                        const Hash32& new_root,
                        std::span<const Hash32> proof) {
    if (old_size == 0 || old_size > new_size) return false;
    if (old_size == new_size) return proof.empty() && old_root == new_root;
    if (proof.empty()) return false;
    // An old tree that is one complete subtree is its own first proof hash.
    const bool complete = std::has_single_bit(old_size);
    const Hash32& start = complete ? old_root : proof.front();
    if (!complete) proof = proof.subspan(1);

    std::uint64_t node = old_size - 1;
    std::uint64_t last = new_size - 1;
    while ((node & 1) != 0) {
        node >>= 1;
        last >>= 1;
    }
    Hash32 old_hash = start;
    Hash32 new_hash = start;
    for (const Hash32& sibling : proof) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            old_hash = node_hash(sibling, old_hash);
            new_hash = node_hash(sibling, new_hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace guildhall::federation
