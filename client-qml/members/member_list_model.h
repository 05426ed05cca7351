#pragma once
// MemberListModel: the members of a guild who may see a channel, by the roles that are shown apart,
// then online, then offline; of a large guild the part that is looked at, asked for by ranges
// (opcode 14), and how many there are besides. Rows that stay keep their delegates. Owned by QML;
// GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/members/member_rows.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

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
        KindRole = Qt::UserRole + 1,  // "group", "member", "more"
        IdRole,
        NameRole,   // of the person, or of the group
        CountRole,  // of a group its members; of "more" those who are not known yet
        AvatarRole,
        StatusRole,
        ColorRole,  // "#rrggbb" or empty
        NoteRole,   // custom status or activity
        BotRole,
        NodeRole,  // of people of other nodes
        OwnerRole,
    };

    explicit MemberListModel(QObject* parent = nullptr);
    ~MemberListModel() override;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    QString filter() const { return filter_; }
    void setFilter(const QString& filter);

    /// These rows are looked at: the node is asked to tell of them, and of no others. A `last` of
    /// -1 is the last row.
    Q_INVOKABLE void look(int first, int last);
    /// The next row after `row` of a member, upwards with a step of -1; -1: there is none.
    Q_INVOKABLE int personFrom(int row, int step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void accountChanged();
    void placeChanged();
    void countChanged();

  private:
    void follow();
    void begin_again();
    void subscribe();
    void unsubscribe();
    void later();
    void rebuild();
    void rebuild_as_told();
    void count_moves();
    void ask_for_what_is_looked_at();
    void become(std::vector<MemberListRow> next);
    void tell_changes(const std::vector<MemberListRow>& next);
    void on_presence(Snowflake user);
    void on_dispatch(const Dispatch& dispatch);
    void confirm();
    QString group_name(Snowflake group) const;
    QVariant member_data(Snowflake user, int role) const;

    QPointer<Account> account_;
    Snowflake guild_ = 0, channel_ = 0;
    QString filter_;
    std::vector<MemberListRow> rows_;
    GroupCounts said_;
    QSet<Snowflake> touched_;  // members of whom something is to be shown anew
    std::vector<int> blocks_ = {0};
    QSet<int> had_ = {0};    // blocks that were ever asked for
    QSet<Snowflake> asked_;  // whether they are still there
    std::pair<int, int> looked_at_;
    QTimer later_, looking_;
};

}  // namespace guildhall::client
