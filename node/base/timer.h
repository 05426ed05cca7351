#pragma once
// TimerQueue: what is due later on one shard, ordered by deadline and then by the order of
// scheduling. On a clock that runs by itself one operating-system timer is armed for the earliest
// deadline; on a clock that is moved by hand the test calls run_due(). Owned by its Shard; only on
// its thread.

#include "node/base/clock.h"
#include "node/base/task.h"

#include <algorithm>
#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace guildhall::base {

/// A moment of Clock::now() after which something is given up.
struct Deadline {
    Nanos at{0};

    static Deadline after(const Clock& clock, Nanos delay) { return {clock.now() + delay}; }
    bool has_passed(const Clock& clock) const { return clock.now() >= at; }
    /// Never negative.
    Nanos left(const Clock& clock) const { return std::max(Nanos{0}, at - clock.now()); }
};

/// Names one scheduled call; a default one names none.
struct TimerId {
    Nanos deadline{0};
    std::uint64_t number = 0;

    explicit operator bool() const { return number != 0; }
    friend auto operator<=>(const TimerId&, const TimerId&) = default;
};

class TimerQueue {
  public:
    TimerQueue(boost::asio::io_context& io, Clock& clock);
    ~TimerQueue();
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;

    /// Calls `fn` once when the clock has reached `deadline`; never from inside schedule().
    TimerId schedule(Nanos deadline, std::function<void()> fn);
    TimerId schedule_after(Nanos delay, std::function<void()> fn);
    /// False when it ran already or never was; harmless then. Clears `id`.
    bool cancel(TimerId& id);

    /// Returns on this shard when the clock has reached `deadline`.
    Task<void> sleep_until(Nanos deadline);
    Task<void> sleep_for(Nanos delay);

    /// Runs everything due now; returns how many calls. With a manual clock, after every advance.
    std::size_t run_due();
    /// The earliest deadline: where a virtual clock may jump to.
    std::optional<Nanos> next_deadline() const;
    std::size_t size() const { return calls_.size(); }
    /// Destroys every call without running it.
    void abandon();

  private:
    struct Alarm;

    void arm();

    Clock& clock_;
    std::map<TimerId, std::function<void()>> calls_;
    std::uint64_t last_number_ = 0;
    std::unique_ptr<Alarm> alarm_;
};

}  // namespace guildhall::base
