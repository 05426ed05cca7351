#pragma once
// KeyEntries: new keys of nodes come into the logs of the guilds that this node hosts as soon as
// they are known, before anything is signed with them: its own, and those of nodes whose keys the
// guild's log has already. And the other way round: what a guild's log says of a node's keys is
// known to this node from then on, so that a key that was replaced opens no link here either.
// On the shard of peering; owned by HostSide.

#include "node/peering/link/peers.h"

#include <set>
#include <utility>

namespace guildhall::peering {

class KeyEntries final : public PeerObserver, public journal::Subscriber {
  public:
    KeyEntries(Context& ctx, Peers& peers);

    /// This node's own keys, which may have been rotated while it was stopped.
    void start();

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

  private:
    void bring_everywhere(const Hash32& node);
    void bring(protocol::GuildId guild, const Hash32& node);
    Task<Status> add(protocol::GuildId guild, Hash32 node, federation::KeyLog log);
    Task<void> write(protocol::GuildId guild, Hash32 node, federation::KeyLog log);
    const federation::KeyLog* log_of(const Hash32& node) const;
    void tell_of_theft(const protocol::IdentityAdded& event) const;

    Context& ctx_;
    Peers& peers_;
    /// Under way: one write for each guild and node.
    std::set<std::pair<protocol::GuildId, Hash32>> writing_;
};

}  // namespace guildhall::peering
