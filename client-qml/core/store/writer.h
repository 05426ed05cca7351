#pragma once
// Writer: a thread with a connection of its own, to which changes of one file are handed in order.
// It writes them in batches, each one transaction. The GUI thread owns it and hands changes over;
// changes run on the writer's thread and borrow nothing from the caller.

#include "client-qml/core/store/database.h"

#include <QHash>
#include <QMutex>
#include <QWaitCondition>

#include <deque>
#include <functional>
#include <memory>

class QDeadlineTimer;
class QThread;

namespace guildhall::client {

class Writer final {
  public:
    using Change = std::function<void(Database&)>;
    using Keys = std::initializer_list<quint64>;

    /// `tidy` runs once, when the first changes are long written.
    Writer(QString path, Change tidy);
    /// Writes what was put.
    ~Writer();

    /// `keys` name what the change touches, `weight` is about how many rows. Where too much waits
    /// already, this waits too: for 2 s, after which the disk counts as unwritable.
    void put(Keys keys, int weight, Change change);
    /// Until what was put so far under a key is written, so that readers see it: at most 2 s.
    void await(quint64 key);
    void await_all();
    /// Until all is written and folded into the main file: at most 10 s.
    void flush();
    /// What cannot be written any more is dropped.
    void give_up();

    /// After any, nothing further is written.
    Database::Trouble trouble() const;
    QString reason() const;

  private:
    struct Item {
        quint64 number = 0;
        int weight = 0;
        Change change;
    };

    void run();
    std::deque<Item> next_batch(const QDeadlineTimer& tidy_at);
    void write(Database& database, const std::deque<Item>& batch);
    void fold(Database& database, bool all);
    void wait_for(quint64 number, int timeout_ms);
    void fail(Database::Trouble trouble, const QString& reason);

    const QString path_;
    Change tidy_;
    mutable QMutex mutex_;
    QWaitCondition work_, progress_;
    // All below under the mutex.
    std::deque<Item> queue_;
    QHash<quint64, quint64> last_of_key_;  // changes that are not written yet
    int weight_ = 0;
    quint64 put_ = 0, done_ = 0;
    quint64 folds_wanted_ = 0, folds_ = 0;
    bool hurry_ = false, stop_ = false;
    Database::Trouble trouble_ = Database::Trouble::none;
    QString reason_;
    std::unique_ptr<QThread> thread_;  // from the first change on
};

}  // namespace guildhall::client
