#pragma once
// GuildCreate: a new guild, or the way into one by an invite. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class GuildCreate : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name MEMBER name_ NOTIFY changed)
    /// A data URI; empty: none.
    Q_PROPERTY(QString icon MEMBER icon_ NOTIFY changed)
    /// What somebody pasted: CODE, CODE@NODE, or a link of either.
    Q_PROPERTY(QString invite READ invite WRITE setInvite NOTIFY changed)
    Q_PROPERTY(QString nameError READ nameError NOTIFY changed)
    Q_PROPERTY(QString inviteError READ inviteError NOTIFY changed)
    Q_PROPERTY(bool canCreate READ canCreate NOTIFY changed)
    Q_PROPERTY(bool canJoin READ canJoin NOTIFY changed)
    /// What the invite leads to, once `look` was answered: {name, icon, id, members, node}.
    Q_PROPERTY(QVariantMap preview READ preview NOTIFY changed)

  public:
    explicit GuildCreate(QObject* parent = nullptr);

    QString invite() const { return invite_; }
    void setInvite(const QString& text);
    QString nameError() const { return name_error_; }
    QString inviteError() const { return invite_error_; }
    bool canCreate() const;
    bool canJoin() const { return !code_.isEmpty() && !busy(); }
    QVariantMap preview() const { return preview_; }

    Q_INVOKABLE void create();
    Q_INVOKABLE void look();
    Q_INVOKABLE void join();

  signals:
    void changed();
    /// One is a member now; the channel is where the invite leads, or empty.
    void entered(const QString& guildId, const QString& channelId);

  private:
    void show_preview(const QJsonObject& invite);
    void fail_invite(const ApiError& error);
    QString invite_path() const;

    QString name_, icon_, invite_, code_, name_error_, invite_error_;
    QVariantMap preview_;
};

/// "CODE" or "CODE@NODE" as the API takes it, of a text or link; empty for anything else.
QString invite_code(const QString& text);

}  // namespace guildhall::client
