#pragma once
// SignerKeys: the verified key logs of nodes that signed certificates and votes, from where they
// are known: the guild's own log, the directory of peers, this node itself, or the peer that
// brought what they signed. On the shard of peering.

#include "federation/hosting_certificate.h"
#include "federation/key_chain.h"
#include "node/peering/link/peers.h"
#include "protocol/guild_state.h"

#include <map>
#include <optional>
#include <vector>

namespace guildhall::peering {

class SignerKeys {
  public:
    /// A longer log takes the place of a shorter one; one that does not hold is left out.
    void add(const Hash32& uid, const federation::KeyLog& log);
    bool has(const Hash32& uid) const { return chains_.contains(uid); }
    /// As federation::NodeKeys asks.
    std::optional<federation::PublicKey> key(const Hash32& uid, std::uint32_t key_seq) const;

  private:
    std::map<Hash32, federation::KeyChain> chains_;
};

/// Everybody whose signature counts in a certificate: who signed it, and who voted.
std::vector<Hash32> signers_of(const federation::SignedCertificate& certificate);

/// `from`, who brought what they signed, is asked for those that nobody else knows; may be null.
Task<SignerKeys> find_keys(Context& ctx,
                           Peers& peers,
                           protocol::GuildSnapshot guild,
                           std::vector<Hash32> uids,
                           std::shared_ptr<Peer> from);

}  // namespace guildhall::peering
