#pragma once
// SignerKeys: the verified key logs of nodes that signed certificates and votes, from where they
// are known: the guild's own log, the directory of peers, this node itself, or the peer that
// brought what they signed. What the guild's log already says is replaced signs nothing that comes
// after it, and nobody signs with a key after he replaced it. On the shard of peering.

#include "federation/guild_keys.h"
#include "federation/hosting_certificate.h"
#include "node/peering/link/peers.h"
#include "node/peering/succession/pauses.h"
#include "protocol/guild_state.h"

#include <map>
#include <optional>
#include <vector>

namespace guildhall::peering {

class SignerKeys {
  public:
    /// A longer log takes the place of a shorter one; one that does not hold is left out.
    void add(const Hash32& uid, const federation::KeyLog& log);
    /// The same, of what the guild's log says: its newest key is the oldest that signs what
    /// follows.
    void add_from_guild(const Hash32& uid, const protocol::Identity& identity);
    bool has(const Hash32& uid) const { return chains_.contains(uid); }
    /// As federation::NodeKeys asks, for what follows the guild's log as it is here.
    std::optional<federation::PublicKey> key(const Hash32& uid, std::uint32_t key_seq) const;
    /// The same for what may be older than the end of that log.
    std::optional<federation::PublicKey> old_key(const Hash32& uid, std::uint32_t key_seq) const;
    /// Takes a log that goes on where the known one ends: one that says otherwise may be a thief's.
    void extend(const Hash32& uid, const federation::KeyLog& log);
    /// Null for one that is not known.
    const federation::KeyChain* find(const Hash32& uid) const;

  private:
    void keep(const Hash32& uid, protocol::Result<federation::KeyChain> chain);

    std::map<Hash32, federation::KeyChain> chains_;
    /// The newest key of each in the guild's log.
    std::map<Hash32, std::uint32_t> oldest_;
};

/// Nodes, and the newest of their keys that is needed.
using WantedKeys = std::map<Hash32, std::uint32_t>;
/// Everybody whose signature counts in a certificate: who signed it, and who voted.
WantedKeys keys_wanted_by(const federation::SignedCertificate& certificate);
std::vector<Hash32> signers_of(const federation::SignedCertificate& certificate);

/// `from`, who brought what they signed, is asked for those that nobody else knows; may be null. It
/// is asked for later keys of those that are known, too: a node may have changed them while this
/// one was away. `asked` says for which it was, a moment ago.
Task<SignerKeys> find_keys(Context& ctx,
                           Peers& peers,
                           protocol::GuildSnapshot guild,
                           WantedKeys wanted,
                           std::shared_ptr<Peer> from,
                           Pauses& asked);

}  // namespace guildhall::peering
