#pragma once
// A bot comes into a guild, which OAuth2 authorisation brings about: it becomes a member with a
// managed role of its own and the permissions asked for, as far as the actor has them. A bot that
// is in already gets its role's permissions renewed. Called on any shard; decides on the guild's.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/permissions.h"

#include <string>

namespace guildhall::services {

/// Needs MANAGE_GUILD (50013; 10004 for who is no member). `role_name` names a new role. 40007 for
/// a banned bot, 30001 for one in too many guilds, 50010 for a user that is no bot.
Task<Status> bring_bot(Context& ctx,
                       const Actor& actor,
                       protocol::GuildId guild,
                       protocol::UserId bot,
                       std::string role_name,
                       protocol::Permissions asked);

}  // namespace guildhall::services
