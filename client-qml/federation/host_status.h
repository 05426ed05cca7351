#pragma once
// HostStatus: where the shown guild lives and whether that node is there, kept up to date; what its
// owner may decide about that. A node that tells of hosts by its gateway is believed at once and
// asked for the rest when it tells; another one is asked again and again. One that has no such
// route (it answers 404) shows nothing. Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/federation/hosting.h"

#include <QPointer>
#include <QTimer>

#include <memory>

namespace guildhall::client {

class HostStatus : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY accountChanged)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY accountChanged)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString note READ note NOTIFY changed)
    Q_PROPERTY(QString shortNote READ shortNote NOTIFY changed)
    Q_PROPERTY(bool readOnly READ readOnly NOTIFY changed)
    Q_PROPERTY(bool frozen READ frozen NOTIFY changed)
    Q_PROPERTY(bool own READ own NOTIFY changed)
    Q_PROPERTY(QString hostName READ hostName NOTIFY changed)
    Q_PROPERTY(QString hostUid READ hostUid NOTIFY changed)
    Q_PROPERTY(QString reach READ reach NOTIFY changed)
    Q_PROPERTY(bool hostVerified READ hostVerified NOTIFY changed)
    /// "verified up to ..., 1,204 entries"; on the host itself that it needs nobody's word.
    Q_PROPERTY(QString history READ history NOTIFY changed)
    Q_PROPERTY(QString frozenText READ frozenText NOTIFY changed)
    /// Rows {name, uid, reach, verified, held}.
    Q_PROPERTY(QVariantList successors READ successors NOTIFY changed)
    Q_PROPERTY(int votes READ votes NOTIFY changed)
    Q_PROPERTY(int delayHours READ delayHours NOTIFY changed)
    /// "2 days", "1 day and 6 hours".
    Q_PROPERTY(QString delayText READ delayText NOTIFY changed)
    Q_PROPERTY(bool owner READ owner NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

  public:
    explicit HostStatus(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    bool known() const { return hosting_.has_value(); }
    QString note() const { return hosting_ ? long_note(*hosting_) : QString(); }
    QString shortNote() const { return hosting_ ? short_note(*hosting_) : QString(); }
    bool readOnly() const { return hosting_ && (hosting_->away() || hosting_->frozen()); }
    bool frozen() const { return hosting_ && hosting_->frozen(); }
    bool own() const { return hosting_ && hosting_->host.own; }
    QString hostName() const { return hosting_ ? node_text(hosting_->host) : QString(); }
    QString hostUid() const { return hosting_ ? hosting_->host.uid : QString(); }
    QString reach() const { return hosting_ ? reach_text(hosting_->host) : QString(); }
    bool hostVerified() const { return hosting_ && (own() || hosting_->host.verified); }
    QString history() const;
    QString frozenText() const;
    QVariantList successors() const;
    int votes() const { return hosting_ ? hosting_->votes : 0; }
    int delayHours() const { return hosting_ ? int(hosting_->takeover_delay_s / 3600) : 0; }
    QString delayText() const;
    bool owner() const;
    bool busy() const { return busy_; }
    QString error() const { return error_; }
    /// Whether the node is asked from time to time, as one that tells nothing is.
    bool is_asking_again() const { return again_.isActive(); }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE static QString hoursText(int hours) { return duration_text(qint64(hours) * 3600); }
    /// By the owner: names or uids of the nodes that may take over, how many of them must agree,
    /// and how long they wait.
    Q_INVOKABLE void decide(const QStringList& successors, int votes, int delayHours);
    Q_INVOKABLE void handOver(const QString& node);
    Q_INVOKABLE void takeBack();

  signals:
    void accountChanged();
    void changed();
    void noticed(const QString& text);

  private:
    static bool is_looked_at();
    void forget();
    void take(std::optional<Hosting> told);
    /// What the gateway told last goes before what was answered: it may be older.
    void take_told();
    void on_answer(const Answer& answer);
    void send(const QByteArray& method,
              const QString& below,
              const QJsonValue& body,
              const QString& done);

    QPointer<Account> account_;
    Snowflake guild_ = 0;
    std::optional<Hosting> hosting_;
    std::unique_ptr<QObject> asks_;  // hears answers of this account, for this guild
    bool busy_ = false, asked_ = false, asked_again_ = false;
    QString error_;
    QTimer again_;
};

}  // namespace guildhall::client
