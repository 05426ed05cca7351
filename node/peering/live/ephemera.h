#pragma once
// Ephemera: typing and presence between nodes. A node tells others only of its own users, and only
// nodes that said that somebody there looks (`interest`); the host of a guild passes on what it
// hears to the guild's other nodes. Nothing is stored, and what is lost is lost; when a link ends,
// everybody who was known by it is offline.
//
// What comes from elsewhere goes to this node's sessions by the Bus, and only what comes from them
// goes out, so that nothing goes in circles: a user has one home.
//
// Owned by Peering; on the shard of peering, where it is subscribed.

#include "node/peering/host/visibilities.h"
#include "node/peering/link/peers.h"
#include "node/peering/live/attention.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace guildhall::peering {

class Ephemera final : public PeerObserver, public journal::Subscriber {
  public:
    Ephemera(Context& ctx, Peers& peers, Visibilities& visibilities);
    ~Ephemera() override;

    void on_open(const std::shared_ptr<Peer>& peer) override;
    void on_closed(const std::shared_ptr<Peer>& peer) override;
    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;
    void on_ephemeral(const journal::Ephemeral& ephemeral) override;

    /// Users of other nodes who are online here.
    std::size_t known() const { return known_.size(); }

    /// Of one user, to other nodes.
    static constexpr std::chrono::seconds kPresenceEvery{20};
    /// Beyond it a guild's presence stays where it is: nobody reads a list of so many.
    static constexpr std::size_t kPresenceMembersMax = 1'000;

  private:
    using Item = federation::frames::Ephemeral;
    struct Flags {
        bool typing = false, presence = false;
        friend bool operator==(const Flags&, const Flags&) = default;
    };
    using Interests = std::map<Hash32, std::unordered_map<protocol::GuildId, Flags>>;

    /// A user of another node who is online.
    struct Known {
        journal::Presence presence;
        protocol::UnixMs ts_ms = 0;
        Hash32 home{};
        /// The peers that say so: the home, and hosts of guilds that we share with it.
        std::vector<Hash32> sources;
    };

    // Interest (ephemera_interest.cpp).
    void on_interest(const Inbound& in, const federation::frames::Interest& interest);
    void think_again(Nanos after);
    void tick();
    void tell_interests();
    Flags interest_in(const protocol::GuildState& guild, const Hash32& peer);
    Flags wanted(const Hash32& peer, protocol::GuildId guild) const;
    bool is_host(const protocol::GuildState& guild, const Hash32& uid) const;
    void send_all_presences(const Hash32& peer, const protocol::GuildState& guild);
    /// Calls `each(peer, guild)` once for each peer that is to hear of the user, not `except`.
    template <class Each>
    void for_each_listener(protocol::UserId user, const Hash32* except, Each each);

    // What goes out.
    void on_own_typing(const journal::Typing& typing);
    void on_own_presence(const journal::Presence& presence);
    void tell_due();
    void tell_joined(protocol::UserId user);
    void tell_presence(protocol::UserId user, const journal::Presence* now);
    void pass_on(protocol::UserId user, const Hash32& from);
    void tell_typing(const protocol::GuildState& guild, const Item& item, const Hash32* except);
    void put(const Hash32& peer, Item item);
    void flush();

    // What comes in.
    void on_items(Inbound in, federation::frames::Ephemerals items);
    void on_item(const Hash32& from, Item& item);
    void on_typing_item(const Hash32& from, const protocol::GuildState& guild, const Item& item);
    void on_presence_item(const Hash32& from, const Hash32& home, Item& item);
    void set_offline(protocol::UserId user, const Hash32& from);

    /// Our own uid for who is no member anywhere.
    Hash32 home_of(protocol::UserId user) const;
    const Hash32& own() const { return ctx_.identity.uid; }

    Context& ctx_;
    Peers& peers_;
    Visibilities& visibilities_;
    Attention attention_;
    /// What we told each peer that we want; what each peer wants.
    Interests told_, wants_;
    std::unordered_map<protocol::UserId, Known> known_;
    /// This node's users who are online, those with news for others, and when each was last told.
    std::unordered_map<protocol::UserId, journal::Presence> online_;
    std::map<protocol::UserId, Nanos> due_;
    std::unordered_map<protocol::UserId, Nanos> last_told_;
    std::map<Hash32, std::vector<Item>> outbox_;
    bool flushing_ = false;
    bool interests_stale_ = false;
    base::TimerId timer_;
    base::Counter& dropped_;
};

}  // namespace guildhall::peering
