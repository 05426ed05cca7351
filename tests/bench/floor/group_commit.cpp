#include "tests/bench/floor/group_commit.h"

#include "tests/bench/common/support.h"

#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace guildhall::bench {

GroupCommit::GroupCommit(const std::string& database_path)
    : writer_(database_path), wake_fd_(check(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")) {
    thread_ = std::thread([this] { run(); });
}

GroupCommit::~GroupCommit() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    has_work_.notify_one();
    thread_.join();
    close(wake_fd_);
}

void GroupCommit::add(Message message, Waiter waiter) {
    const std::lock_guard lock(mutex_);
    waiting_.messages.push_back(std::move(message));
    waiting_.waiters.push_back(waiter);
    if (waiting_.messages.size() == 1) has_work_.notify_one();
}

std::vector<Batch> GroupCommit::take_done() {
    eventfd_t count = 0;
    eventfd_read(wake_fd_, &count);
    const std::lock_guard lock(mutex_);
    return std::exchange(done_, {});
}

void GroupCommit::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        has_work_.wait(lock, [this] { return is_stopping_ || !waiting_.messages.empty(); });
        if (waiting_.messages.empty()) return;
        Batch batch = std::exchange(waiting_, {});
        lock.unlock();
        writer_.commit(batch.messages);
        lock.lock();
        done_.push_back(std::move(batch));
        eventfd_write(wake_fd_, 1);
    }
}

}  // namespace guildhall::bench
