#pragma once
// Departures: ends memberships that a temporary invite gave, once their user has left. Whose
// session ended is looked at again kAwayAfter later, so that a client that begins anew at once
// keeps its guilds; who then has a session on no shard leaves them. Sessions that end with the node
// end without a word: who was a temporary member before this start has one resume window to come
// back, counted from the shard's first sweep. Owned by Hub; on its shard.

#include "node/base/clock.h"
#include "node/base/task.h"
#include "node/gateway/limits.h"
#include "node/gateway/world.h"

#include <map>
#include <vector>

namespace guildhall::gateway {

class Gateway;

class Departures {
  public:
    Departures(World& world, Gateway& gateway)
        : world_(world), gateway_(gateway), started_ms_(world.ctx.clock.unix_ms()) {}

    /// A session of the user ended and will not resume.
    void session_ended(protocol::UserId user);
    void sweep();
    bool has_work() const { return !due_.empty(); }

  private:
    void note_earlier_members();
    struct Due {
        base::Nanos at{0};
        /// How long after that the next try is, should this one fail.
        base::Nanos retry{0};
    };
    void note(protocol::UserId user, base::Nanos wait, base::Nanos retry = limits::kAwayAfter);
    std::vector<protocol::GuildId> temporary_guilds(protocol::UserId user) const;
    base::Task<void> depart(protocol::UserId user, base::Nanos retry);

    World& world_;
    Gateway& gateway_;
    const protocol::UnixMs started_ms_;
    bool noted_earlier_ = false;
    /// When to look at whom; at most the users with temporary memberships.
    std::map<protocol::UserId, Due> due_;
};

}  // namespace guildhall::gateway
