#pragma once
// RemoteApplications: what a guild's host knows of bots whose home is another node: the
// application, and the commands that it offers everywhere, which interactions are checked against.
// The host asks the bot's home when the bot comes, and whenever it links with it; the home tells
// the hosts of its bots' guilds when something changed. Rows as those of this node's own, without
// an owner.
//
// Owned by Peering; on the shard of peering, where it is subscribed.

#include "node/peering/link/peers.h"

#include <deque>
#include <map>

namespace guildhall::peering {

class RemoteApplications final : public PeerObserver, public journal::Subscriber {
  public:
    RemoteApplications(Context& ctx, Peers& peers);

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_closed(const std::shared_ptr<Peer>& peer) override;
    void on_committed(const journal::Committed& entry) override;
    void on_notice(const journal::Notice& notice) override;

    /// Bots of one node that are asked about at once; others are asked about at the next link.
    static constexpr std::size_t kMissingMax = 1'000;

  private:
    // The home.
    void on_get(const Inbound& in, protocol::ApplicationId id);
    void tell_hosts(protocol::ApplicationId id);
    federation::frames::Application describe(const protocol::Application& application) const;
    /// Null for an application that has its home elsewhere, or none.
    const protocol::SharedApplication* own(protocol::ApplicationId id) const;

    // The host.
    void want(const Hash32& home, protocol::ApplicationId id);
    Task<void> ask(std::shared_ptr<Peer> home);
    void on_told(const Inbound& in, federation::frames::Application told);
    Task<void> keep(Hash32 from, federation::frames::Application told);

    Context& ctx_;
    Peers& peers_;
    /// By home; being asked about while there is one.
    std::map<Hash32, std::deque<protocol::ApplicationId>> missing_;
};

}  // namespace guildhall::peering
