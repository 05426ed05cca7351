#pragma once
// MemberActions: what who runs a guild does about one member: nickname, roles, timeout, kick, ban,
// handing the guild over. Fields: nick, and by each role's id whether they have it. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class MemberActions : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString userId READ userId WRITE setUserId NOTIFY placeChanged)
    Q_PROPERTY(QString name READ name NOTIFY refreshed)
    Q_PROPERTY(QString username READ username NOTIFY refreshed)
    Q_PROPERTY(QString avatar READ avatar NOTIFY refreshed)
    /// {key, name, color, has, locked, reason}.
    Q_PROPERTY(guildhall::client::RowList* roles READ roles CONSTANT)
    /// Minutes with their names: {key, name}.
    Q_PROPERTY(guildhall::client::RowList* timeouts READ timeouts CONSTANT)
    /// Days of messages that a ban deletes: {key, name}.
    Q_PROPERTY(guildhall::client::RowList* deleteDays READ deleteDays CONSTANT)
    /// Until when they are in timeout; empty: they are not.
    Q_PROPERTY(QString timeoutUntil READ timeoutUntil NOTIFY refreshed)
    /// Why one may not; empty: one may.
    Q_PROPERTY(QString noNick READ noNick NOTIFY refreshed)
    Q_PROPERTY(QString noTimeout READ noTimeout NOTIFY refreshed)
    Q_PROPERTY(QString noKick READ noKick NOTIFY refreshed)
    Q_PROPERTY(QString noBan READ noBan NOTIFY refreshed)
    Q_PROPERTY(bool canTransfer READ canTransfer NOTIFY refreshed)

  public:
    explicit MemberActions(QObject* parent = nullptr);

    QString userId() const { return id_text(user_id_); }
    void setUserId(const QString& user);
    QString name() const;
    QString username() const;
    QString avatar() const;
    RowList* roles() const { return roles_; }
    RowList* timeouts() const { return timeouts_; }
    RowList* deleteDays() const { return delete_days_; }
    QString timeoutUntil() const;
    QString noNick() const;
    QString noTimeout() const { return why_not_them(protocol::permissions::kModerateMembers); }
    QString noKick() const { return why_not_them(protocol::permissions::kKickMembers); }
    QString noBan() const { return why_not_them(protocol::permissions::kBanMembers); }
    bool canTransfer() const;

    /// 0 minutes ends it.
    Q_INVOKABLE void timeout(int minutes, const QString& reason);
    Q_INVOKABLE void kick(const QString& reason);
    Q_INVOKABLE void ban(int deleteDays, const QString& reason);
    /// Makes them the owner.
    Q_INVOKABLE void transfer();

  signals:
    /// One of the above was done.
    void done();

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;

  private:
    const Member* member() const {
        return state() ? state()->member(guild_id(), user_id_) : nullptr;
    }
    const User* user() const { return state() ? state()->user(user_id_) : nullptr; }
    bool is_self() const { return state() && user_id_ == state()->self().id; }
    QString why_not_them(Permissions bit) const;
    QString member_path() const { return guild_path(QStringLiteral("/members/%1").arg(userId())); }
    QString why_role_locked(const Role& role) const;
    void show_roles();
    void act(Request request);

    RowList *roles_, *timeouts_, *delete_days_;
    Snowflake user_id_ = 0, shown_ = 0;
};

}  // namespace guildhall::client
