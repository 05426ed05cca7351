#pragma once
// Mirror: one guild that another node hosts, as this node follows it.
//
//      begin() ---> joining ---> snapshot ---> tailing ---> live <---> gap
//                                   |             ^          |          |
//                    link lost: anew from joining |          |          | 404, and members here;
//                                                 |          |          | purge, of a successor
//                                                 +----------+          v
//      any: contradiction ---> frozen             a larger head      orphaned (asks every 5 min)
//      any: purge; 404 where the log says why (Mirrors::may_forget) ---> left
//
// joining: the base of a snapshot is being fetched; there is no Mirror yet (joiner.h). snapshot:
// the guild is usable, members are still to come. tailing: subscribed, behind the host. live: at
// the host's heads. gap: no link, or waiting to subscribe anew. frozen: nothing is taken any more.
// Entries go through ingest.h into the journal; history through past.h.
//
// Owned by Mirrors, shared with the coroutines that work for it, which look at is_over() after each
// wait. On the shard of peering.

#include "federation/guild_keys.h"
#include "federation/hosting_chain.h"
#include "node/base/wait.h"
#include "node/peering/context.h"
#include "node/peering/link/peers.h"
#include "node/peering/mirror/followed_log.h"

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::peering {

class Mirrors;

enum class MirrorState : std::uint8_t { snapshot, tailing, live, gap, orphaned, frozen, left };
std::string_view name_of(MirrorState state);

class Mirror : public std::enable_shared_from_this<Mirror> {
  public:
    Mirror(Context& ctx,
           Peers& peers,
           Mirrors& owner,
           protocol::GuildId guild,
           const Hash32& uid,
           federation::HostSeatInfo seat);
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;

    protocol::GuildId guild() const { return guild_; }
    const Hash32& uid() const { return uid_; }
    MirrorState state() const { return state_; }
    void set_state(MirrorState state);
    /// Nothing is taken in any more.
    bool is_over() const { return state_ == MirrorState::frozen || state_ == MirrorState::left; }
    /// Who hosts it, as verified certificates and the genesis say.
    const federation::HostSeatInfo& seat() const { return seat_; }
    /// As committed; null when this node has it no more.
    journal::GuildSnapshot current() const;

    // -- Beginning --------------------------------------------------------------------------------

    /// Logs as stored, or the control log as it was begun with a snapshot.
    void add_log(federation::MirrorLog log);
    void set_keys(federation::GuildKeys keys) { keys_ = std::move(keys); }
    /// What is known of the host's key log.
    void set_host_log(const federation::KeyLog& log);
    bool is_complete() const { return complete_; }
    void set_complete(bool complete) { complete_ = complete; }

    // -- The host ---------------------------------------------------------------------------------

    /// Null without a link.
    const std::shared_ptr<Peer>& host() const { return host_; }
    /// The host's key of its newest event; nothing when its log is not known.
    std::optional<federation::PublicKey> host_key() const;
    const std::optional<federation::KeyChain>& host_chain() const { return host_chain_; }
    /// A link that there is already when the mirror begins.
    void set_host(const std::shared_ptr<Peer>& host);
    void on_link(const std::shared_ptr<Peer>& host);
    void on_link_lost();
    /// Who hosted before, in any order.
    const std::vector<Hash32>& past_hosts() const { return past_hosts_; }
    void add_past_host(const Hash32& uid);
    /// A verified certificate made another epoch: heads of that count from here on.
    void on_seat(federation::HostSeatInfo seat);
    /// As it was, or begins, before something was awaited: the seat may be another's by now, whose
    /// host compares it then.
    void set_log(FollowedLog& log, federation::MirrorLog as);
    /// The host was asked and has not answered yet.
    bool is_subscribing() const { return subscribing_; }
    /// The host does not serve this node, although the log does not say why: the guild stays as
    /// it is, and the host is asked now and then.
    void orphan();
    /// Asks the host for everything after what is held, after `delay`; once, however often asked.
    void subscribe_soon(Nanos delay);

    // -- Logs -------------------------------------------------------------------------------------

    FollowedLog* find(std::uint64_t log_id);
    /// Null when there would be more logs than a guild has.
    FollowedLog* find_or_add(std::uint64_t log_id);
    /// A verified head of a log of which nothing is held: against it history can be asked for.
    void know_head(const federation::SignedHead& head, std::string_view bytes);
    federation::GuildKeys& keys() { return keys_; }
    federation::HeadVerifier& head_verifier() { return head_verifier_; }
    template <class Each>
    void for_each_log(Each each) {
        for (auto& [id, log] : logs_) each(id, log);
    }

    /// Entries below this are durable and published here.
    std::uint64_t applied(std::uint64_t log_id);
    /// Entries that the host is known to have and that are not applied here; history before what
    /// is held is not among them.
    std::uint64_t lag() const;
    /// False when that took longer than `limit`, or the mirror ended.
    Task<bool> until(std::uint64_t log_id, std::uint64_t size, Nanos limit);
    Task<bool> wait_for(std::function<bool()> ready, Nanos limit);
    /// A log is free again, or went on.
    void on_progress();
    /// Until no batch of the log is on its way; it is the caller's then, who clears `busy`.
    Task<bool> acquire(FollowedLog& log, Nanos limit);
    /// The log is durable here as far as it is applied: its host is told, soon.
    void acknowledge(std::uint64_t log_id);
    /// The host's tree of the log is not what it sent. True when that is once too often.
    bool note_divergence(FollowedLog& log);

    /// Bytes of batches that wait for the control log without holding their peer's credit.
    std::size_t waiting_bytes = 0;
    /// What its logs take here, about.
    std::uint64_t stored_bytes = 0;
    /// Those of them that are files (Blobs).
    std::uint64_t file_bytes = 0;
    /// Kinds of entries that this version does not know and the log was told of; bounded there.
    std::set<protocol::EventKind> told_kinds;
    /// Whether its host was there when people were last told; nothing before the first time.
    std::optional<bool> told_reach;
    /// The log says that the store did not let it go.
    bool told_stuck = false;
    /// A head of the host's that is being compared with what is stored.
    bool checking_head = false;

  private:
    struct Waiter {
        std::function<bool()> ready;
        base::Wake wake;
    };

    Task<void> subscribe();
    void subscription_refused(const base::Error& error);
    void take(const federation::frames::Subscribed& answer);
    federation::frames::Subscribe have() const;
    void look_whether_live();
    void send_acks();

    Context& ctx_;
    Peers& peers_;
    Mirrors& owner_;
    const protocol::GuildId guild_;
    const Hash32 uid_;
    federation::HostSeatInfo seat_;
    std::vector<Hash32> past_hosts_;
    MirrorState state_ = MirrorState::gap;
    bool complete_ = true;
    std::shared_ptr<Peer> host_;
    std::optional<federation::KeyChain> host_chain_;
    federation::GuildKeys keys_;
    federation::HeadVerifier head_verifier_;
    std::map<std::uint64_t, FollowedLog> logs_;
    /// Sizes at the host when it answered the subscription.
    std::map<std::uint64_t, std::uint64_t> targets_;
    base::TimerId subscribe_timer_, ack_timer_;
    /// Logs of which the host is not told yet; as many as it has.
    std::set<std::uint64_t> owed_acks_;
    bool subscribing_ = false;
    std::list<Waiter> waiters_;
};

}  // namespace guildhall::peering
