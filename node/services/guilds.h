#pragma once
// The verbs of guilds themselves: making, changing, deleting and listing them. One instance per
// shard; verbs run on the guild's shard, create() on any.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/guild.h"

#include <vector>

namespace guildhall::services {

class Guilds {
  public:
    explicit Guilds(Context& ctx) : ctx_(ctx) {}

    /// A new guild of the actor: its genesis signed and its root key kept, with @everyone, the
    /// channels asked for (or a category and #general), and the actor as owner and member.
    Task<Result<protocol::GuildSnapshot>> create(const Actor& actor,
                                                 const protocol::api::GuildCreate& request);
    Task<Result<protocol::GuildSnapshot>> edit(const Actor& actor,
                                               protocol::GuildId guild,
                                               const protocol::api::GuildPatch& request);
    /// On the host, by its operator: the owner's account may be gone for good.
    Task<Result<protocol::GuildSnapshot>> give_to(protocol::GuildId guild, protocol::UserId owner);
    /// The owner's alone.
    Task<Status> remove(const Actor& actor, protocol::GuildId guild);

    /// The guild, for its members (10004 otherwise). On any shard.
    Result<protocol::GuildSnapshot> get(const Actor& actor, protocol::GuildId guild) const;

    struct Page {
        protocol::GuildId before, after;
        std::size_t limit = 200;
    };
    /// The actor's guilds, ascending by id: the last `limit` below `before`, or the first above
    /// `after`. On any shard.
    std::vector<protocol::GuildSnapshot> mine(const Actor& actor, const Page& page) const;

  private:
    Context& ctx_;
};

}  // namespace guildhall::services
