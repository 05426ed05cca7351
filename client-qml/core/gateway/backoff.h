#pragma once
// Backoff: how long to wait before the next attempt. Allowance: what may be sent within a minute.
// Both are told the time and chance, so that tests set them. Owned by the Worker; its thread.

#include "client-qml/core/base/clock.h"
#include "client-qml/core/gateway/limits.h"

#include <algorithm>
#include <deque>

namespace guildhall::client {

class Backoff {
  public:
    qint64 next_ms(Rng& rng) {
        const int whole =
            std::min<qint64>(qint64(kBackoffMs) << std::min(tries_, kTriesMax), kBackoffMsMax);
        ++tries_;
        return whole / 2 + rng.next(quint32(whole / 2) + 1);
    }
    void reset() { tries_ = 0; }
    /// The next wait is as long as waits become.
    void give_up_hope() { tries_ = kTriesMax; }

  private:
    static constexpr int kTriesMax = 16;
    int tries_ = 0;
};

class Allowance {
  public:
    /// 0: one may go now, and take() counts it.
    qint64 wait_ms(qint64 now_ms) {
        while (!sent_.empty() && sent_.front() <= now_ms - 60'000) sent_.pop_front();
        return int(sent_.size()) < kSendsPerMinute ? 0 : sent_.front() + 60'000 - now_ms;
    }
    void take(qint64 now_ms) { sent_.push_back(now_ms); }
    /// Of a new connection.
    void reset() { sent_.clear(); }

  private:
    std::deque<qint64> sent_;
};

}  // namespace guildhall::client
