#pragma once
// Online: who is online somewhere on the node, for the approximate counts of guilds and invites.
// One per shard, fed by the Bus like the View; used on its shard.

#include "node/journal/bus.h"
#include "protocol/guild_state.h"

#include <unordered_set>

namespace guildhall::services {

class Online final : public journal::Subscriber {
  public:
    /// Members of the guild that are online, the invisible not counted.
    std::size_t count(const protocol::GuildState& guild) const;

    void on_ephemeral(const journal::Ephemeral& ephemeral) override;

  private:
    std::unordered_set<protocol::UserId> users_;
};

}  // namespace guildhall::services
