#pragma once
// Interaction: one command, or one question for completions, from the moment it is sent until the
// bot has answered, did not, or the node refused it. A second `run` gives up the first. Owned by a
// CommandForm; GUI thread.

#include "client-qml/core/account/account.h"

#include <QPointer>

namespace guildhall::client {

class Interaction final : public QObject {
    Q_OBJECT

  public:
    enum class Kind { command = 2, autocomplete = 4 };
    enum class End {
        answered,
        asks,     // by a form of the bot's
        silent,   // the bot said nothing in time
        refused,  // by the node, or it cannot be reached: `error` says why
    };
    struct Place {
        Snowflake guild = 0, channel = 0;
    };

    explicit Interaction(Kind kind, QObject* parent = nullptr);

    void run(Account* account,
             const Place& place,
             Snowflake application,
             const QJsonObject& data,
             std::vector<UploadFile> files = {});
    void cancel();
    /// It goes on, but nobody waits here for the bot; `lost` tells where the node refuses it.
    void let_go();
    bool is_running() const { return !nonce_.isEmpty(); }
    QString nonce() const { return nonce_; }
    /// How long a bot may think. Nodes give up after three seconds; hosts may be far away.
    void set_patience(int ms) { patience_.setInterval(ms); }

  signals:
    void progressed(double part);
    /// The node took it: now it is the bot's.
    void delivered();
    void ended(guildhall::client::Interaction::End end, const guildhall::client::ApiError& error);
    /// One that was let go did not reach the bot, or nobody knows whether it did.
    void lost(const QString& nonce, const guildhall::client::ApiError& error);
    /// Of autocompletion; `ended` follows.
    void chosen(const QJsonArray& choices);

  private:
    void hear(const Dispatch& dispatch);
    void end(End end, const ApiError& error = {});

    Kind kind_;
    QPointer<Account> account_;
    QString nonce_;  // empty: nothing runs
    Rest::Call call_ = 0;
    QSet<QString> let_go_;  // what the node has not answered yet
    int count_ = 0;
    QTimer patience_;
};

}  // namespace guildhall::client
