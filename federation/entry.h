#pragma once
// An entry of a log: the canonical header, whose bytes make the Merkle leaf, and the stored body
// (salt ‖ event bytes), which only its hash ties to the header, so that deleting it leaves every
// proof valid. Layouts: docs/FEDERATION.md. Plain values; any thread.

#include "federation/bytes.h"
#include "protocol/ids.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::federation {

/// The guild's control log. Its size when an entry was authorised is the entry's `control_seq`.
inline constexpr std::uint64_t kControlLog = 0;
/// Audit entries, bans with reasons, invites, automod, webhooks. A channel's log has the channel's
/// id, which is never 0 or 1.
inline constexpr std::uint64_t kAdminLog = 1;

inline constexpr std::uint8_t kEntryVersion = 1;
inline constexpr std::size_t kEntryHeaderBytes = 107;
inline constexpr std::size_t kSaltBytes = 16;

using Salt = FixedBytes<kSaltBytes, struct SaltTag>;

struct EntryHeader {
    /// The event's discriminant in protocol/event.capnp.
    std::uint16_t kind = 0;
    std::uint64_t log_id = 0;
    /// Counts from 0; the index of the leaf.
    std::uint64_t seq = 0;
    /// The host's clock; never smaller than the entry before it in the same log.
    protocol::UnixMs ts_ms = 0;
    /// What the event is about (a message, a role, a member's user); 0 when nothing has an id.
    std::uint64_t object_id = 0;
    /// The number of control-log entries that the host had seen when it allowed this.
    std::uint64_t control_seq = 0;
    Hash32 body_hash{};
    /// Of the signed command of a remote user; 32 zero bytes for what was done on the host.
    Hash32 command_hash{};

    friend bool operator==(const EntryHeader&, const EntryHeader&) = default;
};

/// The 107 canonical bytes.
std::string encode(const EntryHeader& header);
/// Nothing for another length or version.
std::optional<EntryHeader> decode_entry_header(ByteView bytes);

/// The Merkle leaf of the header's canonical bytes.
Hash32 leaf_hash(const EntryHeader& header);

/// What is stored beside the header: salt ‖ event bytes. The salt comes from base::Rng; without it
/// a short text could be guessed from its hash after it was deleted.
std::string make_body(const Salt& salt, ByteView event);
/// SHA-256 of the stored body.
Hash32 body_hash(ByteView stored_body);
/// The event bytes in a stored body; nothing when it is too short to hold a salt.
std::optional<ByteView> event_of_body(ByteView stored_body);

}  // namespace guildhall::federation
