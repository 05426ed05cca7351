#pragma once
// Clock: the only source of time. node/app hands a SystemClock to constructors; tests hand a
// ManualClock; the simulation a virtual one. Shards own timers made against it (timer.h).
// Implementations are safe to call from any thread.

#include "protocol/ids.h"

#include <chrono>

namespace guildhall::base {

using Nanos = std::chrono::nanoseconds;

class Clock {
  public:
    virtual ~Clock() = default;
    /// Monotonic time since an arbitrary start; for intervals and deadlines.
    virtual Nanos now() const = 0;
    /// Wall time in Unix milliseconds; may step. For ids, time stamps and expiry dates only.
    virtual protocol::UnixMs unix_ms() const = 0;
    /// Whether time stands still until somebody moves it: timers are then run by hand.
    virtual bool is_manual() const { return false; }
};

class SystemClock final : public Clock {
  public:
    Nanos now() const override;
    protocol::UnixMs unix_ms() const override;
};

/// Moves only when told; for tests on one thread.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(protocol::UnixMs start_ms) : wall_ms_(start_ms) {}
    Nanos now() const override { return now_; }
    protocol::UnixMs unix_ms() const override { return wall_ms_; }
    bool is_manual() const override { return true; }
    void advance(Nanos by) {
        now_ += by;
        wall_ms_ += std::chrono::duration_cast<std::chrono::milliseconds>(by).count();
    }
    /// Steps the wall clock alone, as an operator or a time daemon would.
    void step_wall(std::int64_t ms) { wall_ms_ += ms; }

  private:
    Nanos now_{0};
    protocol::UnixMs wall_ms_;
};

}  // namespace guildhall::base
