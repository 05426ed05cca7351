#pragma once
// QuickSwitcherModel: everything that Ctrl+K can go to - guilds, channels, people one has direct
// messages with - of the shown account, ranked by how well it fits what is typed. Owned by QML;
// GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>
#include <QTimer>

namespace guildhall::client {

class QuickSwitcherModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY changed)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)

  public:
    enum Role { KindRole = Qt::UserRole + 1, IdRole, NameRole, PlaceRole, IconRole, UnreadRole };

    explicit QuickSwitcherModel(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);

    QString query() const { return query_; }
    /// "#x" finds channels only, "*x" guilds only, "@x" people only. Setting it to nothing begins
    /// anew: what there is is gathered then.
    void setQuery(const QString& query);

    Q_INVOKABLE QString kindAt(int row) const;
    Q_INVOKABLE QString idAt(int row) const;

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
        QString plain = {};  // its name without case and accents
    };
    void show();
    void read();
    void read_more();
    void read_channels(const CachedGuild& guild);
    void offer(Hit hit);
    void find();

    QPointer<Account> account_;
    QString query_;
    std::vector<Hit> all_;
    std::vector<Snowflake> unread_guilds_;  // whose channels were not gathered yet
    QTimer more_;
    std::vector<Hit> hits_;
};

/// How well a name fits: 0 the same, 1 begins so, 2 a word begins so, 3 holds it, 4 holds its
/// letters in order; -1 not at all. Case and accents do not count.
int fit(const QString& name, const QString& query);

}  // namespace guildhall::client
