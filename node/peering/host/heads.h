#pragma once
// Heads: gossip about what the hosts of guilds said last, so that one that tells two nodes two
// stories is found out by any two that are linked, and a node that was not told of news learns that
// there are some. Every five seconds the newest signed heads of the logs that changed go to the
// linked nodes that may have those logs and do not have them from us already; once a minute each
// linked node is told one head of what it shares with us, though nothing changed. What comes in is
// the business of the mirrors' side.
//
// Owned by HostSide; on the shard of peering.

#include "node/peering/host/serving.h"

#include <map>
#include <set>

namespace guildhall::peering {

class Heads final : public PeerObserver, public journal::Subscriber {
  public:
    Heads(Context& ctx, Peers& peers, Visibilities& visibilities, Serving& serving);
    Heads(const Heads&) = delete;
    Heads& operator=(const Heads&) = delete;

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_committed(const journal::Committed& entry) override;

  private:
    struct Head {
        LogRef log;
        std::uint64_t size = 0;
        std::string bytes;
    };
    /// What each node is to be told.
    using News = std::map<Hash32, std::map<protocol::GuildId, std::vector<std::string>>>;

    void tick_later();
    void idle_later();
    base::Task<void> tell_changes();
    base::Task<void> tell_idle();
    base::Task<std::vector<Head>> read(std::vector<LogRef> logs);
    void add_news(const Head& head, News& news);
    void send(const News& news);
    /// A guild for each node that is linked, another one each time.
    std::map<Hash32, protocol::GuildId> shared_guilds();

    Context& ctx_;
    Peers& peers_;
    Visibilities& visibilities_;
    Serving& serving_;
    std::set<LogRef> changed_;
    /// Where the idle round is.
    std::map<Hash32, protocol::GuildId> told_;
    base::TimerId tick_timer_, idle_timer_;
};

}  // namespace guildhall::peering
