#pragma once
// History: pages of one channel's messages, from the cache where it is complete, else from the
// node, one request at a time. What the node answers is bounded, learnt from and cached. Owned by a
// TimelineModel; GUI thread.

#include "client-qml/core/account/account.h"

#include <QObject>
#include <QPointer>

namespace guildhall::client {

class History final : public QObject {
    Q_OBJECT

  public:
    enum class Way { newest, older, newer, around };
    static constexpr int kPage = 50;

    struct Page {
        Way way = Way::newest;
        Snowflake at = 0;
        std::vector<Message> messages;  // newest first
        bool is_complete = false;       // between `low` and `high` there is nothing else
        Snowflake low = 0, high = 0;
        bool reaches_oldest = false;
        bool reaches_newest = false;
    };

    using QObject::QObject;

    /// Forgets what is under way. The account may be null.
    void show(Account* account, Snowflake channel);

    /// What is cached of the newest messages: for the first frame.
    Page cached_newest() const;
    /// At once from the cache where that has an answer; else from the node, later.
    void load(Way way, Snowflake at);
    /// The node is asked though something is cached: after connecting, when a channel is opened. A
    /// scroll under way gives way, a jump is waited for. It stays owed until the node answered.
    void refresh();
    /// The line is up, or the node told something: asks again where the last answer was lost.
    void catch_up();
    /// The window that a page under way belongs to is gone.
    void forget();
    bool owes_newest() const { return owes_newest_; }
    bool is_busy() const { return call_ != 0; }
    bool is_busy(Way way) const { return call_ != 0 && way_ == way; }

  signals:
    void arrived(const guildhall::client::History::Page& page);
    void failed(guildhall::client::History::Way way, const guildhall::client::ApiError& error);
    void busy_changed();

  private:
    std::optional<Page> cached(Way way, Snowflake at) const;
    void ask(Way way, Snowflake at);
    void drop_call();
    void on_answer(const Answer& answer);
    Page take(const QJsonArray& answered);
    void adopt(std::vector<Message>& messages) const;

    QPointer<Account> account_;
    Snowflake channel_ = 0, guild_ = 0;
    Rest::Call call_ = 0;
    bool owes_newest_ = false;
    Way way_ = Way::newest;
    Snowflake at_ = 0;
};

}  // namespace guildhall::client
