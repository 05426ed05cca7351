#pragma once
// The verbs of roles: what a guild's ranks are and who holds them. Who may do what follows from the
// hierarchy (protocol/permissions.h): one edits, moves and gives away only roles below one's own,
// and grants only what one has. One instance per shard; each verb runs on the guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/role.h"

#include <vector>

namespace guildhall::services {

class Roles {
  public:
    explicit Roles(Context& ctx) : ctx_(ctx) {}

    Task<Result<protocol::Role>> create(const Actor& actor,
                                        protocol::GuildId guild,
                                        const protocol::api::RoleCreate& request);
    Task<Result<protocol::Role>> edit(const Actor& actor,
                                      protocol::GuildId guild,
                                      protocol::RoleId role,
                                      const protocol::api::RolePatch& request);
    Task<Status> remove(const Actor& actor, protocol::GuildId guild, protocol::RoleId role);
    /// The roles take the order asked for and are numbered from 1 without gaps. Answers with the
    /// guild, which holds all roles.
    Task<Result<protocol::GuildSnapshot>> move(const Actor& actor,
                                               protocol::GuildId guild,
                                               const protocol::api::RolePositions& request);
    /// Gives the role to the member or takes it away; nothing happens when it is so already.
    Task<Status> assign(const Actor& actor,
                        protocol::GuildId guild,
                        protocol::UserId member,
                        protocol::RoleId role,
                        bool held);

  private:
    Context& ctx_;
};

}  // namespace guildhall::services
