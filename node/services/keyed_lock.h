#pragma once
// KeyedLock: one holder per key, waiters in order. It makes one order of the verbs that read a row,
// decide on it and commit: two edits of one message, two posts with one nonce. Lives on one shard;
// what it guards lives there too.

#include "node/base/shard.h"
#include "node/base/task.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <unordered_map>

namespace guildhall::services {

class KeyedLock {
  public:
    /// Waiters on one key; a message that everybody reacts to at once sheds load beyond it.
    static constexpr std::size_t kWaitersMax = 512;

    explicit KeyedLock(base::Shard& shard) : shard_(shard) {}
    KeyedLock(const KeyedLock&) = delete;
    KeyedLock& operator=(const KeyedLock&) = delete;

    /// Holds the key until it dies.
    class Guard {
      public:
        Guard(KeyedLock& lock, std::uint64_t key) : lock_(&lock), key_(key) {}
        Guard(Guard&& other) noexcept
            : lock_(std::exchange(other.lock_, nullptr)), key_(other.key_) {}
        Guard& operator=(Guard&&) = delete;
        ~Guard() {
            if (lock_) lock_->release(key_);
        }

      private:
        KeyedLock* lock_;
        std::uint64_t key_;
    };

    /// 503 when too many wait already.
    base::Task<base::Result<Guard>> acquire(std::uint64_t key);

  private:
    void release(std::uint64_t key);

    base::Shard& shard_;
    std::unordered_map<std::uint64_t, std::deque<std::function<void()>>> held_;
};

}  // namespace guildhall::services
