#pragma once
// Session: what survives a connection: who it is, what it was told (the ring) and which guilds it
// follows. A dispatch is numbered here, kept, and sent when a connection is attached; when much
// waits there already, it follows from the ring. Something long is sent by a Pump, piece by piece
// as the socket drains. Owned by World, on one shard.

#include "node/gateway/codes.h"
#include "node/gateway/outlet.h"
#include "node/gateway/ring.h"
#include "protocol/account.h"
#include "protocol/ids.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::gateway {

class Feed;
class Session;

/// What IDENTIFY said, checked. A plain value.
struct Identity {
    protocol::UserId user;
    protocol::TokenHash token{};
    std::uint64_t capabilities = 0;
    std::uint32_t intents = intent::kAll;
    std::uint16_t shard_id = 0, shard_count = 1;
    std::uint16_t large_threshold = 50;
    std::uint8_t version = 10;
    bool bot = false;
    bool compress = false;
    /// "mobile", "web" or "desktop": the key of client_status.
    std::uint8_t client = 0;

    bool wants(std::uint32_t bits) const { return bits == 0 || (intents & bits) != 0; }
    bool has_guild(protocol::GuildId guild) const {
        return shard_count <= 1 || (guild.value >> 22) % shard_count == shard_id;
    }
};

/// One presence as a client set it. Sessions that set none share one.
struct OwnPresence {
    std::string status;
    /// JSON array.
    std::string activities = "[]";
};

/// Something long under way: a reconnecting client's guilds, a replay, member chunks.
class Pump {
  public:
    virtual ~Pump() = default;
    /// Sends the next piece; false when nothing is left.
    virtual bool step(Session& session) = 0;
    /// Whether the session is of no use if the connection ends before this did.
    virtual bool is_essential() const { return false; }
};

class Session {
    // What every dispatch touches comes first: one line of the cache.
    Ring ring_;
    Outlet* outlet_ = nullptr;
    std::unique_ptr<std::vector<RecordRef>> held_;
    bool replaying_ = false;
    bool pumping_ = false;

  public:
    Session(std::string id, const Identity& who) : who_(who), id_(std::move(id)) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const std::string& id() const { return id_; }
    const Identity& who() const { return who_; }
    protocol::UserId user() const { return who_.user; }
    Ring& ring() { return ring_; }
    const Ring& ring() const { return ring_; }

    /// Numbers, keeps and sends.
    void dispatch(const RecordRef& record);
    /// Asks the processor for what dispatch() will touch: with a thousand sessions none of it is in
    /// its caches, and waiting for it is what most of a fan-out's time goes to.
    void prefetch() const {
        __builtin_prefetch(outlet_);
        ring_.prefetch_next();
    }
    /// The same for what only this session gets and is not kept: missing it, it begins anew. During
    /// a replay it is kept, in its place. `name` is of static storage.
    void dispatch_own(std::string_view name, std::string_view d);

    Outlet* outlet() const { return outlet_; }
    void attach(Outlet& outlet) { outlet_ = &outlet; }
    /// False when the session cannot go on later. `now` starts its wait for a RESUME.
    bool detach(std::chrono::nanoseconds now);
    bool is_expired(std::chrono::nanoseconds now) const;
    /// Without a connection for so long that its user is no longer shown as online.
    bool is_away(std::chrono::nanoseconds now) const;

    void add_pump(std::unique_ptr<Pump> pump);
    std::size_t pumps() const { return pumps_.size(); }
    bool has_essential_pump() const;
    /// Whether its pumps have looked at as much as a turn allows, and go on in a later one whatever
    /// the socket takes.
    bool is_searching() const;
    /// Sends pieces of what is long while the socket takes them.
    void pump();

    /// Replays from `s` on, then RESUMED, then live dispatches.
    void replay_after(std::uint64_t s, std::string resumed);
    bool is_replaying() const { return replaying_; }

    /// While another shard or the log is asked for what came before, live dispatches wait here.
    void hold() { held_ = std::make_unique<std::vector<RecordRef>>(); }
    bool is_held() const { return held_ != nullptr; }
    std::vector<RecordRef> release();

    struct GuildSlot {
        Feed* feed;
        std::uint32_t slot;
    };
    std::vector<GuildSlot> guilds;
    /// Guilds whose member list or presences a user client asked for (op 14, 37); ascending.
    std::vector<protocol::GuildId> subscribed;
    /// Null while the session is away. Shared, because most sessions have the same.
    std::shared_ptr<const OwnPresence> presence;
    /// The last `s` written down, and when.
    std::uint64_t saved_s = ~0ull;
    std::chrono::nanoseconds saved_at{0};
    /// Which connection it has, when it has one.
    std::uint64_t connection_number = 0;
    /// Its pumps go on at the turn's end.
    bool waits_for_turn = false;
    /// Members that its pumps looked at, sorted or merged since Hub last counted them.
    std::uint32_t looked_at = 0;

    bool is_subscribed(protocol::GuildId guild) const;

  private:
    friend class ReplayPump;

    void fall_behind(std::uint64_t s);
    /// The client is too far behind to be told the rest; it may resume.
    void give_up();

    /// What a replay sends next.
    std::uint64_t replay_next_ = 0;
    std::vector<std::unique_ptr<Pump>> pumps_;
    std::chrono::nanoseconds detached_at_{0};
    const Identity who_;
    const std::string id_;
};

}  // namespace guildhall::gateway
