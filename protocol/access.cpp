#include "protocol/access.h"

namespace guildhall::protocol {
namespace {

auto role_finder(const GuildState& guild) {
    return [&guild](RoleId id) { return guild.roles.find(id); };
}

}  // namespace

Access::Access(const GuildState& guild, UserId user)
    : guild_(guild),
      member_(guild.members.find(user)),
      subject_{.user = user, .roles = {}, .timeout_until = 0} {
    if (!member_) return;
    subject_.roles = member_->roles;
    subject_.timeout_until = member_->timeoutMs;
    base_ = base_permissions(guild.guild.id, guild.guild.ownerId, subject_, role_finder(guild));
}

Permissions Access::in_guild(UnixMs now) const { return apply_timeout(base_, subject_, now); }

Permissions Access::in_channel(const Channel& channel, UnixMs now) const {
    if (!member_) return permissions::kNone;
    return channel_permissions(
        base_, guild_.guild.id, subject_, channel.overwrites, channel.type, now);
}

bool Access::can_view(const Channel& channel) const {
    if (!member_) return false;
    return apply_overwrites(base_, guild_.guild.id, subject_, channel.overwrites)
        .has(permissions::kViewChannel);
}

RoleRank Access::top_rank() const {
    return highest_rank(guild_.guild.id, subject_.roles, role_finder(guild_));
}

}  // namespace guildhall::protocol
