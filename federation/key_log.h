#pragma once
// Key events: what follows the genesis of a node or a user. Each names the keys that hold from then
// on and commits to the hash of the key after them (pre-rotation: who steals the key in use cannot
// rotate to one of his own). An event of version 2 is signed by a rotation key instead, and may
// replace an event that should not have been. Layout: docs/FEDERATION.md. The rules over a whole
// log are in key_chain.h. Plain values; any thread.

#include "federation/genesis.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::federation {

/// Signed by the key that was committed to.
inline constexpr std::uint8_t kKeyEventVersion = 1;
/// Signed by a rotation key.
inline constexpr std::uint8_t kRecoveryEventVersion = 2;
/// Events before a checkpoint: a longer log is a bomb.
inline constexpr std::uint32_t kKeyEventsMax = 256;

/// A node's X25519 key for links; a user's home node's uid.
using KeyTarget = FixedBytes<32, struct KeyEventTargetTag>;

/// What an event of version 2 has more.
struct Recovery {
    /// The hash of the event of the same seq that this one makes void, with all that follow it; 32
    /// zero bytes when it only follows the last one.
    Hash32 replaces{};
    /// Which of the rotation keys before the event signs; 0 has the highest priority.
    std::uint8_t signer = 0;

    friend bool operator==(const Recovery&, const Recovery&) = default;
};

struct KeyEvent {
    /// Whose log this is.
    Hash32 subject_uid{};
    /// 1 for the event after the genesis.
    std::uint32_t seq = 0;
    /// The hash of the event before; the uid for seq 1.
    Hash32 prev{};
    protocol::UnixMs ts_ms = 0;
    PublicKey signing_key{};
    KeyTarget target{};
    Hash32 next_key_commit{};
    std::vector<PublicKey> rotation_keys;
    /// Only in events of version 2.
    std::optional<Recovery> recovery;

    friend bool operator==(const KeyEvent&, const KeyEvent&) = default;
};

std::string encode(const KeyEvent& event);
std::optional<KeyEvent> decode_key_event(ByteView bytes);
/// How many of the bytes an event at their start takes; nothing when none can start there.
std::optional<std::size_t> key_event_size(ByteView bytes);
/// BLAKE2b-256 of the canonical bytes.
Hash32 hash_of(const KeyEvent& event);

/// Where a key log stands: what the next event must fit.
struct KeyState {
    Hash32 subject_uid{};
    std::uint32_t seq = 0;
    Hash32 last_hash{};
    PublicKey signing_key{};
    Hash32 next_key_commit{};
    KeyTarget target{};
    std::vector<PublicKey> rotation_keys;

    friend bool operator==(const KeyState&, const KeyState&) = default;
};

KeyState key_state_of(const NodeGenesis& genesis, const Hash32& uid);
KeyState key_state_of(const UserGenesis& genesis, const Hash32& uid);

/// The state after an event: right subject, next seq, linked to the last hash, and either revealing
/// the key that was committed to and signed by it, or signed by the rotation key it names. What it
/// replaces, and a user's move, are the chain's business. Nothing otherwise.
std::optional<KeyState> apply(const KeyState& state, ByteView event, const Signature& signature);

}  // namespace guildhall::federation
