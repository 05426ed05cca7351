#pragma once
// A receipt: the host's signed word that a command became an entry at a place of a log, given after
// that entry is durable. With a later head of the same epoch it shows whether the host kept the
// word. Layout: docs/FEDERATION.md, "Receipts". Plain values; any thread.

#include "federation/entry.h"
#include "federation/head.h"
#include "federation/statement.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace guildhall::federation {

inline constexpr std::uint8_t kReceiptVersion = 1;
inline constexpr std::size_t kReceiptBytes = 129;

struct Receipt {
    Hash32 guild_uid{};
    std::uint64_t epoch = 0;
    Hash32 command_hash{};
    /// Where the command's last entry is.
    std::uint64_t log_id = 0;
    std::uint64_t seq = 0;
    /// The Merkle leaf of that entry.
    Hash32 leaf{};
    /// That of the head which first covered the entry. A host's heads of one log never go back in
    /// time, so that any later head must be larger than seq.
    protocol::UnixMs ts_ms = 0;

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// The 129 canonical bytes.
std::string encode(const Receipt& receipt);
std::optional<Receipt> decode_receipt(ByteView bytes);

/// Stored and sent as signature ‖ bytes.
SignedBytes sign(const Receipt& receipt, const SecretKey& host);
/// The receipt when it parses and the host's signature holds.
std::optional<Receipt> verify_receipt(const SignedBytes& receipt, const PublicKey& host);
std::optional<SignedBytes> decode_signed_receipt(ByteView stored);

/// Whether the head, of the same log and epoch and signed later, is too short to hold what the
/// receipt promised. Both must have been verified with the host's keys.
[[nodiscard]] bool is_broken_by(const Receipt& receipt, const Head& head);
/// Whether the head has, at the place of the receipt, another entry than was promised. `path` is
/// the inclusion path of that entry; both signatures must have been verified.
[[nodiscard]] bool is_broken_by(const Receipt& receipt,
                                const Head& head,
                                const EntryHeader& entry,
                                std::span<const Hash32> path);

}  // namespace guildhall::federation
