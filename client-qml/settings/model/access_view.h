#pragma once
// AccessView: what somebody may see and do, and why: oneself, another member, or "somebody with
// this role" (view as role). By channel, and permission by permission. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class AccessView : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// Empty: in the guild as a whole.
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    /// Empty: oneself, or who has the role.
    Q_PROPERTY(QString userId READ userId WRITE setUserId NOTIFY placeChanged)
    /// View as who has only this role; the guild's id is @everyone; empty: a real member.
    Q_PROPERTY(QString roleId READ roleId WRITE setRoleId NOTIFY placeChanged)
    /// This permission is listed first; -1: none.
    Q_PROPERTY(int bit READ bit WRITE setBit NOTIFY placeChanged)
    /// {key, name, description, group, allowed, why}.
    Q_PROPERTY(guildhall::client::RowList* permissions READ permissions CONSTANT)
    /// {key, name, glyph, isCategory, inCategory, canSee, why}.
    Q_PROPERTY(guildhall::client::RowList* channels READ channels CONSTANT)
    /// {key, name}: @everyone and the roles.
    Q_PROPERTY(guildhall::client::RowList* roles READ roles CONSTANT)
    Q_PROPERTY(QString who READ who NOTIFY refreshed)
    Q_PROPERTY(QString where READ where NOTIFY refreshed)

  public:
    explicit AccessView(QObject* parent = nullptr);

    QString channelId() const { return id_text(channel_id_); }
    void setChannelId(const QString& channel) { move(channel_id_, channel); }
    QString userId() const { return id_text(user_id_); }
    void setUserId(const QString& user) { move(user_id_, user); }
    QString roleId() const { return id_text(role_id_); }
    void setRoleId(const QString& role) { move(role_id_, role); }
    int bit() const { return bit_; }
    void setBit(int bit);
    RowList* permissions() const { return permissions_; }
    RowList* channels() const { return channels_; }
    RowList* roles() const { return roles_; }
    QString who() const;
    QString where() const;

  protected:
    void refresh() override;

  private:
    void move(Snowflake& place, const QString& to);
    Subject subject() const;
    bool is_me() const { return user_id_ == 0 && role_id_ == 0; }
    QString why(const Channel* channel, Permissions bit) const;
    void show_permissions();
    void show_channels();
    void show_roles();

    RowList *permissions_, *channels_, *roles_;
    Snowflake channel_id_ = 0, user_id_ = 0, role_id_ = 0;
    int bit_ = -1;
};

}  // namespace guildhall::client
