#pragma once
// Succession: who hosts a guild, as it changes: certificates come and are followed; this node votes
// for a successor, becomes host, hands a guild over, or stands down when it returns and finds the
// guild hosted by another.
//
//   mirror here:  host silent for the delay -> proposal -> votes -> certificate -> host
//   hosted here:  transfer -> offer (nothing is written) -> certificate -> mirror
//   anywhere:     a valid certificate of a later epoch -> follow its host; who hosted stands down
//
// The rules are federation/{succession,host_seat,hosting_chain}.h; here are their clock, store and
// links. Members' nodes that lose a host ask its successors, whose addresses stand in the log.
// On the shard of peering; owned by Peering.

#include "federation/evidence.h"
#include "federation/host_seat.h"
#include "federation/hosting_chain.h"
#include "node/peering/link/peers.h"
#include "node/peering/mirror/signer_keys.h"
#include "node/peering/succession/pauses.h"
#include "node/services/host_changes.h"
#include "node/services/keyed_lock.h"
#include "node/store/tables/hosting.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace guildhall::peering {

class Succession final : public PeerObserver,
                         public journal::Subscriber,
                         public services::HostChanges {
  public:
    /// Reads what is stored, waiting for the store: before the shards run. Subscribes itself.
    Succession(Context& ctx, Peers& peers);
    ~Succession() override;
    Succession(const Succession&) = delete;
    Succession& operator=(const Succession&) = delete;

    /// Told that a guild, which this node mirrors from now on if it did not before, has another
    /// host: what the logs here have more than the new host's is void. Before start().
    using Follower = std::function<void(protocol::GuildId, federation::HostSeatInfo)>;
    void set_follower(Follower follower) { follower_ = std::move(follower); }
    /// Told of hosts of guilds that are not here. Before start().
    using Unknown = std::function<void(const Hash32& from, const federation::frames::Hosting&)>;
    void set_unknown(Unknown unknown) { unknown_ = std::move(unknown); }
    /// Fetches the past of a guild that this node may host one day. Before start().
    using Fetch = std::function<void(protocol::GuildId)>;
    void set_fetch(Fetch fetch) { fetch_ = std::move(fetch); }
    /// Says again what was salvaged. Before start().
    using Repost =
        std::function<Task<Result<services::Reposted>>(protocol::GuildId, services::Salvaged)>;
    void set_repost(Repost repost) { repost_ = std::move(repost); }
    /// Knows who has copies of guilds that are hosted here. Before start().
    using HeldSource = std::function<Task<Result<services::Held>>(protocol::GuildId)>;
    void set_held(HeldSource held) { held_ = std::move(held); }
    /// Goes on with what a restart interrupted, and keeps the clock from now on.
    void start();

    /// Who hosts the guild by the newest certificate, which may be ahead of the log; null when
    /// nothing was ever said but its genesis.
    const federation::HostSeatInfo* seat_of(protocol::GuildId guild) const;
    /// Encoded, ascending, of the epochs above `epoch`: for who joins, or comes back.
    std::vector<std::string> certificates_above(protocol::GuildId guild, std::uint64_t epoch) const;
    /// A certificate that came by another frame; `from` may be null.
    void learn(protocol::GuildId guild,
               std::vector<std::string> certificates,
               std::shared_ptr<Peer> from);

    /// Evidence about certificates or votes that another node found; checked here.
    void accuse(protocol::GuildId guild, federation::Evidence evidence);

    // -- services::HostChanges, on any shard ------------------------------------------------------

    Task<Status> transfer(base::Shard& here, protocol::GuildId guild, std::string node) override;
    Task<Status> withdraw(base::Shard& here, protocol::GuildId guild) override;
    Task<Status> take_over(base::Shard& here,
                           protocol::GuildId guild,
                           federation::Seed root) override;
    Task<Result<services::Reposted>> repost(base::Shard& here,
                                            protocol::GuildId guild,
                                            services::Salvaged message) override;

    Task<Result<services::Held>> held(base::Shard& here, protocol::GuildId guild) override;

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

  private:
    struct Record;
    struct Stored;
    using Certificate = federation::SignedCertificate;

    // succession.cpp: what is known, and the clock.
    Record* find(protocol::GuildId guild) const;
    Record* find(const Hash32& uid) const;
    /// What is stored of a guild; null when it has no readable genesis.
    Task<Record*> open(protocol::GuildId guild);
    static Result<Stored> read_guild(store::Tx& tx, protocol::GuildId guild);
    Record* add(const Stored& from);
    void refresh(Record& record);
    federation::SuccessorSetup setup(const Record& record) const;
    Task<void> keep_clock();
    void step(Record& record);
    void note_away(Record& record, std::uint64_t delay_ms);
    void want_only(Record& record, const std::set<Hash32>& wanted);
    Task<federation::GuildProgress> progress(protocol::GuildId guild);
    Task<void> run_successor(protocol::GuildId guild);
    Task<void> resume(protocol::GuildId guild);
    Task<void> finish_stand_down(protocol::GuildId guild);
    bool is_settled(const Record& record) const;
    bool is_undecided(const Record& record, const store::hosting::HostingRow& row) const;
    Task<std::optional<store::hosting::HostingRow>> store_chain(protocol::GuildId guild);
    Task<void> return_from_backup(protocol::GuildId guild, std::uint64_t raised);
    Task<void> ask_successors(protocol::GuildId guild);
    bool is_here(protocol::GuildId guild) const { return ctx_.view.guild(guild) != nullptr; }

    // succession_frames.cpp: what others say.
    Task<void> hear_hosting(Inbound inbound, federation::frames::Hosting frame);
    void log_refusal(protocol::GuildId guild, Peer& peer, const std::string& why);
    void answer_who_is_behind(protocol::GuildId guild, std::uint64_t newest, Peer& peer);
    Task<void> hear_vote(Inbound inbound, federation::frames::Vote frame);
    Task<Status> hear(protocol::GuildId guild, Certificate certificate, std::shared_ptr<Peer> from);
    Task<void> complete(protocol::GuildId guild,
                        std::vector<Certificate> certificates,
                        std::shared_ptr<Peer> from);
    Task<Status> accept_offer(protocol::GuildId guild,
                              Certificate offer,
                              std::shared_ptr<Peer> from);
    bool concerns(const Record& record, const Hash32& peer) const;
    bool may_say(const Hash32& guild_uid, Peer& peer) const;
    bool send_certificates(const Record& record, Peer& to) const;
    bool tell(const Record& record, Peer& to) const;
    void tell_all(const Record& record, const Peer* except) const;

    // succession_evidence.cpp: who said two things of one epoch.
    void note_vote(Record& record, const federation::SignedBytes& vote, const SignerKeys& keys);
    void note_certificate(Record& record, const Certificate& certificate, const SignerKeys& keys);
    void convict(Record& record, federation::Evidence evidence);
    Task<void> tell_homes(protocol::GuildId guild);

    // succession_moves.cpp: what this node does.
    Task<Status> perform(protocol::GuildId guild,
                         std::vector<federation::SuccessionAction> actions);
    Task<Status> cast(protocol::GuildId guild, federation::CastVote vote);
    /// Verifies the certificate against the chain as it is; `chain` becomes what it then is.
    Task<Result<federation::HostingStep>> judge(protocol::GuildId guild,
                                                Certificate certificate,
                                                std::shared_ptr<Peer> from,
                                                std::optional<federation::HostingChain>& chain);
    bool must_believe(const Record& record, const std::shared_ptr<Peer>& from) const;
    Task<Status> take_seat(protocol::GuildId guild, Certificate certificate);
    Task<Status> follow(protocol::GuildId guild,
                        Certificate certificate,
                        federation::HostingChain chain);
    Task<Status> transfer_here(protocol::GuildId guild, std::string node);
    Task<Status> offer(protocol::GuildId guild, std::shared_ptr<Peer> to);
    Task<Status> withdraw_here(protocol::GuildId guild);
    Task<Status> take_over_here(protocol::GuildId guild, federation::Seed root);
    Task<Status> come_back(protocol::GuildId guild, Certificate restore);
    Task<Status> on_journal(protocol::GuildId guild, std::string certificate, bool stop_first);
    Task<Status> stand_down(protocol::GuildId guild, federation::HostSeatInfo seat);
    Task<Status> stop_hosting(protocol::GuildId guild);
    Task<void> keep_salvage(protocol::GuildId guild, federation::HostSeatInfo seat);
    Task<Status> pause(protocol::GuildId guild, bool paused);
    Task<bool> until_has_all(protocol::GuildId guild, Hash32 peer);
    Task<bool> until_whole(protocol::GuildId guild);
    void send_offer(Record& record);

    Context& ctx_;
    Peers& peers_;
    Follower follower_;
    Fetch fetch_;
    Unknown unknown_;
    HeldSource held_;
    Repost repost_;
    /// As many as a guild has successors, over a change of its policy.
    static constexpr std::size_t kVotersMax = 32;
    /// Who is behind hears it by the first answer. Less than the 30 s after which an offer comes
    /// again.
    static constexpr Nanos kAnswerGap = std::chrono::seconds(5);
    static constexpr Nanos kRefusalsLogGap = std::chrono::minutes(1);
    /// A node is asked for somebody's later keys once in this time.
    static constexpr Nanos kKeysGap = std::chrono::seconds(30);

    Pauses asked_{kKeysGap};
    /// One change of host of a guild at a time.
    services::KeyedLock lock_;
    std::map<protocol::GuildId, std::unique_ptr<Record>> records_;
    std::map<Hash32, protocol::GuildId> by_uid_;
};

/// What of a guild this node knows about its hosts.
struct Succession::Record {
    protocol::GuildId guild;
    Hash32 uid{};
    federation::PublicKey root_key{};
    federation::HostingChain chain;
    /// While this node is a successor and mirrors the guild.
    std::optional<federation::Successor> successor;
    /// Stored; survives what makes `successor` anew.
    std::optional<federation::SignedBytes> last_vote;
    /// While a transfer is open.
    std::optional<federation::HostSeat> seat;
    /// The step of the clock that it asked for is under way.
    bool busy = false;
    /// Links that are kept for this guild beside those of its mirror.
    std::set<Hash32> wants;
    /// When the past was asked for last, while it is not all here.
    protocol::UnixMs fetched_ms = 0;
    /// A takeover that came while the host was heard here: looked at again when it is away, too.
    std::optional<federation::SignedCertificate> refused;
    /// The newest vote of each successor that came here, and who is known to have said two things.
    std::map<Hash32, federation::SignedBytes> votes;
    std::set<std::pair<federation::EvidenceKind, Hash32>> convicted;
    /// Why the host before was not waited for, where it is still there and lies on: encoded
    /// evidence.
    std::string grounds;
    /// Since when the host has no link; 0: it has one.
    protocol::UnixMs away_since = 0;
    /// How long that was when it was stored last.
    protocol::UnixMs noted_away_ms = 0;
    /// The host before heard that it is no more.
    bool told_previous = false;
    /// Who was answered with the chain, and whose certificates the log named as refused.
    Pauses answered{kAnswerGap};
    Pauses logged{kRefusalsLogGap};
};

}  // namespace guildhall::peering
