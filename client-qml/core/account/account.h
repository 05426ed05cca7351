#pragma once
// Account: one person at one node. Joins what core is made of: Rest, Gateway, Cache, State and
// Outbox live and die with it. QML sees who it is and how the line stands; models take it as their
// source. Owned by Accounts; GUI thread.

#include "client-qml/core/account/outbox.h"
#include "client-qml/core/api/rest.h"
#include "client-qml/core/gateway/backoff.h"
#include "client-qml/core/gateway/gateway.h"
#include "client-qml/core/state/state.h"
#include "client-qml/core/store/cache.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

/// What is remembered of an account beside its cache and its token.
struct AccountRecord {
    QString key;  // names its folder and its secret: "<user id>@<host>_<port>"
    QUrl node;
    QString node_name;         // as it calls itself
    QString node_fingerprint;  // its uid in hex
    QString user_id, user_name;
};

class Account final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Accounts makes them")
    Q_PROPERTY(QString key READ key CONSTANT)
    Q_PROPERTY(QString nodeUrl READ nodeUrl CONSTANT)
    Q_PROPERTY(QString nodeName READ nodeName CONSTANT)
    Q_PROPERTY(QString nodeFingerprint READ nodeFingerprint CONSTANT)
    Q_PROPERTY(QString userId READ userId NOTIFY selfChanged)
    Q_PROPERTY(QString username READ username NOTIFY selfChanged)
    Q_PROPERTY(QString displayName READ displayName NOTIFY selfChanged)
    Q_PROPERTY(QString avatarUrl READ avatarUrl NOTIFY selfChanged)
    Q_PROPERTY(Line line READ line NOTIFY lineChanged)
    Q_PROPERTY(int secondsToRetry READ secondsToRetry NOTIFY secondsToRetryChanged)
    Q_PROPERTY(QString complaint READ complaint NOTIFY complaintChanged)
    Q_PROPERTY(QString status READ status WRITE setStatus NOTIFY statusChanged)
    Q_PROPERTY(QString customStatus READ customStatus WRITE setCustomStatus NOTIFY statusChanged)

  public:
    enum class Line { Off, Connecting, Ready, Waiting, LoggedOut };
    Q_ENUM(Line)

    /// `folder` is the account's own. Clock and Rng outlive this.
    Account(AccountRecord record,
            const QString& folder,
            Clock& clock,
            Rng& rng,
            QObject* parent = nullptr);
    ~Account() override;

    /// What is known without the node: before the first frame. Once.
    void show_cache();
    /// Connects with it; empty: nobody is logged in.
    void use_token(const QString& token);
    /// The keychain does not say what the token is: nobody is logged out for that.
    void wait_for_token();
    bool waits_for_token() const { return waits_for_token_; }
    /// Both: shows the cache, then connects.
    void start(const QString& token);

    const AccountRecord& record() const { return record_; }
    const QString& token() const { return token_; }  // never logged, never shown
    Rest& rest() { return rest_; }
    Gateway& gateway() { return gateway_; }
    Cache& cache() { return cache_; }
    State& state() { return state_; }
    Outbox& outbox() { return outbox_; }
    /// Where its cache lies.
    const QString& folder() const { return folder_; }
    /// How the node names this session in the list of sessions; empty until it said so.
    const QString& session_hash() const { return session_hash_; }

    QString key() const { return record_.key; }
    QString nodeUrl() const { return record_.node.toString(); }
    QString nodeName() const { return record_.node_name; }
    QString nodeFingerprint() const { return record_.node_fingerprint; }
    QString userId() const { return record_.user_id; }
    QString username() const;
    QString displayName() const;
    QString avatarUrl() const;
    Line line() const;
    int secondsToRetry() const;
    /// Of the cache - that it could not be read, or nothing can be written - or the keychain.
    QString complaint() const { return complaint_; }
    QString status() const { return status_; }
    void setStatus(const QString& status);
    QString customStatus() const { return custom_status_; }
    void setCustomStatus(const QString& text);

    Q_INVOKABLE void retryNow();

  signals:
    void selfChanged();
    void lineChanged();
    void secondsToRetryChanged();
    void complaintChanged();
    void statusChanged();
    /// The node no longer takes the token.
    void loggedOut();
    /// Somebody asks to try again while the keychain is silent.
    void tokenWanted();

  private:
    void connect_gateway();
    void on_gateway(GatewayState state);
    void on_line();
    void look_for_complaints();
    void tell_presence();

    AccountRecord record_;
    QString folder_, token_, session_hash_;
    Cache cache_;
    Rest rest_;
    Gateway gateway_;
    State state_;
    Outbox outbox_;
    Clock& clock_;
    Rng& rng_;
    bool logged_out_ = false, is_shown_ = false, waits_for_token_ = false;
    quint64 asked_ = 0;  // for the gateway's address: only the last answer counts
    QString complaint_;
    QString status_ = QStringLiteral("online"), custom_status_;
    Backoff backoff_;
    QTimer retry_, tick_, health_;
};

/// Where to connect to, of a node at `node` that says that its gateway is at `told`: never in the
/// open where the node is not, and never at somebody else's. Empty: nowhere.
QUrl gateway_address(const QUrl& told, const QUrl& node);

}  // namespace guildhall::client
