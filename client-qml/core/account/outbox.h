#pragma once
// Outbox: messages that people wrote and the node has not acknowledged. Each is on the disk before
// it is shown, is sent in its channel's order with a nonce that the node enforces, and stays until
// the node has it - across lost lines and restarts - or refuses it for good. Owned by an Account;
// GUI thread.

#include "client-qml/core/api/rest.h"
#include "client-qml/core/base/clock.h"
#include "client-qml/core/store/cache.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <deque>

namespace guildhall::client {

/// What somebody wrote.
struct Draft {
    Snowflake channel = 0;
    QString content;
    Snowflake reply_to = 0;
    bool reply_pings = true;
    bool silent = false;
    std::vector<UploadFile> files;  // of the disk; bytes from the clipboard are written there first
};

class Outbox final : public QObject {
    Q_OBJECT

  public:
    enum class Stage {
        waiting,  // behind another, or there is no line
        sending,
        host_away,  // the guild's host cannot be reached: it is sent when that is back
        failed,     // the node refused it: people decide
    };
    struct Item {
        Unsent unsent;
        Stage stage = Stage::waiting;
        double progress = -1;  // of its files, 0 to 1; below 0 where there are none
        Rest::Call call = 0;
        int refusals = 0;        // how often the node itself was at its end (5xx)
        bool host_away = false;  // what it waits for, also while it is tried, is the guild's host
        qint64 try_ms = 0;       // when it left, by the wall clock
        qint64 lost_ms = 0;      // the first try of which nothing is known; 0: none
    };

    /// All outlive this.
    Outbox(Rest& rest, Cache& cache, Clock& clock, Rng& rng, QObject* parent = nullptr);

    ~Outbox() override;

    /// Who writes: whose messages are looked for.
    void set_self(Snowflake user) { self_ = user; }
    /// Where files lie that are kept only until they are sent: pictures of the clipboard.
    void set_pasted_folder(const QString& folder) { pasted_ = folder; }
    QString pasted_folder() const { return pasted_; }
    /// What a run before left; nothing is sent until `resume`.
    void load();
    /// The line is up: everything that waits is tried at once.
    void resume();
    void pause();
    /// A message of oneself that the gateway told of: its answer may be lost, it is not.
    void heard(const QJsonObject& message);
    bool is_empty() const { return items_.empty(); }

    /// Returns the nonce under which it is shown; none where the queue is full or nothing can be
    /// kept.
    std::optional<QString> put(const Draft& draft);
    void retry(const QString& nonce);
    /// Takes it back, also while it is sent.
    void remove(const QString& nonce);

    /// Of a channel, oldest first.
    std::vector<Item> items(Snowflake channel) const;
    const Item* find(const QString& nonce) const;

  signals:
    void changed(quint64 channel);
    /// The node has it; `message` is its answer. Emitted before the item is gone.
    void sent(quint64 channel, const QString& nonce, const QJsonObject& message);

  private:
    void send_next(Snowflake channel);
    void on_answer(const QString& nonce, const Answer& answer);
    void look_for(Item& item);
    void on_page(const QString& nonce, const Answer& answer);
    /// The node has it.
    void settle(const QString& nonce, const QJsonObject& message);
    void go_on(const QString& nonce, Snowflake channel);
    void hold(Item& item, Stage stage);
    void mark_host(Snowflake channel, bool away);
    void fail(Item& item, const QString& why);
    /// So old a try that the node no longer knows its nonce: sent again it might be there twice.
    bool may_be_there(const Item& item) const;
    void keep_lost();
    void load_settled();
    void keep_settled();
    Item* item(const QString& nonce);
    void drop(const QString& nonce);
    void clear_pasted() const;

    Rest& rest_;
    Cache& cache_;
    Clock& clock_;
    Rng& rng_;
    Snowflake self_ = 0;
    QString pasted_;
    bool running_ = false;
    std::deque<Snowflake> settled_;  // messages that are the outcome of another item
    std::vector<Item> items_;        // by key
    QTimer retry_;
};

}  // namespace guildhall::client
