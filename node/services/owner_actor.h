#pragma once
// What the node's operator does to a guild that is hosted here, without being a member.

#include "node/services/actor.h"
#include "node/services/context.h"

namespace guildhall::services {

/// With the rights of the guild's owner; in the owner's name only where that is this node's user.
inline Actor owner_actor(const Context& ctx, const protocol::GuildState& guild) {
    const protocol::SharedUser* owner = ctx.view.user(guild.guild.ownerId);
    const bool is_own = owner && (*owner)->home_uid.empty();
    return {.user = guild.guild.ownerId, .unnamed = !is_own};
}

}  // namespace guildhall::services
