#include "client-qml/settings/model/guild_rights.h"

namespace guildhall::client {

void GuildRights::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_id_) return;
    channel_id_ = id;
    place_changed();
}

bool GuildRights::opensSettings() const {
    return canManageGuild() || canManageChannels() || canManageRoles() || canBan() || canKick() ||
           canTimeout() || canManageNicknames() || canSeeAudit();
}

bool GuildRights::outranks(const QString& userId) const {
    if (!guild()) return false;
    const Snowflake id = snowflake(QStringView(userId));
    const Member* other = state()->member(guild_id(), id);
    if (!other || id == state()->self().id) return false;
    return client::outranks(*guild(), state()->me(guild_id()), Subject::of(*other));
}

}  // namespace guildhall::client
