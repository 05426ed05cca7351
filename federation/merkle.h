#pragma once
// The append-only Merkle tree of RFC 6962 section 2: leaf and node hashes, the frontier that a
// writer keeps (the roots of the complete subtrees on the right edge, at most 64 hashes), inclusion
// and consistency proofs. Logs use SHA-256, for which others' vectors exist; files use BLAKE2b
// (blob_hash.h). Leaf i of a log is its entry with seq i. Pure; any thread.

#include "federation/bytes.h"
#include "protocol/function.h"
#include "protocol/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace guildhall::federation {

/// SHA-256(0x00 ‖ data).
Hash32 leaf_hash(ByteView data);
/// SHA-256(0x01 ‖ left ‖ right).
Hash32 node_hash(const Hash32& left, const Hash32& right);
/// The root of no leaves: SHA-256 of nothing.
Hash32 empty_root();

using NodeHash = Hash32 (*)(const Hash32& left, const Hash32& right);

/// What is enough to append to a tree and to know its root: one hash per set bit of its size.
class Frontier {
  public:
    /// Another node hash makes a tree of another kind; files do.
    explicit Frontier(NodeHash node = &node_hash) : node_(node) {}

    /// Told of a complete subtree: its level, its index there, its hash.
    using OnComplete = protocol::FunctionRef<void(std::uint32_t, std::uint64_t, const Hash32&)>;

    void append(const Hash32& leaf);
    /// The same; `on_complete` is told of each subtree above the leaf that it completes, from the
    /// smallest to the largest.
    void append(const Hash32& leaf, OnComplete on_complete);
    std::uint64_t size() const { return size_; }
    /// The roots of the complete subtrees, largest first.
    std::span<const Hash32> peaks() const { return peaks_; }
    /// Of an empty tree: empty_root(), whatever the kind.
    Hash32 root() const;

    /// size u64 ‖ the hashes, from the largest subtree to the smallest.
    std::string serialise() const;
    static std::optional<Frontier> parse(ByteView bytes);

    friend bool operator==(const Frontier& a, const Frontier& b) {
        return a.size_ == b.size_ && a.peaks_ == b.peaks_;
    }

  private:
    NodeHash node_;
    std::uint64_t size_ = 0;
    std::vector<Hash32> peaks_;
};

/// The hash of the complete subtree over the leaves [index << level, (index + 1) << level). Level 0
/// is a leaf's hash. Asked only for subtrees that lie inside the tree; may fail as storage does.
using SubtreeHash =
    protocol::FunctionRef<protocol::Result<Hash32>(std::uint32_t level, std::uint64_t index)>;

/// The root over the leaves [begin, end), where `begin` is 0 or a subtree's start as in RFC 6962.
protocol::Result<Hash32> range_root(std::uint64_t begin, std::uint64_t end, SubtreeHash subtree);

/// PATH(index, D[size]) from the leaf up. `index` < `size`.
protocol::Result<std::vector<Hash32>> inclusion_proof(std::uint64_t index,
                                                      std::uint64_t size,
                                                      SubtreeHash subtree);
/// PROOF(old_size, D[new_size]). 0 < `old_size` <= `new_size`.
protocol::Result<std::vector<Hash32>> consistency_proof(std::uint64_t old_size,
                                                        std::uint64_t new_size,
                                                        SubtreeHash subtree);

/// RFC 9162 section 2.1.3.2.
[[nodiscard]] bool verify_inclusion(std::uint64_t index,
                                    std::uint64_t size,
                                    const Hash32& leaf,
                                    std::span<const Hash32> proof,
                                    const Hash32& root);
/// RFC 9162 section 2.1.4.2. An empty old tree is refused: everything extends it, so it proves
/// nothing, and who has nothing has no old root to compare.
[[nodiscard]] bool verify_consistency(std::uint64_t old_size,
                                      std::uint64_t new_size,
                                      const Hash32& old_root,
                                      const Hash32& new_root,
                                      std::span<const Hash32> proof);

}  // namespace guildhall::federation
