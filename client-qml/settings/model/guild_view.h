#pragma once
// GuildView: what every view-model of settings shares: which account and guild it is about, that it
// follows State, and calls of the node's API whose failures become words. Created by QML, or a
// test; GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/core/models/permission_text.h"
#include "client-qml/settings/model/row_list.h"

#include <QPointer>
#include <QTimer>

namespace guildhall::client {

/// What went wrong, as a sentence for people.
QString words_of(const ApiError& error);

class GuildView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The base of view-models")
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY placeChanged)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY placeChanged)
    /// A call is under way.
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    /// Why the last call failed; empty where it did not.
    Q_PROPERTY(QString complaint READ complaint NOTIFY complaintChanged)

  public:
    explicit GuildView(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_id_); }
    void setGuildId(const QString& guild);
    bool busy() const { return calls_ > 0; }
    QString complaint() const { return complaint_; }

    Q_INVOKABLE void dismiss() { complain({}); }

  signals:
    void placeChanged();
    void busyChanged();
    void complaintChanged();
    /// After refresh().
    void refreshed();

  protected:
    State* state() const { return account_ ? &account_->state() : nullptr; }
    /// Null until both are set and known.
    const Guild* guild() const;
    Snowflake guild_id() const { return guild_id_; }
    QString guild_path(const QString& below = {}) const;

    /// Another account, guild or (where there is one) channel: ask the node for what State lacks.
    virtual void load() {}
    /// State may tell something else now.
    virtual void refresh() {}
    /// Subclasses call it when a property of their own chose another place.
    void place_changed();
    /// refresh() on the next turn of the loop, once, however often it is asked for.
    void refresh_soon();

    using Done = std::function<void(const Answer&)>;
    /// What people began: they are told when it fails, until they begin something else.
    void call(Request request, Done done = {});
    /// What nobody asked for: only `done` learns how it went.
    void ask(Request request, Done done);
    void complain(const QString& complaint);

    bool may(Permissions bit, Snowflake channel = 0) const;
    /// Why oneself may not; empty where one may.
    QString why_not(Permissions bit, Snowflake channel = 0) const;

  private:
    void follow();

    QPointer<Account> account_;
    Snowflake guild_id_ = 0;
    int calls_ = 0;
    QString complaint_;
    QTimer soon_;
};

/// A request with a method, a path and perhaps a body.
Request request_of(const char* method,
                   const QString& path,
                   const QJsonValue& body = QJsonValue(QJsonValue::Undefined));

}  // namespace guildhall::client
