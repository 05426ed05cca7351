#pragma once
// RemoteUsers: who the users of other nodes are, here, and this node's users for others. They are
// rows of `users` with a home and without a password, named alice@node; what they look like comes
// as profiles that their home signed, the newest of which wins. Profiles are asked for when a log
// names somebody unknown, and pushed to the nodes that share a guild when one changes. Owned by
// Peering; on the shard of peering.

#include "federation/profile.h"
#include "node/peering/host/visibilities.h"
#include "node/peering/link/key_logs.h"
#include "node/peering/link/peers.h"
#include "node/peering/users/id_claims.h"
#include "protocol/account.h"

#include <deque>
#include <map>
#include <set>

namespace guildhall::peering {

class RemoteUsers final : public PeerObserver, public journal::Subscriber {
  public:
    RemoteUsers(Context& ctx, Peers& peers, Visibilities& visibilities);
    ~RemoteUsers() override;
    RemoteUsers(const RemoteUsers&) = delete;
    RemoteUsers& operator=(const RemoteUsers&) = delete;

    /// What a user of this node shows where it is not known yet: the key log, its genesis first,
    /// and the profile.
    struct Papers {
        std::vector<std::string> key_log;
        std::string profile;
    };
    Task<Result<Papers>> papers(protocol::UserId user);

    /// On a host: somebody of `home` comes, who was not known here: with this key log, and the
    /// profile that the home pushed before. Ends when every shard knows the user. A key log with
    /// events is kept (services::user_key_log).
    Task<Status> arrive(std::shared_ptr<Peer> home,
                        protocol::UserId user,
                        std::vector<std::string> key_log);

    /// The profiles of members that a guild names and nobody here knows, from its host. Ends when
    /// they are here, or are not to be had for now.
    Task<void> fetch_missing(protocol::GuildSnapshot guild);

    /// Users whose nodes are called otherwise than when this node stopped. On the shard of peering.
    void start();

    /// Asks `from` about the homes that a user moved to and that are not known here, for as many as
    /// a user may have had.
    Task<void> meet_homes(std::shared_ptr<Peer> from, federation::KeyLog log);

    /// How nodes are met whose users are met first.
    void set_key_logs(KeyLogs& key_logs) { key_logs_ = &key_logs; }

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_notice(const journal::Notice& notice) override;
    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

    /// Users of one question and one answer: 200 KiB at the most.
    static constexpr std::size_t kBatch = 100;
    /// Users that are waited for, of one host; more are asked for when they are met again.
    static constexpr std::size_t kMissingMax = 20'000;
    /// Profiles of users who are in no guild here yet, of all peers; the oldest goes.
    static constexpr std::size_t kOfferedMax = 256;
    /// Profiles told at once to a peer that was away; others are asked for.
    static constexpr std::size_t kToldMax = 1000;
    /// Users who moved and whose new profile is waited for, of one host; others are shown as they
    /// were until their home says who they are.
    static constexpr std::size_t kMovedMax = 1000;

  private:
    using Missing = std::set<protocol::UserId>;
    struct Offer {
        Hash32 home{};
        protocol::UserId user;
        std::string profile;
    };

    Task<Status> take_in(std::shared_ptr<Peer> home, protocol::UserId user, federation::KeyLog log);
    Task<Status> check_keys(std::shared_ptr<Peer> home,
                            protocol::UserId user,
                            federation::KeyLog log);
    void on_pushed(const Inbound& inbound, std::vector<std::string> profiles);
    void offer(const Hash32& home, protocol::UserId user, std::string profile);
    std::string offered(const Hash32& home, protocol::UserId user);
    void on_get(Inbound inbound, std::vector<std::uint64_t> ids);
    Task<void> answer(Inbound inbound, std::vector<std::uint64_t> ids);
    Task<void> take_all(std::shared_ptr<Peer> from, std::vector<std::string> profiles);
    Task<Status> take(std::string bytes);
    Task<Status> store(federation::Profile profile, std::string bytes, std::string genesis);

    bool is_local(protocol::UserId user) const;
    std::string signed_profile(const protocol::User& user) const;
    std::optional<federation::PublicKey> node_key(const Hash32& node, protocol::UserId user);
    /// Whether what this node knows says that the user lives there.
    bool lives_at(protocol::UserId user, const Hash32& home) const;
    bool moved_to(protocol::UserId user, const Hash32& home) const;
    bool has_part(const protocol::GuildState& guild, const Hash32& node) const;
    bool shares_guild(protocol::UserId user, const Hash32& node) const;
    void miss(const Hash32& host, protocol::UserId user);
    void look_for(const Hash32& host);
    Task<void> ask(Hash32 host);
    Task<bool> ask_batch(std::shared_ptr<Peer> host, std::vector<protocol::UserId> users);
    void tell(const protocol::User& user);
    void rename_soon(const Hash32& node);
    Task<void> rename_all();
    Task<bool> rename(Hash32 node);
    void follow_move(const Hash32& host, protocol::UserId user);
    Task<void> follow_moves(Hash32 host);
    void relay(protocol::UserId user, const Hash32& home, const std::string& profile);

    Context& ctx_;
    IdClaims claims_;
    Peers& peers_;
    Visibilities& visibilities_;
    KeyLogs* key_logs_ = nullptr;
    std::map<Hash32, Missing> missing_;
    std::deque<Offer> offers_;
    /// Who moved to another node, by the host that knows more, and until when it is asked.
    std::map<Hash32, std::map<protocol::UserId, Nanos>> moved_;
    /// Nodes whose users have to be renamed, while that is done.
    std::set<Hash32> renamed_;
    bool renaming_ = false;
    /// Hosts that are being asked.
    std::set<Hash32> asking_;
};

}  // namespace guildhall::peering
