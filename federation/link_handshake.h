#pragma once
// The part of a Link that lives until the last handshake message: the Noise state, and the sizes
// that the messages may have. For link*.cpp only.

#include "federation/link.h"
#include "federation/noise.h"

#include <memory>
#include <optional>

namespace guildhall::federation {

inline constexpr std::size_t kDialNoteBytes = 3;
/// e ‖ dial note.
inline constexpr std::size_t kFirstMessageBytes = kKeyBytes + kDialNoteBytes;
/// e ‖ s ‖ identity, with two tags. Message 3 has no e.
inline constexpr std::size_t kSecondMessageBytesMin = 2 * kKeyBytes + 2 * limits::kRecordTagBytes;
inline constexpr std::size_t kThirdMessageBytesMin = kKeyBytes + 2 * limits::kRecordTagBytes;
inline constexpr std::size_t kHandshakeMessageBytesMax =
    kSecondMessageBytesMin + limits::kIdentityBytesMax;

struct Link::Handshake {
    explicit Handshake(const X25519Secret& secret) : ephemeral(secret) {}

    /// Once the prologue is known: the dialer chooses it, the listener reads it in message 1.
    void begin(bool initiator, const LinkIdentity& identity, const std::optional<Hash32>& dialed) {
        noise = std::make_unique<NoiseXX>(
            initiator, identity.noise, ephemeral.get(), link_prologue(dialed));
    }

    Wiped<X25519Secret> ephemeral;
    std::unique_ptr<NoiseXX> noise;
};

}  // namespace guildhall::federation
