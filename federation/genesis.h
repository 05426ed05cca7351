#pragma once
// Geneses: the signed birth certificates of nodes, users and guilds. The uid is the BLAKE2b-256 of
// the canonical bytes, and the 64-bit ids of users and guilds follow from it, so that who they are
// never depends on a name, a key or a machine. Layouts: docs/FEDERATION.md. Plain values; any
// thread.

#include "federation/crypto.h"
#include "protocol/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace guildhall::federation {

inline constexpr std::uint8_t kGenesisVersion = 1;
inline constexpr std::uint16_t kGuildFormat = 1;
/// A priority list longer than this is no list of keys that somebody keeps.
inline constexpr std::size_t kRotationKeysMax = 5;
/// Successor nodes vote; more of them than this would not agree in time.
inline constexpr std::size_t kSuccessorsMax = 16;

/// From base::Rng: two geneses never have the same bytes, whatever their keys and clocks.
using GenesisNonce = FixedBytes<16, struct GenesisNonceTag>;

/// What a commitment to a key is: BLAKE2b-256 of the public key.
Hash32 key_commit(const PublicKey& key);

struct NodeGenesis {
    protocol::UnixMs created_ms = 0;
    GenesisNonce nonce{};
    PublicKey signing_key{};
    /// X25519, for links.
    PublicKey noise_static{};
    /// key_commit() of the key that will follow `signing_key`.
    Hash32 next_key_commit{};
    /// Highest priority first.
    std::vector<PublicKey> rotation_keys;

    friend bool operator==(const NodeGenesis&, const NodeGenesis&) = default;
};

struct UserGenesis {
    protocol::UnixMs created_ms = 0;
    GenesisNonce nonce{};
    PublicKey signing_key{};
    Hash32 home_node_uid{};
    Hash32 next_key_commit{};
    std::vector<PublicKey> rotation_keys;

    friend bool operator==(const UserGenesis&, const UserGenesis&) = default;
};

struct GuildGenesis {
    protocol::UnixMs created_ms = 0;
    GenesisNonce nonce{};
    std::uint16_t format = kGuildFormat;
    Hash32 owner_uid{};
    Hash32 host_uid{};
    /// Signs the genesis, and a takeover without a vote.
    PublicKey root_key{};
    /// Node uids that may vote for a new host.
    std::vector<Hash32> successors;

    friend bool operator==(const GuildGenesis&, const GuildGenesis&) = default;
};

using Genesis = std::variant<NodeGenesis, UserGenesis, GuildGenesis>;

/// A genesis as it is stored and sent: the bytes, and a signature by the key that the bytes name
/// (`signing_key`, or `root_key` of a guild).
struct SignedGenesis {
    std::string bytes;
    Signature signature{};

    friend bool operator==(const SignedGenesis&, const SignedGenesis&) = default;
};

std::string encode(const Genesis& genesis);
std::optional<Genesis> decode_genesis(ByteView bytes);

/// `key` must be the one that the genesis names.
SignedGenesis sign(const Genesis& genesis, const SecretKey& key);
/// The genesis when its bytes parse and its signature holds; nothing otherwise.
std::optional<Genesis> verify(const SignedGenesis& genesis);

/// One stored value: signature ‖ bytes.
std::string encode(const SignedGenesis& genesis);
std::optional<SignedGenesis> decode_signed_genesis(ByteView bytes);

/// BLAKE2b-256 of the canonical bytes.
Hash32 uid_of(ByteView genesis_bytes);
/// The 64-bit id: (created_ms - epoch) << 22 | the low 22 bits of the uid's first four bytes, read
/// as a little-endian number. Nothing for a time outside what an id can say.
std::optional<protocol::Snowflake> derived_id(const Hash32& uid, protocol::UnixMs created_ms);

}  // namespace guildhall::federation
