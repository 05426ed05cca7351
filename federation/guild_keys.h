#pragma once
// GuildKeys: the key logs of nodes and users that a guild's control log has brought
// (identityAdded), verified. What stands in the guild's logs is checked with them, each entry with
// the keys that held when the control log had the size that the entry names: a key that is rotated
// away signs nothing new, and what it signed before stays valid.
//
// Sans I/O; owner: the guild's shard, on its host and on mirrors; one thread.

#include "federation/entry_check.h"
#include "federation/key_chain.h"
#include "protocol/function.h"
#include "protocol/guild_state.h"

#include <cstdint>
#include <map>
#include <optional>

namespace guildhall::federation {

class GuildKeys {
  public:
    /// For a guild that is followed from its first entry.
    GuildKeys() = default;
    /// The identities of a snapshot, which does not say when each key came: for what was decided
    /// under an earlier control log than the snapshot's, any key counts that its node ever had.
    /// `seen_ms` is the time of the snapshot's head. An error when one does not hold.
    static protocol::Result<GuildKeys> from(const protocol::GuildState& state,
                                            protocol::UnixMs seen_ms);

    /// `control_size` is the log's size with this event, `ts_ms` its entry's time. An error when
    /// the key log does not hold or contradicts what is known; nothing changes then, and no honest
    /// host makes such an entry.
    protocol::Status add(const protocol::IdentityAdded& event,
                         std::uint64_t control_size,
                         protocol::UnixMs ts_ms);

    /// Whether the command is signed by the key that its origin had at that size of the control
    /// log: EntryWorld::origin_key.
    OriginKey origin_key(const CommandFacts& command, std::uint64_t control_size) const;
    /// The same; `is_known` says of a key that it made the command's signature, which is then not
    /// verified.
    OriginKey origin_key(const CommandFacts& command,
                         std::uint64_t control_size,
                         protocol::FunctionRef<bool(const PublicKey&)> is_known) const;
    /// A key of a node's own log, as NodeKeys is asked for one.
    std::optional<PublicKey> key(const Hash32& node_uid, std::uint32_t key_seq) const;
    /// Null for one that the log has not brought.
    const KeyChain* find(const Hash32& uid) const;
    std::size_t size() const { return known_.size(); }

  private:
    struct Known {
        KeyChain chain;
        /// The control log's size from which on the identity is known.
        std::uint64_t since = 0;
    };

    std::map<Hash32, Known> known_;
    /// Before this size it is not known when a key came.
    std::uint64_t exact_from_ = 0;
};

/// The key log of an identity as the guild's log brought it, overridden events included.
protocol::Result<KeyChain> chain_of(const protocol::Identity& identity, NodeKeys keys);

}  // namespace guildhall::federation
