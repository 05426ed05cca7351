#pragma once
// LoginModel: from nothing to an account: which node, is it one and whose, then a name and a
// password. Decides the steps; QML shows them. Owned by QML; GUI thread.

#include "client-qml/core/account/accounts.h"

namespace guildhall::client {

/// "example.org", "localhost:8080", "http://127.0.0.1:8080/" as a node's base address; invalid for
/// what names none. Without a scheme it is https, on this machine http.
QUrl node_address(const QString& text);

/// Whether an address is this machine's, where plain http hides nothing from anybody.
bool is_this_machine(const QUrl& address);

class LoginModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY addressChanged)
    Q_PROPERTY(QString step READ step NOTIFY changed)  // "node", "checking", "person"
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QVariantMap fieldErrors READ fieldErrors NOTIFY changed)
    Q_PROPERTY(QString nodeName READ nodeName NOTIFY changed)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed)
    Q_PROPERTY(QString version READ version NOTIFY changed)
    /// "open", "invite", "closed".
    Q_PROPERTY(QString registration READ registration NOTIFY changed)
    /// What one should know before a password is typed; empty where there is nothing.
    Q_PROPERTY(QString warning READ warning NOTIFY changed)
    /// Addresses of nodes that answered on this machine.
    Q_PROPERTY(QStringList found READ found NOTIFY foundChanged)

    /// An invite that somebody followed before there was an account: its code, and its node as the
    /// link has it; what guild it leads to, once a node said so.
    Q_PROPERTY(QString invite MEMBER invite_ NOTIFY changed)
    Q_PROPERTY(QString inviteNode MEMBER invite_node_ NOTIFY changed)
    Q_PROPERTY(QString inviteGuild READ inviteGuild NOTIFY changed)

  public:
    explicit LoginModel(QObject* parent = nullptr);

    QString address() const { return address_; }
    void setAddress(const QString& address);
    QString step() const;
    bool busy() const { return busy_; }
    QString error() const { return error_; }
    QVariantMap fieldErrors() const { return field_errors_; }
    QString nodeName() const { return record_.node_name; }
    /// In groups of four, as people compare it.
    QString fingerprint() const;
    QString version() const { return version_; }
    QString registration() const { return registration_; }
    QString warning() const;
    QString inviteGuild() const { return invite_guild_; }
    QStringList found() const { return found_; }

    /// Looks for nodes on this machine.
    Q_INVOKABLE void look();
    /// Asks the address who it is; goes on to "person" when it is a node.
    Q_INVOKABLE void check();
    /// Back to the choice of a node.
    Q_INVOKABLE void back();
    Q_INVOKABLE void logIn(const QString& name, const QString& password);
    Q_INVOKABLE void signUp(const QString& name,
                            const QString& displayName,
                            const QString& password,
                            const QString& invite);

  signals:
    void addressChanged();
    void changed();
    void foundChanged();
    void done();

  private:
    enum class Step { node, checking, person };
    void probe(const QUrl& address);
    void on_node(const QJsonObject& node);
    void look_at_invite();
    void fail(const Answer& answer);
    void enter(const QString& token);
    Accounts* accounts() const;
    void set_busy(bool busy);

    QString invite_, invite_node_, invite_guild_;
    QString address_, error_, version_, registration_, known_fingerprint_;
    QVariantMap field_errors_;
    QStringList found_;
    Step step_ = Step::node;
    bool busy_ = false;
    AccountRecord record_;
    SystemClock clock_;
    SystemRng rng_;
    std::unique_ptr<Rest> rest_;
};

}  // namespace guildhall::client
