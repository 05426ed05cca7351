#include "client-qml/core/store/writer.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QMutexLocker>
#include <QThread>

#include <algorithm>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWeightMax = 20'000;   // rows that wait: a second's work, about 20 MB
constexpr int kBatchWeight = 1'000;  // a reader waits for one batch at most: about 20 ms
constexpr int kLingerMs = 20;        // a burst of events becomes one transaction
constexpr int kPutWaitMs = 2'000, kReadWaitMs = 2'000, kFlushWaitMs = 10'000;
constexpr int kTidyAfterMs = 5'000;
constexpr qint64 kFoldFromBytes = 4 << 20;

}  // namespace

Writer::Writer(QString path, Change tidy) : path_(std::move(path)), tidy_(std::move(tidy)) {}

Writer::~Writer() {
    {
        const QMutexLocker lock(&mutex_);
        stop_ = true;
        work_.wakeAll();
    }
    if (thread_) thread_->wait();
}

void Writer::put(Keys keys, int weight, Change change) {
    const QMutexLocker lock(&mutex_);
    const QDeadlineTimer deadline(kPutWaitMs);
    while (weight_ >= kWeightMax && trouble_ == Database::Trouble::none) {
        hurry_ = true;
        work_.wakeAll();
        if (!progress_.wait(&mutex_, deadline)) {
            trouble_ = Database::Trouble::unwritable;
            reason_ = u"the disk is too slow"_s;
        }
    }
    if (trouble_ != Database::Trouble::none) return;
    queue_.push_back({++put_, weight, std::move(change)});
    for (const quint64 key : keys) last_of_key_[key] = put_;
    weight_ += weight;
    if (!thread_) {
        thread_.reset(QThread::create([this] { run(); }));
        thread_->start();
    }
    work_.wakeAll();
}

void Writer::await(quint64 key) {
    const QMutexLocker lock(&mutex_);
    const quint64 number = last_of_key_.value(key);
    if (number > done_) wait_for(number, kReadWaitMs);
}

void Writer::await_all() {
    const QMutexLocker lock(&mutex_);
    wait_for(put_, kReadWaitMs);
}

void Writer::flush() {
    const QMutexLocker lock(&mutex_);
    if (!thread_) return;
    const quint64 number = put_, fold = ++folds_wanted_;
    const QDeadlineTimer deadline(kFlushWaitMs);
    while ((done_ < number || folds_ < fold) && trouble_ == Database::Trouble::none) {
        hurry_ = true;
        work_.wakeAll();
        if (!progress_.wait(&mutex_, deadline)) return;
    }
}

void Writer::give_up() {
    const QMutexLocker lock(&mutex_);
    queue_.clear();
    stop_ = true;
    work_.wakeAll();
}

Database::Trouble Writer::trouble() const {
    const QMutexLocker lock(&mutex_);
    return trouble_;
}

QString Writer::reason() const {
    const QMutexLocker lock(&mutex_);
    return reason_;
}

void Writer::wait_for(quint64 number, int timeout_ms) {
    const QDeadlineTimer deadline(timeout_ms);
    while (done_ < number && trouble_ == Database::Trouble::none) {
        hurry_ = true;
        work_.wakeAll();
        if (!progress_.wait(&mutex_, deadline)) return;
    }
}

void Writer::fail(Database::Trouble trouble, const QString& reason) {
    if (trouble_ == Database::Trouble::none) {
        trouble_ = trouble;
        reason_ = reason;
    }
    queue_.clear();
    last_of_key_.clear();
    weight_ = 0;
    progress_.wakeAll();
}

void Writer::run() {
    Database database;
    if (!database.open(path_, Database::Sync::normal) ||
        !database.execute(u"PRAGMA wal_autocheckpoint=0"_s)) {
        const QMutexLocker lock(&mutex_);
        fail(database.trouble(), database.reason());
        return;
    }
    const QDeadlineTimer tidy_at(kTidyAfterMs);
    while (true) {
        const std::deque<Item> batch = next_batch(tidy_at);
        if (batch.empty()) break;
        write(database, batch);
        QMutexLocker lock(&mutex_);
        if (database.trouble() != Database::Trouble::none) {
            fail(database.trouble(), database.reason());
            return;
        }
        done_ = std::max(done_, batch.back().number);
        if (queue_.empty()) {
            last_of_key_.clear();
            hurry_ = false;
        }
        progress_.wakeAll();
        const quint64 wanted = queue_.empty() ? folds_wanted_ : folds_;
        const bool all = wanted > folds_;
        lock.unlock();
        fold(database, all);
        if (!all) continue;
        lock.relock();
        folds_ = wanted;
        progress_.wakeAll();
    }
    database.execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
}

/// Waits; empty: the end.
std::deque<Writer::Item> Writer::next_batch(const QDeadlineTimer& tidy_at) {
    const QMutexLocker lock(&mutex_);
    std::deque<Item> batch;
    while (queue_.empty() && !stop_) {
        if (folds_wanted_ > folds_) return {Item{done_, 0, [](Database&) {}}};
        if (!tidy_) {
            work_.wait(&mutex_);
        } else if (!work_.wait(&mutex_, tidy_at)) {
            return {Item{done_, 0, std::exchange(tidy_, nullptr)}};
        }
    }
    const QDeadlineTimer linger(kLingerMs);
    while (!hurry_ && !stop_ && weight_ < kBatchWeight && work_.wait(&mutex_, linger)) {
    }
    for (int weight = 0; !queue_.empty() && weight < kBatchWeight;) {
        weight += queue_.front().weight;
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    for (const Item& item : batch) weight_ -= item.weight;
    return batch;
}

void Writer::write(Database& database, const std::deque<Item>& batch) {
    if (!database.execute(u"BEGIN IMMEDIATE"_s)) return;
    for (const Item& item : batch) {
        item.change(database);
        if (database.trouble() != Database::Trouble::none) break;
    }
    if (database.trouble() == Database::Trouble::none && database.execute(u"COMMIT"_s)) return;
    database.execute(u"ROLLBACK"_s);
}

/// Brings the log back into the file, outside what anybody waits for.
void Writer::fold(Database& database, bool all) {
    if (!all && QFileInfo(path_ + u"-wal"_s).size() < kFoldFromBytes) return;
    Rows rows = database.query(u"PRAGMA wal_checkpoint(PASSIVE)"_s);
    rows.next();
}

}  // namespace guildhall::client
