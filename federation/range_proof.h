#pragma once
// Range proofs: entries [from, to) are the leaves of the tree that a signed head names. The proof
// is the roots of the complete subtrees that tile what lies left of the range, and of the subtrees
// (all complete but perhaps the last) that tile what lies right of it; who verifies adds the
// entries' leaf hashes between them, one at a time. Layout: docs/FEDERATION.md, "Range proof".
// Owner: who answers or asks for a range; any thread.
//
// How the tiles are chosen. Left: the peaks of the tree of size `from`, largest first. Right, from
// the leaf `to` on: always the largest subtree that starts there and ends inside the tree. Both
// follow from (from, to, size) alone, so a proof holds hashes and nothing else, and one of another
// length is refused. At most 64 hashes on the left and 128 on the right.

#include "federation/merkle.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace guildhall::federation {

struct RangeProof {
    /// Before `from`, largest subtree first.
    std::vector<Hash32> left;
    /// From `to` on, leaf side first.
    std::vector<Hash32> right;

    friend bool operator==(const RangeProof&, const RangeProof&) = default;
};

/// Left u8 count ‖ hashes ‖ right u8 count ‖ hashes: how a proof stands in evidence.
std::string encode(const RangeProof& proof);
std::optional<RangeProof> decode_range_proof(ByteView bytes);

/// `from` <= `to` <= `size`.
protocol::Result<RangeProof> range_proof(std::uint64_t from,
                                         std::uint64_t to,
                                         std::uint64_t size,
                                         SubtreeHash subtree);

/// Rebuilds the tree's root from a proof and the leaves that come in order. Holds at most 64
/// hashes, whatever the range.
class RangeVerifier {
  public:
    /// Nothing of `proof` is kept but its hashes; its lengths are checked in root().
    RangeVerifier(std::uint64_t from,
                  std::uint64_t to,
                  std::uint64_t size,
                  const RangeProof& proof);

    /// The next leaf; one too many makes the proof fail.
    void add(const Hash32& leaf);
    /// The root of the tree of `size` leaves; nothing when leaves or hashes were missing or in
    /// excess. Once, at the end.
    std::optional<Hash32> root();

  private:
    /// The root of a complete subtree that starts where the tree so far ends.
    void push(std::uint32_t level, const Hash32& hash);

    struct Peak {
        std::uint32_t level = 0;
        Hash32 hash{};
    };
    std::uint64_t to_, size_;
    std::uint64_t at_ = 0;
    bool failed_ = false;
    std::vector<Peak> peaks_;
    std::vector<Hash32> right_;
};

/// All at once, where `size` and `root` are a signed head's (a proof says nothing about the size: a
/// tree's last subtree may be passed for a larger one): `leaves` are those of [from, from +
/// leaves.size()).
[[nodiscard]] bool verify_range(std::uint64_t from,
                                std::uint64_t size,
                                std::span<const Hash32> leaves,
                                const RangeProof& proof,
                                const Hash32& root);

/// The inclusion path, under the tree of `size` leaves, of the leaf at `index` of the tree: one of
/// `leaves`, which are those from `from` on, with the proof that came with them. An error where the
/// proof has another length; whether it leads to a root is for who verifies the path.
protocol::Result<std::vector<Hash32>> path_in_range(std::uint64_t index,
                                                    std::uint64_t from,
                                                    std::uint64_t size,
                                                    std::span<const Hash32> leaves,
                                                    const RangeProof& proof);

/// The frontier of the log's first `size` entries when its peaks are these; nothing for another
/// number of hashes than that size has.
std::optional<Frontier> frontier_of(std::uint64_t size, std::span<const Hash32> peaks);

}  // namespace guildhall::federation
