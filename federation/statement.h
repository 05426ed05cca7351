#pragma once
// What all signed statements share: the stored form `signature ‖ bytes`, bounded text and lists in
// canonical layouts, and a refusal that says why. A statement is verified over the bytes that
// came, and those bytes are kept. Layouts: docs/FEDERATION.md. Plain values; any thread.

#include "federation/crypto.h"
#include "protocol/function.h"
#include "protocol/ids.h"
#include "protocol/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::federation {

/// The bytes of a statement and its signature, as they are stored and sent.
struct SignedBytes {
    std::string bytes;
    Signature signature{};

    friend bool operator==(const SignedBytes&, const SignedBytes&) = default;
};

/// signature ‖ bytes.
std::string encode(const SignedBytes& statement);
/// Nothing when it is shorter than a signature or its bytes are more than `bytes_max`.
std::optional<SignedBytes> decode_signed_bytes(ByteView stored, std::size_t bytes_max);

SignedBytes sign_bytes(std::string bytes, Domain domain, const SecretKey& key);
[[nodiscard]] bool verify(const SignedBytes& statement, Domain domain, const PublicKey& key);

/// The signing key that the event `key_seq` of a node's key log made valid (0: its genesis), when
/// the node may use it for what is being verified; nothing otherwise. Whoever verifies something
/// live answers for the newest key only, so that a revoked one signs nothing new.
using NodeKeys =
    protocol::FunctionRef<std::optional<PublicKey>(const Hash32& node_uid, std::uint32_t key_seq)>;

/// An error without an API code: the reason for which a statement was refused, for logs and people.
protocol::Error refused(std::string why);

/// size u16 ‖ bytes.
void put_text(ByteWriter& out, std::string_view text);
/// False when the text is longer than `bytes_max`; a missing one shows in done().
[[nodiscard]] bool get_text(ByteReader& in, std::string& text, std::size_t bytes_max);
/// 0 or 1; false for another byte, because a statement has one encoding.
[[nodiscard]] bool get_bool(ByteReader& in, bool& value);

}  // namespace guildhall::federation
