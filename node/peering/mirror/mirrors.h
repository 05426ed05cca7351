#pragma once
// Mirrors: the guilds of other nodes that this node follows, all of them: restored at the start,
// begun when somebody here joins one, dropped when the last one leaves. Hands the frames that bring
// entries, heads and evidence to the mirror they are about, and wants a link to each host. Owned by
// Peering; on the shard of peering.

#include "node/peering/mirror/ingest.h"
#include "node/peering/mirror/joiner.h"
#include "node/peering/mirror/mirror_metrics.h"
#include "node/peering/mirror/past.h"
#include "node/peering/mirror/renewals.h"
#include "node/peering/mirror/witness.h"
#include "node/store/tables/hosting.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace guildhall::peering {

class Origins;

class Mirrors final : public PeerObserver, public journal::Subscriber {
  public:
    Mirrors(Context& ctx, Peers& peers);
    ~Mirrors() override;
    Mirrors(const Mirrors&) = delete;
    Mirrors& operator=(const Mirrors&) = delete;

    /// Restores what the node followed when it stopped.
    void start();

    Context& ctx() { return ctx_; }
    Peers& peers() { return peers_; }
    Past& past() { return past_; }
    MirrorMetrics& metrics() { return metrics_; }
    /// Whether so many bytes more of the guild may be kept here, by what its host is allowed.
    bool has_room(const Mirror& mirror, std::uint64_t bytes) const;
    void count_bytes(Mirror& mirror, std::uint64_t bytes);
    /// The same for files that are kept for the case that this node has to go on with the guild:
    /// only as far as they leave a quarter of what a guild may take to its logs.
    bool has_room_for_files(const Mirror& mirror, std::uint64_t bytes) const;
    /// All of them, in place of what was counted before.
    void set_file_bytes(Mirror& mirror, std::uint64_t bytes);
    /// In no order of time; for who shows them.
    template <class Each>
    void for_each(Each each) const {
        for (const auto& [guild, mirror] : mirrors_) each(*mirror);
    }

    // -- For commands -----------------------------------------------------------------------------

    /// Follows the guild that an invite of `host` leads to, after a user of this node became a
    /// member there. Returns when the guild is usable: sessions have been told of it.
    Task<Result<protocol::GuildId>> begin(std::shared_ptr<Peer> host,
                                          federation::frames::InviteInfo info);
    /// What is here of the guild is a copy in which nobody of this node lives and which follows
    /// another host than this: an import that was overtaken. begin() takes a new one for it.
    bool is_stale(const Mirror& mirror, const Hash32& host) const;
    /// Whether the entry, and what it made of the guild, is to be seen here. True for guilds that
    /// are hosted here.
    Task<bool> until_applied(protocol::GuildId guild,
                             std::uint64_t log_id,
                             std::uint64_t seq,
                             Nanos limit);

    // -- For succession ---------------------------------------------------------------------------

    /// Certificates above a mirror's epoch that its host told of, not verified yet.
    using CertificatesHook = std::function<void(protocol::GuildId,
                                                const std::shared_ptr<Peer>&,
                                                const std::vector<std::string>& certificates)>;
    void set_certificates_hook(CertificatesHook hook) { certificates_ = std::move(hook); }
    /// What other nodes said of who said two things about one epoch. Before start().
    using Accuse = std::function<void(protocol::GuildId, federation::Evidence)>;
    void set_accuser(Accuse accuse) { accuse_ = std::move(accuse); }
    /// The highest epoch of which this node holds the certificate; 0 for none. Without it a
    /// mirror's seat is taken for that.
    using HeldEpoch = std::function<std::uint64_t(protocol::GuildId)>;
    void set_held_epoch(HeldEpoch held) { held_epoch_ = std::move(held); }
    std::uint64_t held_epoch(const Mirror& mirror) const {
        const std::uint64_t seat = mirror.seat().epoch;
        return held_epoch_ ? std::min(seat, held_epoch_(mirror.guild())) : seat;
    }
    void accuse(protocol::GuildId guild, federation::Evidence evidence) const {
        if (accuse_) accuse_(guild, std::move(evidence));
    }
    /// A verified and stored certificate made another epoch. Where the new host has less than this
    /// node, the guild is begun anew from there.
    void on_hosting(protocol::GuildId guild, federation::HostSeatInfo seat);
    /// The head of the host that was seen last, for who watches it; 0 for none.
    protocol::UnixMs last_head_ms(protocol::GuildId guild) const;

    // -- For the parts of mirrors -----------------------------------------------------------------

    /// Commands of this node that come back in entries. Null only in tests of mirrors alone.
    void set_origins(Origins& origins) { origins_ = &origins; }
    /// Ends the account of a user of this node whose own keys, as the log has them, lead to
    /// another home. False where they do not.
    using FollowMove =
        std::function<Task<bool>(protocol::UserId, Hash32 home, federation::KeyLog log)>;
    void set_follow_move(FollowMove follow) { follow_move_ = std::move(follow); }
    Task<bool> follow_move(protocol::UserId user, Hash32 home, federation::KeyLog log) {
        if (!follow_move_) co_return false;
        co_return co_await follow_move_(user, home, std::move(log));
    }
    Origins* origins() const { return origins_; }

    std::shared_ptr<Mirror> find(protocol::GuildId guild) const;
    std::shared_ptr<Mirror> find(const Hash32& guild_uid) const;
    /// Somebody of this node is a member.
    bool has_local_member(const Mirror& mirror) const;
    /// The log, as it was verified here, says that the guild is none of this node's business any
    /// more: its last member left, it is no successor, it is banned, or the guild was deleted.
    bool may_forget(const Mirror& mirror) const;
    bool is_successor(const protocol::GuildState& state) const;
    /// Forgets the guild here; nothing of it is kept.
    void drop(const std::shared_ptr<Mirror>& mirror);
    /// Takes a snapshot of the present in place of what is held.
    void begin_anew(const std::shared_ptr<Mirror>& mirror);
    Witness& witness() { return witness_; }
    /// What only this node saw: told in words.
    void freeze_for(const std::shared_ptr<Mirror>& mirror, std::string words);
    void certificates_came(const Mirror& mirror,
                           const std::shared_ptr<Peer>& host,
                           const std::vector<std::string>& certificates);
    void on_live(const std::shared_ptr<Mirror>& mirror);
    /// False when the guild is just being begun; else nobody else begins it until release_claim().
    bool claim(const Hash32& uid) { return beginning_.try_emplace(uid).second; }
    void release_claim(const Hash32& uid);
    const Renewals& renewals() const { return renewals_; }
    /// Who hosts a guild that is not here, as a node says.
    void on_unknown_hosting(const Hash32& from, const federation::frames::Hosting& frame) {
        renewals_.on_hosting(from, frame);
    }
    /// A mirror whose rows are there.
    void add(std::shared_ptr<Mirror> mirror);
    /// No longer followed; its rows stay.
    void release(protocol::GuildId guild);

    /// Called when a mirror reached its host's heads: history that is wanted is fetched then.
    void set_live_hook(std::function<void(const std::shared_ptr<Mirror>&)> hook) {
        live_ = std::move(hook);
    }

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_closed(const std::shared_ptr<Peer>& peer) override;
    void on_guild(const journal::GuildChange& change) override;

  private:
    struct Stored {
        store::hosting::HostingRow row;
        federation::HostSeatInfo seat;
        /// Of all certificates.
        std::vector<Hash32> hosts;
        std::set<std::uint64_t> epochs;
        /// By log id.
        std::map<std::uint64_t, federation::StoredLog> logs;
    };

    void handle_frames();
    void tell_lag();
    void add_lag(const Mirror& mirror);
    static Result<Stored> read_stored(store::Tx& tx, const store::hosting::HostingRow& row);
    /// People are told at once that a host is there, and that it is away when it does not come back
    /// in a moment, as one that restarts does.
    void look_at_host(const std::shared_ptr<Mirror>& mirror);
    void tell_reach(Mirror& mirror);
    void want_host(const Mirror& mirror);
    void unwant_host(protocol::GuildId guild);
    Task<void> restore_all();
    Task<void> restore_one(protocol::GuildId guild);
    Task<void> measure(std::shared_ptr<Mirror> mirror);
    void restore(const Stored& stored);
    Task<Result<protocol::GuildId>> begin_first(std::shared_ptr<Peer> host,
                                                federation::frames::InviteInfo info,
                                                Hash32 uid,
                                                std::shared_ptr<Mirror> instead);
    Task<void> run_anew(std::shared_ptr<Mirror> mirror);
    Task<void> drop_now(std::shared_ptr<Mirror> mirror);
    void on_purge(const Inbound& from, const federation::frames::Purge& purge);

    Context& ctx_;
    Peers& peers_;
    MirrorMetrics metrics_;
    Ingest ingest_;
    Past past_;
    Joiner joiner_;
    Renewals renewals_;
    Witness witness_;
    CertificatesHook certificates_;
    Accuse accuse_;
    HeldEpoch held_epoch_;
    FollowMove follow_move_;
    Origins* origins_ = nullptr;
    std::function<void(const std::shared_ptr<Mirror>&)> live_;
    std::map<protocol::GuildId, std::shared_ptr<Mirror>> mirrors_;
    std::map<Hash32, protocol::GuildId> by_uid_;
    /// Guilds that are being begun: those who come meanwhile wait for the first.
    std::map<Hash32, std::vector<base::Wake>> beginning_;
    /// What the guilds of a host take here.
    std::map<Hash32, std::uint64_t> host_bytes_;
    /// Hosts that are wanted, by guild.
    std::map<protocol::GuildId, Hash32> wanted_;
    /// Of the round of tell_lag() that is under way, and where it goes on.
    std::map<Hash32, LinkMetrics::Lag> lags_;
    protocol::GuildId lag_next_;
    base::TimerId lag_timer_;
};

}  // namespace guildhall::peering
