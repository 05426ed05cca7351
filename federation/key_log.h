#pragma once
// The key log of a node or a user: hash-linked events after the genesis, each naming the keys that
// hold from then on and committing to the hash of the key after them (pre-rotation: who steals the
// key in use cannot rotate to one of his own). Layout: docs/FEDERATION.md. Plain values; any
// thread.

#include "federation/genesis.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::federation {

inline constexpr std::uint8_t kKeyEventVersion = 1;
/// Events before a checkpoint: a longer log is a bomb.
inline constexpr std::uint32_t kKeyEventsMax = 256;

struct KeyEvent {
    /// Whose log this is.
    Hash32 subject_uid{};
    /// 1 for the event after the genesis.
    std::uint32_t seq = 0;
    /// The hash of the event before; the uid for seq 1.
    Hash32 prev{};
    protocol::UnixMs ts_ms = 0;
    PublicKey signing_key{};
    /// A node's X25519 key for links; a user's home node's uid.
    FixedBytes<32, struct KeyEventTargetTag> target{};
    Hash32 next_key_commit{};
    std::vector<PublicKey> rotation_keys;

    friend bool operator==(const KeyEvent&, const KeyEvent&) = default;
};

std::string encode(const KeyEvent& event);
std::optional<KeyEvent> decode_key_event(ByteView bytes);
/// BLAKE2b-256 of the canonical bytes.
Hash32 hash_of(const KeyEvent& event);

/// Where a key log stands: what the next event must fit.
struct KeyState {
    Hash32 subject_uid{};
    std::uint32_t seq = 0;
    Hash32 last_hash{};
    PublicKey signing_key{};
    Hash32 next_key_commit{};

    friend bool operator==(const KeyState&, const KeyState&) = default;
};

KeyState key_state_of(const NodeGenesis& genesis, const Hash32& uid);
KeyState key_state_of(const UserGenesis& genesis, const Hash32& uid);

/// The state after an ordinary rotation: right subject, next seq, linked to the last hash,
/// revealing the key that was committed to and signed by it. Nothing otherwise.
std::optional<KeyState> apply(const KeyState& state, ByteView event, const Signature& signature);

}  // namespace guildhall::federation
