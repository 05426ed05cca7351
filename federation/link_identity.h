#pragma once
// Who is at the end of a link: the identity that each side sends inside the handshake and proves
// with a signature over its static Noise key. Layouts: docs/FEDERATION.md, "Handshake". Plain
// values and pure functions; any thread.

#include "federation/aead.h"
#include "federation/key_chain.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::federation {

/// The version of the handshake and records; each of its features is negotiated in the hellos.
inline constexpr std::uint16_t kProtocolMajor = 1;
inline constexpr std::uint8_t kIdentityVersion = 1;

/// What a node links with. The signing key, the log's newest, and this object outlive its links.
struct LinkIdentity {
    const SecretKey* signing = nullptr;
    X25519Secret noise{};
    KeyLog log;
};

/// What a peer has shown: a log that follows itself, from which `keys` come. A caller that knows a
/// longer or another log of this uid must compare (KeyChain::apply) before it believes this one: a
/// key that was rotated away still signs its old, shorter log.
struct PeerIdentity {
    Hash32 uid{};
    KeyState keys;
    KeyLog log;
};

/// The uid of a node's own log.
Hash32 uid_of(const LinkIdentity& identity);

/// What both sides mix in first: "GHFED" ‖ major ‖ the uid that was dialed, or zeros.
std::string link_prologue(const std::optional<Hash32>& dialed);

/// The payload of the first message: the dialer says which prologue it took, without naming whom it
/// dials.
struct DialNote {
    std::uint16_t major = kProtocolMajor;
    /// The prologue has the uid of the side that is dialed.
    bool pinned = false;
};
std::string encode(const DialNote& note);
std::optional<DialNote> decode_dial_note(ByteView bytes);

/// The payload of messages 2 and 3; nothing when the key log is too long for it.
std::optional<std::string> encode_identity(const LinkIdentity& identity);
/// The peer whose key log holds and has signed `noise_static`; nothing otherwise.
std::optional<PeerIdentity> verify_identity(ByteView payload, const PublicKey& noise_static);

}  // namespace guildhall::federation
