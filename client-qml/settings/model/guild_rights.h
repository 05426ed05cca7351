#pragma once
// GuildRights: what oneself may do in a guild (in a channel of it, where one is given), for menus
// and buttons that are not there for who may not. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class GuildRights : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    Q_PROPERTY(bool isOwner READ isOwner NOTIFY refreshed)
    Q_PROPERTY(bool canManageGuild READ canManageGuild NOTIFY refreshed)
    Q_PROPERTY(bool canManageChannels READ canManageChannels NOTIFY refreshed)
    Q_PROPERTY(bool canManageRoles READ canManageRoles NOTIFY refreshed)
    Q_PROPERTY(bool canManageEmojis READ canManageEmojis NOTIFY refreshed)
    Q_PROPERTY(bool canManageNicknames READ canManageNicknames NOTIFY refreshed)
    Q_PROPERTY(bool canInvite READ canInvite NOTIFY refreshed)
    Q_PROPERTY(bool canKick READ canKick NOTIFY refreshed)
    Q_PROPERTY(bool canBan READ canBan NOTIFY refreshed)
    Q_PROPERTY(bool canTimeout READ canTimeout NOTIFY refreshed)
    Q_PROPERTY(bool canSeeAudit READ canSeeAudit NOTIFY refreshed)
    /// Whether the guild's settings hold anything for oneself to change.
    Q_PROPERTY(bool opensSettings READ opensSettings NOTIFY refreshed)

  public:
    using GuildView::GuildView;

    QString channelId() const { return id_text(channel_id_); }
    void setChannelId(const QString& channel);

    bool isOwner() const { return guild() && guild()->owner == state()->self().id; }
    bool canManageGuild() const { return has(protocol::permissions::kManageGuild); }
    bool canManageChannels() const { return has(protocol::permissions::kManageChannels); }
    bool canManageRoles() const { return has(protocol::permissions::kManageRoles); }
    bool canManageEmojis() const { return has(protocol::permissions::kManageGuildExpressions); }
    bool canManageNicknames() const { return has(protocol::permissions::kManageNicknames); }
    bool canInvite() const { return has(protocol::permissions::kCreateInstantInvite); }
    bool canKick() const { return has(protocol::permissions::kKickMembers); }
    bool canBan() const { return has(protocol::permissions::kBanMembers); }
    bool canTimeout() const { return has(protocol::permissions::kModerateMembers); }
    bool canSeeAudit() const { return has(protocol::permissions::kViewAuditLog); }
    bool opensSettings() const;

    /// Whether one stands above that person, and they are not oneself.
    Q_INVOKABLE bool outranks(const QString& userId) const;

  private:
    bool has(Permissions bit) const { return may(bit, channel_id_); }

    Snowflake channel_id_ = 0;
};

}  // namespace guildhall::client
