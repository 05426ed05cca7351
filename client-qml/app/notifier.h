#pragma once
// Notifier: tells the desktop of messages that one should hear of, by the rules of the account
// (core/models/notification_rules.h), through org.freedesktop.Notifications; pressing one opens the
// message. Never of what is looked at. Owned by QML; GUI thread.

#include "client-qml/core/account/accounts.h"
#include "client-qml/core/account/navigator.h"
#include "client-qml/core/account/preferences.h"

#include <QTimer>

namespace guildhall::client {

class Notifier : public QObject {
    Q_OBJECT
    QML_ELEMENT
    /// Whether the window is looked at: then the open channel is not told of.
    Q_PROPERTY(bool windowActive MEMBER window_active_ NOTIFY windowActiveChanged)
    Q_PROPERTY(guildhall::client::Accounts* accounts READ accounts WRITE setAccounts NOTIFY
                   accountsChanged)
    Q_PROPERTY(guildhall::client::Navigator* navigator MEMBER navigator_ NOTIFY accountsChanged)
    Q_PROPERTY(
        guildhall::client::Preferences* preferences MEMBER preferences_ NOTIFY accountsChanged)

  public:
    explicit Notifier(QObject* parent = nullptr);

    Accounts* accounts() const { return accounts_; }
    void setAccounts(Accounts* accounts);

  signals:
    void windowActiveChanged();
    void accountsChanged();
    /// What the desktop is told; tests and the tray listen.
    void notified(const QString& title, const QString& text);
    /// Somebody pressed a notification.
    void opened(const QString& account, const QString& channel, const QString& message);

  private slots:
    void on_action(uint id, const QString& action);
    void on_closed(uint id, uint reason);

  private:
    void listen();
    void on_message(Account* account, const Message& message);
    void show(Account* account, const Message& message);
    /// Of a channel at most one a second; what comes meanwhile is told of as one.
    void tell(const QString& place);
    void tell_waiting();
    bool is_looked_at(const Account* account, Snowflake channel) const;

    struct Shown {
        QString account, channel, message;
    };
    QPointer<Accounts> accounts_;
    QPointer<Navigator> navigator_;
    QPointer<Preferences> preferences_;
    bool window_active_ = true;
    void remember(uint id, const Shown& shown);
    /// What was told of a channel of an account, by "ACCOUNT/CHANNEL".
    struct Told {
        Shown newest;
        QString title, body;
        int count = 0;       // messages that are not told of yet
        qint64 last_ms = 0;  // when it was told of; steady
        uint id = 0;         // the server's; 0: none is shown
    };
    QHash<uint, Shown> shown_;
    QHash<QString, Told> told_;
    QTimer waiting_;
    QSet<Account*> heard_;
};

}  // namespace guildhall::client
