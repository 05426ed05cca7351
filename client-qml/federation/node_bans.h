#pragma once
// NodeBans: the nodes of which a guild wants nothing, for who may ban in it; where the home node
// has no such thing there is nothing to show. Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>
#include <QPointer>

#include <memory>

namespace guildhall::client {

class NodeBans : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY placeChanged)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY placeChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)
    /// The node offers it and one may ban here.
    Q_PROPERTY(bool available READ available NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

  public:
    enum Role { NameRole = Qt::UserRole + 1, UidRole };

    explicit NodeBans(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    bool available() const;
    bool busy() const { return busy_; }
    QString error() const { return error_; }

    Q_INVOKABLE void refresh();
    /// By name or uid. Its members go.
    Q_INVOKABLE void ban(const QString& node);
    Q_INVOKABLE void lift(const QString& uid);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void placeChanged();
    void changed();

  private:
    struct Row {
        QString name, uid;
    };
    void show(std::vector<Row> rows);
    void send(const QByteArray& method, const QString& node);

    QPointer<Account> account_;
    std::unique_ptr<QObject> asks_;  // hears answers of this account
    Snowflake guild_ = 0;
    std::vector<Row> rows_;
    bool busy_ = false;
    QString error_;
};

}  // namespace guildhall::client
