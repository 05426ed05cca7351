#pragma once
// QuickSwitcherModel: everything that Ctrl+K can go to - guilds, channels, direct messages, people
// of one's guilds - of the shown account, ranked by how well it fits what is typed. Gathered once
// for each opening and bounded, so that a key costs the same in a guild of a million; people whom
// this device does not know are asked for in the open guild. Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace guildhall::client {

class QuickSwitcherModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    /// Where one is: its people come first, and the node is asked for others of it.
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY changed)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY changed)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)

  public:
    enum Role { KindRole = Qt::UserRole + 1, IdRole, NameRole, PlaceRole, IconRole, UnreadRole };

    explicit QuickSwitcherModel(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);

    /// Whether all that is offered was gathered.
    bool isSettled() const { return later_.empty(); }
    /// How much a key looks through.
    int offered() const { return int(all_.size()); }
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild) { guild_ = snowflake(QStringView(guild)); }

    QString query() const { return query_; }
    /// "#x" finds channels only, "*x" guilds only, "@x" people only. Setting it to nothing begins
    /// anew: what there is is gathered then.
    void setQuery(const QString& query);

    Q_INVOKABLE QString kindAt(int row) const;
    Q_INVOKABLE QString idAt(int row) const;
    /// In which guild a person was found.
    Q_INVOKABLE QString guildAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void changed();

  private:
    struct Hit {
        QString kind, name, place, icon;
        Snowflake id = 0;
        bool unread = false;
        Snowflake guild = 0;  // of a person
        QString plain = {};   // its name without case and accents
        QString other = {};   // and the name a person logs in with
    };
    void show();
    void add_found();
    void read();
    void read_more();
    void read_channels(const CachedGuild& guild);
    void read_people(Snowflake guild);
    void offer_person(Snowflake guild, const User& user);
    void offer(Hit hit);
    void find();
    void ask_node();
    void on_dispatch(const Dispatch& dispatch);

    QPointer<Account> account_;
    QString query_;
    std::vector<Hit> all_;
    std::vector<Snowflake> later_;  // guilds whose channels or people were not gathered yet
    QSet<Snowflake> listed_;        // guilds whose channels were
    QSet<Snowflake> people_;        // who is offered already
    Snowflake guild_ = 0;
    QTimer more_, ask_;
    QString asked_;
    std::vector<Hit> hits_;
};

/// How well a name fits: 0 the same, 1 begins so, 2 a word begins so, 3 holds it, 4 holds its
/// letters in order; -1 not at all. Case and accents do not count.
int fit(const QString& name, const QString& query);

}  // namespace guildhall::client
