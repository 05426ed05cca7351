#include "node/services/permission.h"

#include "protocol/errors.h"

namespace guildhall::services {

using protocol::Channel;
using protocol::make_error;
using protocol::Member;
using protocol::Result;
using protocol::Role;
namespace permissions = protocol::permissions;

namespace {

auto role_finder(const GuildState& guild) {
    return [&guild](RoleId id) { return guild.roles.find(id); };
}

}  // namespace

Permissions guild_permissions(const GuildState& guild, UserId user) {
    return Access(guild, user).base();
}

Permissions guild_permissions(const GuildState& guild, UserId user, UnixMs now) {
    return Access(guild, user).in_guild(now);
}

Permissions channel_permissions(const GuildState& guild,
                                UserId user,
                                ChannelId channel,
                                UnixMs now) {
    const Channel* c = guild.channels.find(channel);
    return c ? Access(guild, user).in_channel(*c, now) : permissions::kNone;
}

bool can_view_channel(const GuildState& guild, UserId user, ChannelId channel) {
    const Channel* c = guild.channels.find(channel);
    return c && Access(guild, user).can_view(*c);
}

RoleRank top_rank(const GuildState& guild, UserId user) {
    const Member* member = guild.members.find(user);
    const std::span<const RoleId> none;
    return protocol::highest_rank(
        guild.guild.id, member ? std::span<const RoleId>(member->roles) : none, role_finder(guild));
}

bool outranks_member(const GuildState& guild, UserId actor, UserId target) {
    if (actor == target) return false;
    // Somebody outside the guild has no rank at all, not even that of a member without roles.
    if (!guild.members.find(target)) return !guild.is_owner(target);
    return protocol::outranks(
        guild.guild.ownerId, actor, top_rank(guild, actor), target, top_rank(guild, target));
}

bool outranks_role(const GuildState& guild, UserId actor, const Role& role) {
    return protocol::outranks_role(
        guild.guild.ownerId, actor, top_rank(guild, actor), protocol::rank_of(role));
}

Result<const GuildState*> require_member(const GuildState* guild, UserId user) {
    if (!guild || guild->deleted || !guild->members.find(user))
        return make_error(protocol::kUnknownGuild);
    return guild;
}

Result<const GuildState*> require_guild(const GuildState* guild,
                                        UserId user,
                                        Permissions wanted,
                                        UnixMs now) {
    TRY(const GuildState* g, require_member(guild, user));
    if (!guild_permissions(*g, user, now).has(wanted))
        return make_error(protocol::kMissingPermissions);
    return g;
}

Result<const Channel*> require_visible(const GuildState* guild, UserId user, ChannelId channel) {
    if (!guild || guild->deleted) return make_error(protocol::kUnknownChannel);
    const Channel* c = guild->channels.find(channel);
    if (!c) return make_error(protocol::kUnknownChannel);
    if (!Access(*guild, user).can_view(*c)) return make_error(protocol::kMissingAccess);
    return c;
}

Result<const Channel*> require_channel(
    const GuildState* guild, UserId user, ChannelId channel, Permissions wanted, UnixMs now) {
    TRY(const Channel* c, require_visible(guild, user, channel));
    if (!Access(*guild, user).in_channel(*c, now).has(wanted))
        return make_error(protocol::kMissingPermissions);
    return c;
}

}  // namespace guildhall::services
