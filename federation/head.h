#pragma once
// Heads: what the host of a guild says its logs are. One Ed25519 signature per commit covers all
// heads that the commit touched: it signs the Merkle root over their canonical bytes, and each head
// carries its inclusion path, so that each verifies alone and 64 active channels cost one
// signature. Layouts: docs/FEDERATION.md. Plain values; any thread.

#include "federation/crypto.h"
#include "protocol/ids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::federation {

inline constexpr std::uint8_t kHeadVersion = 1;
inline constexpr std::size_t kHeadBytes = 97;
/// Logs that one commit may touch: more than the jobs of any batch, small enough that a path has
/// at most 16 hashes.
inline constexpr std::uint32_t kHeadsPerBatchMax = 65536;

/// A log at a size.
struct Head {
    Hash32 guild_uid{};
    /// Grows by one with each change of host, and with each restore from a backup.
    std::uint64_t epoch = 0;
    std::uint64_t log_id = 0;
    std::uint64_t size = 0;
    Hash32 root{};
    protocol::UnixMs ts_ms = 0;

    friend bool operator==(const Head&, const Head&) = default;
};

/// The 97 canonical bytes.
std::string encode(const Head& head);
std::optional<Head> decode_head(ByteView bytes);

/// A head with what it takes to verify it alone.
struct SignedHead {
    Head head;
    /// Where the head is in its batch, and how many heads the batch has.
    std::uint32_t index = 0;
    std::uint32_t count = 0;
    /// From the head's leaf up.
    std::vector<Hash32> path;
    Signature signature{};

    friend bool operator==(const SignedHead&, const SignedHead&) = default;
};

/// Signs all heads of one commit. They come back sorted by (guild uid, log id); no two may be of
/// the same log, and there are 1 to kHeadsPerBatchMax.
std::vector<SignedHead> sign_heads(std::vector<Head> heads, const SecretKey& key);
[[nodiscard]] bool verify(const SignedHead& head, const PublicKey& key);

/// Verifies heads that follow one another: those of one commit share a signature, which is looked
/// at once. Remembers the last few that held.
class HeadVerifier {
  public:
    [[nodiscard]] bool verify(const SignedHead& head, const PublicKey& key);

  private:
    struct Batch {
        PublicKey key{};
        /// What was signed; empty: none.
        std::string bytes;
        Signature signature{};
    };

    // Heads of a commit come in one run, and few commits are under way.
    std::array<Batch, 4> known_;
    std::size_t next_ = 0;
};

std::string encode(const SignedHead& head);
std::optional<SignedHead> decode_signed_head(ByteView bytes);

}  // namespace guildhall::federation
