#pragma once
// Presences: who is online, as this shard knows it. What sessions here set is summed up per user
// and published to all shards; what comes from any shard is told to who asked, a few times a second
// at most. Never stored. Owned by Hub; on its shard.

#include "node/base/timer.h"
#include "node/gateway/world.h"
#include "node/journal/committed.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace guildhall::gateway {

class Presences {
  public:
    explicit Presences(World& world) : world_(world) {}
    ~Presences();
    Presences(const Presences&) = delete;
    Presences& operator=(const Presences&) = delete;

    /// A session's client said so; `status` is valid.
    void set(Session& session, OwnPresence presence);
    /// The same at the start of a session: told also where nothing changed, because a session of
    /// the user that only lost its connection still counts as online.
    void begin(Session& session, OwnPresence presence);
    /// The user is a member of a guild now: its people are told that they are online.
    void joined(protocol::UserId user);
    /// A session of the user ended, or lost its connection for good.
    void refresh(protocol::UserId user);

    /// From the Bus.
    void on_presence(const journal::Presence& presence);

    /// Null when the user is offline.
    const journal::Presence* find(protocol::UserId user) const;
    /// The JSON array of who is online in a guild.
    std::string list(const protocol::GuildState& state) const;
    std::size_t online() const { return known_.size(); }

  private:
    journal::Presence sum_up(protocol::UserId user) const;
    void publish(const journal::Presence& presence);
    void tell_later(protocol::UserId user);
    void tell();
    void tell(protocol::UserId user);
    SlotSet listeners(const Feed& feed, std::size_t members) const;

    World& world_;
    const std::shared_ptr<const OwnPresence> online_ =
        std::make_shared<const OwnPresence>(OwnPresence{.status = "online"});
    /// What this shard last published; only users who are online here.
    std::unordered_map<protocol::UserId, journal::Presence> own_;
    std::unordered_map<protocol::UserId, journal::Presence> known_;
    /// Who is told of at the next tick, in the order of their first change; and the same as a set,
    /// because in a storm (a node that was away, everybody back at once) that order is long.
    std::vector<protocol::UserId> changed_;
    std::unordered_set<protocol::UserId> is_changed_;
    base::TimerId timer_;
};

/// Appends one presence object; `guild` 0 leaves guild_id out.
void append_presence(std::string& out,
                     const journal::Presence& presence,
                     protocol::GuildId guild = {});

}  // namespace guildhall::gateway
