#pragma once
// A cosignature: a mirror's signed word that it has durably stored a log up to a head. It proves
// that the head was shown to more than one node, and lets a host wait for copies before it
// acknowledges. Layout: docs/FEDERATION.md, "Cosignatures". Plain values; any thread.

#include "federation/head.h"
#include "federation/statement.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::federation {

inline constexpr std::uint8_t kCosignatureVersion = 1;
inline constexpr std::size_t kCosignatureBytes = 138;

struct Cosignature {
    Hash32 mirror_uid{};
    /// The host's, byte for byte.
    Head head;
    protocol::UnixMs stored_ms = 0;

    friend bool operator==(const Cosignature&, const Cosignature&) = default;
};

/// The 138 canonical bytes.
std::string encode(const Cosignature& cosignature);
std::optional<Cosignature> decode_cosignature(ByteView bytes);

/// Stored and sent as signature ‖ bytes.
SignedBytes sign(const Cosignature& cosignature, const SecretKey& mirror);
std::optional<Cosignature> verify_cosignature(const SignedBytes& cosignature,
                                              const PublicKey& mirror);

}  // namespace guildhall::federation
