#pragma once
// Profile: one person as the card shows them: names, node, roles, and what one may do to them.
// Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/core/models/node_book.h"

#include <QPointer>

namespace guildhall::client {

class Profile : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY changed)
    Q_PROPERTY(QString userId READ userId WRITE setUserId NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString username READ username NOTIFY changed)
    Q_PROPERTY(QString avatar READ avatar NOTIFY changed)
    Q_PROPERTY(QString status READ status NOTIFY changed)
    Q_PROPERTY(QString statusText READ statusText NOTIFY changed)
    Q_PROPERTY(bool bot READ bot NOTIFY changed)
    Q_PROPERTY(bool self READ self NOTIFY changed)
    /// Empty for people of one's own node.
    Q_PROPERTY(QString node READ node NOTIFY changed)
    /// What is known of that node, in plain words.
    Q_PROPERTY(QString nodeText READ nodeText NOTIFY changed)
    Q_PROPERTY(bool nodeKnown READ nodeKnown NOTIFY changed)
    Q_PROPERTY(bool nodeVerified READ nodeVerified NOTIFY changed)
    Q_PROPERTY(QString joined READ joined NOTIFY changed)
    Q_PROPERTY(QString timeout READ timeout NOTIFY changed)
    /// Rows {name, color}.
    Q_PROPERTY(QVariantList roles READ roles NOTIFY changed)
    Q_PROPERTY(QString note READ note WRITE setNote NOTIFY changed)
    Q_PROPERTY(bool canNick READ canNick NOTIFY changed)
    Q_PROPERTY(bool canRoles READ canRoles NOTIFY changed)
    Q_PROPERTY(bool canTimeout READ canTimeout NOTIFY changed)
    Q_PROPERTY(bool canKick READ canKick NOTIFY changed)
    Q_PROPERTY(bool canBan READ canBan NOTIFY changed)
    Q_PROPERTY(bool canMakeOwner READ canMakeOwner NOTIFY changed)

  public:
    using QObject::QObject;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    QString userId() const { return id_text(user_); }
    void setUserId(const QString& user);

    bool known() const { return user() != nullptr; }
    QString name() const;
    QString username() const;
    QString avatar() const;
    QString status() const;
    QString statusText() const;
    bool bot() const;
    bool self() const;
    QString node() const;
    QString nodeText() const;
    /// Whether one's node has said by now what it knows of nodes.
    bool nodeKnown() const;
    bool nodeVerified() const;
    QString joined() const;
    QString timeout() const;
    QVariantList roles() const;
    QString note() const;
    void setNote(const QString& note);
    bool canNick() const;
    bool canRoles() const;
    bool canTimeout() const;
    bool canKick() const;
    bool canBan() const;
    bool canMakeOwner() const;

  signals:
    void changed();

  private:
    const User* user() const;
    const Member* member() const;
    bool may(Permissions bit) const;
    const NodeBook::Peer* peer() const;

    QPointer<Account> account_;
    Snowflake guild_ = 0, user_ = 0;
};

}  // namespace guildhall::client
