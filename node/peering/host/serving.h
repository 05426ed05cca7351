#pragma once
// Serving: which linked nodes follow which guilds that this node hosts, and which logs of them each
// may have (federation/visibility.h), kept up to date by what is committed.
//
//   subscribe -> subscribed, then batches by Egress -> acks, stored as cursors
//   a log becomes visible  -> it begins at its present end (its past is asked for by range)
//   a log is hidden        -> nothing more of it
//   the last member leaves -> the control log up to that, then purge
//
// What a subscriber stands at comes from itself: the cursors that are stored say only who holds
// copies of which guilds, so that a node that was away when its last member was removed is told to
// forget them when it comes back.
//
// Owned by HostSide; on the shard of peering.

#include "node/peering/host/egress.h"
#include "node/peering/host/visibilities.h"
#include "node/peering/link/peers.h"
#include "node/store/tables/cursors.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace guildhall::peering {

class Serving final : public PeerObserver, public journal::Subscriber, private EgressOwner {
  public:
    Serving(Context& ctx,
            Peers& peers,
            Visibilities& visibilities,
            LogBatches& batches,
            Egress& egress,
            HostMetrics& metrics);
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

    /// How far the peer was sent a log that it follows; nothing when it does not.
    std::optional<std::uint64_t> sent_to(const Hash32& peer, const LogRef& log) const;
    /// Guilds that the peer follows here, ascending.
    std::vector<protocol::GuildId> guilds_of(const Hash32& peer) const;
    /// Somebody follows it here.
    bool is_served(protocol::GuildId guild) const { return served_.contains(guild); }

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_closed(const std::shared_ptr<Peer>& peer) override;
    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

    /// Told of what came signed with an ack. Before the shards run.
    using Cosigned = std::function<void(Peer&, const std::string& cosignature)>;
    void set_cosigned(Cosigned cosigned) { cosigned_ = std::move(cosigned); }

  private:
    using Feeds = std::map<Hash32, std::shared_ptr<Feed>>;
    struct Standing;
    /// Notes which logs of a guild grew while something about it was read.
    class Watch {
      public:
        Watch(Serving& serving, protocol::GuildId guild);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

        const protocol::GuildId guild;
        std::set<std::uint64_t> grown;

      private:
        Serving& serving_;
    };

    // serving_subscribe.cpp
    void on_subscribe(Inbound from, federation::frames::Subscribe body);
    base::Task<void> answer_all(std::shared_ptr<Feed> feed);
    base::Task<void> answer(std::shared_ptr<Feed> feed,
                            Inbound from,
                            federation::frames::Subscribe body);
    base::Task<void> refuse_stranger(Inbound from,
                                     protocol::GuildId guild,
                                     federation::frames::Subscribe body);
    base::Task<void> refuse_unknown(Inbound from, Hash32 guild_uid);
    base::Task<void> refuse_not_host(Inbound from, protocol::GuildId guild, std::uint64_t epoch);
    static std::size_t cost_of(const Standing& standing);
    void begin(const std::shared_ptr<Feed>& feed,
               const Inbound& from,
               const federation::frames::Subscribe& body,
               const Watch& watch,
               Standing& standing);

    // serving_change.cpp
    void on_visibility(const journal::Committed& entry,
                       const std::vector<federation::VisibilityChange>& changes);
    void regain(const std::shared_ptr<Feed>& feed, protocol::GuildId guild);
    void end(const std::shared_ptr<Feed>& feed, const journal::Committed& entry);
    base::Task<void> gain(std::shared_ptr<Feed> feed,
                          protocol::GuildId guild,
                          std::vector<std::uint64_t> logs);
    /// Logs that are new to a peer, and the first batches of those that begin at their end.
    struct NewLogs {
        std::vector<LogPlace> places;
        std::map<std::uint64_t, federation::Append> openings;
        std::map<std::uint64_t, Subtrees> made;
    };
    static Result<NewLogs> read_new(store::Tx& tx,
                                    const Hash32& guild_uid,
                                    std::vector<LogPlace> places);
    void place(const std::shared_ptr<Feed>& feed, NewLogs logs, const Watch& watch);
    void lose(const std::shared_ptr<Feed>& feed,
              protocol::GuildId guild,
              const std::vector<std::uint64_t>& logs);
    void on_all_sent(const std::shared_ptr<Feed>& feed, protocol::GuildId guild) override;
    base::Task<void> purge(std::shared_ptr<Feed> feed, protocol::GuildId guild);
    void send_purge(Peer& peer, protocol::GuildId guild, const Hash32& guild_uid);
    base::Task<void> purge_copies(std::shared_ptr<Peer> peer);

    // serving.cpp
    void on_ack(const Inbound& from, const federation::frames::Ack& ack);
    void on_unsubscribe(const Inbound& from, const federation::frames::Unsubscribe& ref);
    std::shared_ptr<Feed> feed_of(const Hash32& peer) const;
    void remove(const std::shared_ptr<Feed>& feed, protocol::GuildId guild);
    void store_later();
    void store_cursors();

    Context& ctx_;
    Peers& peers_;
    Visibilities& visibilities_;
    LogBatches& batches_;
    Egress& egress_;
    HostMetrics& metrics_;
    Feeds feeds_;
    /// Guilds with subscribers.
    std::map<protocol::GuildId, Feeds> served_;
    std::vector<Watch*> watches_;
    Cosigned cosigned_;
    std::uint64_t subscriptions_ = 0;
    base::TimerId store_timer_;
};

}  // namespace guildhall::peering
