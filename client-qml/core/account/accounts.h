#pragma once
// Accounts: everybody who is logged in on this device, at any node, all connected at once; which
// one is shown; and how one joins or leaves them. A list model for the switcher. The one list is
// made in app/main.cpp and is QML's singleton; GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/core/store/secrets.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace guildhall::client {

class Accounts final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(guildhall::client::Account* current READ current NOTIFY currentChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    /// In all accounts together, and in those that are not shown.
    Q_PROPERTY(int mentions READ mentions NOTIFY mentionsChanged)
    Q_PROPERTY(int otherMentions READ otherMentions NOTIFY mentionsChanged)
    Q_PROPERTY(bool keychain READ keychain NOTIFY keychainChanged)

  public:
    enum Role {
        AccountRole = Qt::UserRole + 1,
        KeyRole,
        NameRole,
        NodeRole,
        AvatarRole,
        MentionsRole,
        EndedRole
    };

    /// `folder` holds one folder for each account and their list. Clock and Rng outlive this.
    Accounts(QString folder, bool try_keychain, Clock& clock, Rng& rng, QObject* parent = nullptr);
    ~Accounts() override;
    /// The instance that main (or a test) made, which outlives the engine.
    static Accounts* create(QQmlEngine* engine, QJSEngine*);
    void use_in(QQmlEngine& engine);

    /// Reads the list; each account shows its cache at once and connects when its token is read.
    void load();

    Account* current() const { return current_; }
    int mentions() const;
    int otherMentions() const;
    Account* find(const QString& key) const;
    bool keychain() const { return secrets_.kind() == Secrets::Kind::keychain; }
    Clock& clock() const { return clock_; }
    Rng& rng() const { return rng_; }

    /// After logging in or registering: adds it (or renews its token) and shows it.
    Account* add(const AccountRecord& record, const QString& token);

    Q_INVOKABLE void select(const QString& key);
    Q_INVOKABLE void selectNext();
    /// Ends the session at the node, and forgets the account with its cache and drafts.
    Q_INVOKABLE void logOut(const QString& key);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void currentChanged();
    void countChanged();
    void mentionsChanged();
    void keychainChanged();
    /// The account's token is void: show the login page for it.
    void loginNeeded(guildhall::client::Account* account);

  private:
    Account* make(const AccountRecord& record);
    void tell_all();
    void read_token(const QString& key);
    /// Ends the session at the node, without the account that it was of.
    void end_session(const Account& account);
    /// What is left of accounts that logged out goes, before a folder is used again.
    void finish_leaving();
    QString folder_of(const QString& key) const;
    void save() const;
    void show(Account* account);

    QString folder_;
    Secrets secrets_;
    Clock& clock_;
    Rng& rng_;
    // Mentions and lines of all, once for what came together; accounts say so until they end.
    QTimer tell_;
    std::vector<std::unique_ptr<Account>> accounts_;
    Account* current_ = nullptr;
    std::vector<std::unique_ptr<Account>> leaving_;  // until nobody can look at them any more
    QStringList gone_;                               // keys whose folders must go
};

}  // namespace guildhall::client
