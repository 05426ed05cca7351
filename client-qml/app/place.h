#pragma once
// Place: what the header and the banners say of where one is: the channel's name and topic, how
// the line stands, whether the guild can be written to. Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"

namespace guildhall::client {

class Place : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY changed)
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY changed)
    Q_PROPERTY(QString channelName READ channelName NOTIFY changed)
    Q_PROPERTY(QString guildName READ guildName NOTIFY changed)
    Q_PROPERTY(QString topic READ topic NOTIFY changed)
    Q_PROPERTY(QString kind READ kind NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// It is for adults, and nobody said yet that they want to see it.
    Q_PROPERTY(bool gated READ gated NOTIFY changed)
    /// Nothing was ever heard of any guild: neither cache nor node.
    Q_PROPERTY(bool empty READ empty NOTIFY changed)
    Q_PROPERTY(bool hasDirect READ hasDirect NOTIFY changed)

  public:
    using QObject::QObject;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    QString channelName() const;
    QString guildName() const;
    QString topic() const;
    QString kind() const;
    bool known() const { return channel() != nullptr; }
    bool gated() const;
    bool empty() const;
    bool hasDirect() const;

    /// Until the program ends.
    Q_INVOKABLE void admit();

  signals:
    void changed();

  private:
    const Channel* channel() const;

    QPointer<Account> account_;
    Snowflake guild_ = 0, channel_ = 0;
    QSet<Snowflake> admitted_;
};

}  // namespace guildhall::client
