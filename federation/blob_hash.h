#pragma once
// The hash of a file: BLAKE2b-256 of its bytes (its name in storage and in events) and the root of
// a Merkle tree over its chunks of 64 KiB, with which a range fetched from anybody can be verified
// while it streams. Owner: whoever receives the file; one thread at a time.

#include "federation/merkle.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace guildhall::federation {

inline constexpr std::size_t kBlobChunkBytes = 64 * 1024;

/// BLAKE2b-256(0x00 ‖ chunk).
Hash32 chunk_hash(ByteView chunk);
/// BLAKE2b-256(0x01 ‖ left ‖ right).
Hash32 chunk_node_hash(const Hash32& left, const Hash32& right);

struct BlobHash {
    /// BLAKE2b-256 of all bytes.
    Hash32 file{};
    /// The root over the chunks in the shape of RFC 6962; of an empty file, that of one empty
    /// chunk.
    Hash32 chunk_root{};
    std::uint64_t size = 0;

    friend bool operator==(const BlobHash&, const BlobHash&) = default;
};

/// Hashes a file that arrives in pieces of any size.
class BlobHasher {
  public:
    BlobHasher();
    ~BlobHasher();
    BlobHasher(const BlobHasher&) = delete;
    BlobHasher& operator=(const BlobHasher&) = delete;

    void update(ByteView bytes);
    /// Once, after the last update().
    BlobHash finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

BlobHash hash_blob(ByteView bytes);

}  // namespace guildhall::federation
