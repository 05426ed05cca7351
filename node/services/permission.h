#pragma once
// What a member may do: the permission algorithm of protocol/permissions.h over a guild's state,
// and the checks that verbs begin with. Pure functions; any thread.
//
// Which error a check gives is a rule of the whole API:
//   guild routes      who is not a member             10004 Unknown Guild (404)
//                     who lacks a permission          50013 Missing Permissions (403)
//   channel routes    a channel that does not exist   10003 Unknown Channel (404)
//                     who cannot see it               50001 Missing Access (403)
//                     who sees it, lacks another bit  50013 Missing Permissions (403)
// Two-factor authentication does not exist on this node yet, and mfa_level cannot be set.

#include "protocol/access.h"
#include "protocol/guild_state.h"
#include "protocol/permissions.h"
#include "protocol/result.h"

namespace guildhall::services {

using protocol::Access;
using protocol::ChannelId;
using protocol::GuildState;
using protocol::Permissions;
using protocol::RoleId;
using protocol::RoleRank;
using protocol::UnixMs;
using protocol::UserId;

/// Before any timeout; none for who is not a member.
Permissions guild_permissions(const GuildState& guild, UserId user);
/// With the member's timeout.
Permissions guild_permissions(const GuildState& guild, UserId user, UnixMs now);
/// None for an unknown channel.
Permissions channel_permissions(const GuildState& guild,
                                UserId user,
                                ChannelId channel,
                                UnixMs now);
bool can_view_channel(const GuildState& guild, UserId user, ChannelId channel);

/// The member's highest role; below every role for who has none.
RoleRank top_rank(const GuildState& guild, UserId user);
/// Whether `actor` may kick, ban, rename or time out `target`. A target outside the guild stands
/// below everybody. Nobody outranks himself.
bool outranks_member(const GuildState& guild, UserId actor, UserId target);
/// Whether `actor` may edit, move, delete or give away the role.
bool outranks_role(const GuildState& guild, UserId actor, const protocol::Role& role);

/// The guild, if there is one and the user is in it: 10004 otherwise.
protocol::Result<const GuildState*> require_member(const GuildState* guild, UserId user);
/// The same, and `wanted` in the guild: 50013 otherwise.
protocol::Result<const GuildState*> require_guild(const GuildState* guild,
                                                  UserId user,
                                                  Permissions wanted,
                                                  UnixMs now);
/// The channel, if the user can see it. A null guild has no channels.
protocol::Result<const protocol::Channel*> require_visible(const GuildState* guild,
                                                           UserId user,
                                                           ChannelId channel);
/// The same, and `wanted` in the channel.
protocol::Result<const protocol::Channel*> require_channel(
    const GuildState* guild, UserId user, ChannelId channel, Permissions wanted, UnixMs now);

}  // namespace guildhall::services
