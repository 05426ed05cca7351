#pragma once
// MemberListModel: the members of a guild by the roles that are shown apart, then online, then
// offline; of a large guild the part that is looked at, asked for by ranges (opcode 14). Owned by
// QML; GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>

namespace guildhall::client {

class MemberListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY accountChanged)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY placeChanged)
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    /// Only who has this in a name.
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY placeChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    enum Role {
        KindRole = Qt::UserRole + 1,  // "group" or "member"
        IdRole,
        NameRole,   // of the person, or of the group
        CountRole,  // of a group
        AvatarRole,
        StatusRole,
        ColorRole,  // "#rrggbb" or empty
        NoteRole,   // custom status or activity
        BotRole,
        NodeRole,  // of people of other nodes
        OwnerRole,
    };

    explicit MemberListModel(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    QString filter() const { return filter_; }
    void setFilter(const QString& filter);

    /// These rows are looked at: members there are asked for where they are not known.
    Q_INVOKABLE void look(int first, int last);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void accountChanged();
    void placeChanged();
    void countChanged();

  private:
    struct Row {
        Snowflake user = 0;   // 0: a group
        Snowflake group = 0;  // a role; kOnline, kOffline
        int count = 0;
    };
    static constexpr Snowflake kOnline = 1, kOffline = 2;

    void subscribe();
    void later();
    void rebuild();
    Snowflake group_of(const Member& member) const;
    QString group_name(Snowflake group) const;
    QVariant member_data(Snowflake user, int role) const;

    QPointer<Account> account_;
    Snowflake guild_ = 0, channel_ = 0;
    QString filter_;
    std::vector<Row> rows_;
    QTimer later_;
    int asked_to_ = 0;
};

}  // namespace guildhall::client
