// Natural group commit: what is waiting when the disk comes free goes into one transaction.
// Owner: the HTTP floor. Thread: add() and take_done() on the loop's thread, commits on its own.
#pragma once
#include "tests/bench/floor/message.h"
#include "tests/bench/floor/message_store.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace guildhall::bench {

// Whom to answer when the message is durable; the serial tells a descriptor from its successor.
struct Waiter {
    int fd = -1;
    std::uint64_t serial = 0;
};

struct Batch {
    std::vector<Message> messages;
    std::vector<Waiter> waiters;  // one for each message
};

class GroupCommit {
  public:
    explicit GroupCommit(const std::string& database_path);
    ~GroupCommit();

    void add(Message message, Waiter waiter);

    // Becomes readable when batches are done.
    int wake_fd() const { return wake_fd_; }
    std::vector<Batch> take_done();

  private:
    void run();

    MessageWriter writer_;
    int wake_fd_;
    std::mutex mutex_;
    std::condition_variable has_work_;
    Batch waiting_;             // guarded by mutex_
    std::vector<Batch> done_;   // guarded by mutex_
    bool is_stopping_ = false;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace guildhall::bench
