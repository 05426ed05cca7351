#pragma once
// ChannelTreeModel: the channels of a guild that one may see, below their categories, with what is
// unread; for no guild the direct messages. A closed category still shows what is unread in it.
// Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

namespace guildhall::client {

class ChannelTreeModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY accountChanged)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY guildChanged)
    Q_PROPERTY(QString guildName READ guildName NOTIFY guildDetailsChanged)
    Q_PROPERTY(bool canManage READ canManage NOTIFY guildDetailsChanged)
    Q_PROPERTY(bool canInvite READ canInvite NOTIFY guildDetailsChanged)
    Q_PROPERTY(bool canManageGuild READ canManageGuild NOTIFY guildDetailsChanged)
    Q_PROPERTY(bool isOwner READ isOwner NOTIFY guildDetailsChanged)
    Q_PROPERTY(bool unavailable READ unavailable NOTIFY guildDetailsChanged)
    /// The open channel is shown also in a closed category.
    Q_PROPERTY(QString currentId READ currentId WRITE setCurrentId NOTIFY currentChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    enum Role {
        KindRole = Qt::UserRole + 1,  // category text voice announcement forum direct group
        IdRole,
        NameRole,
        TopicRole,
        UnreadRole,
        MentionsRole,
        OpenRole,    // of a category
        LockedRole,  // @everyone may not see it
        MutedRole,
        AvatarRole,  // of a direct message
        TypingRole,
    };

    explicit ChannelTreeModel(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    QString currentId() const { return id_text(current_); }
    void setCurrentId(const QString& channel);
    QString guildName() const;
    bool canManage() const;
    bool canInvite() const;
    bool canManageGuild() const;
    bool isOwner() const;
    bool unavailable() const;

    Q_INVOKABLE void toggleCategory(const QString& category);
    Q_INVOKABLE void markRead(const QString& channel);
    Q_INVOKABLE int rowOf(const QString& channel) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void accountChanged();
    void guildChanged();
    void guildDetailsChanged();
    void currentChanged();
    void countChanged();

  private:
    void rebuild();
    void tell(Snowflake channel);
    std::vector<Snowflake> wanted() const;
    bool is_shown_when_closed(Snowflake channel) const;
    bool is_in_closed(Snowflake channel) const;
    void on_setting(const QString& name);
    bool is_muted(Snowflake channel) const;
    bool may(Permissions bit) const;
    QSet<Snowflake> read_set(const QString& setting) const;
    void write_set(const QString& setting, const QSet<Snowflake>& ids);
    QVariant channel_data(const Channel& channel, int role) const;

    QPointer<Account> account_;
    Snowflake guild_ = 0, current_ = 0;
    std::vector<Snowflake> rows_;
    QSet<Snowflake> closed_;
};

}  // namespace guildhall::client
