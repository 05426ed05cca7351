#pragma once
// NodeFacts: what one's home node says of itself, and the nodes it works with: rows of a list.
// Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/federation/hosting.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace guildhall::client {

class NodeFacts : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed)
    Q_PROPERTY(QString version READ version NOTIFY changed)
    Q_PROPERTY(QString registration READ registration NOTIFY changed)
    Q_PROPERTY(bool federated READ federated NOTIFY changed)
    /// The node shows another fingerprint than when one logged in.
    Q_PROPERTY(bool changedKey READ changedKey NOTIFY changed)
    Q_PROPERTY(QStringList features READ features NOTIFY changed)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)

  public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        UidRole,
        ReachRole,
        ReachableRole,
        VerifiedRole,
        GuildsRole
    };

    explicit NodeFacts(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    Account* account() const { return account_; }
    void setAccount(Account* account);
    bool loading() const { return loading_; }
    QString error() const { return error_; }
    QString name() const { return name_; }
    QString fingerprint() const;
    QString version() const { return version_; }
    QString registration() const;
    bool federated() const { return federated_; }
    bool changedKey() const;
    QStringList features() const { return features_; }

    Q_INVOKABLE void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void changed();

  private:
    struct Row {
        KnownNode node;
        int guilds = 0;
    };
    void ask_peers(const QString& after);

    QPointer<Account> account_;
    std::unique_ptr<QObject> asks_;  // hears the answers of the newest question
    bool loading_ = false, federated_ = false;
    QString error_, name_, uid_, version_, registration_;
    QStringList features_;
    std::vector<Row> rows_;
};

}  // namespace guildhall::client
