#pragma once
// Attention: which guilds somebody on this node looks at, from who has sessions; and which nodes a
// hosted guild's members live on. Both only when asked for, from what changed since. Owned by
// Ephemera; on the shard of peering.

#include "federation/bytes.h"
#include "node/journal/bus.h"
#include "node/journal/view.h"

#include <set>
#include <unordered_map>
#include <unordered_set>

namespace guildhall::peering {

class Attention {
  public:
    explicit Attention(const journal::View& view) : view_(view) {}

    void on_watching(const journal::Watching& watching);
    /// Members came, went or moved.
    void on_members(protocol::GuildId guild);

    bool is_looked_at(protocol::GuildId guild);
    /// Homes of the guild's members; the host's own not left out.
    const std::set<federation::Hash32>& homes(const protocol::GuildState& guild);

  private:
    const journal::View& view_;
    /// Shards on which each user has sessions.
    std::unordered_map<protocol::UserId, unsigned> watchers_;
    bool stale_ = false;
    std::unordered_set<protocol::GuildId> looked_at_;
    std::unordered_map<protocol::GuildId, std::set<federation::Hash32>> homes_;
};

}  // namespace guildhall::peering
