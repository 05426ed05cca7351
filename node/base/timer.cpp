#include "node/base/timer.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>

#include <utility>

namespace guildhall::base {

/// The operating system's side: armed for one deadline, the earliest.
struct TimerQueue::Alarm {
    using Steady = std::chrono::steady_clock;

    explicit Alarm(boost::asio::io_context& io) : timer(io) {}

    boost::asio::basic_waitable_timer<Steady, boost::asio::wait_traits<Steady>, Executor> timer;
    /// What the timer is armed for; a wait that ends for another deadline does nothing.
    std::optional<Nanos> armed_for;
};

TimerQueue::TimerQueue(boost::asio::io_context& io, Clock& clock)
    : clock_(clock), alarm_(clock.is_manual() ? nullptr : std::make_unique<Alarm>(io)) {}

TimerQueue::~TimerQueue() { abandon(); }

void TimerQueue::abandon() {
    // What a call owns may cancel or schedule others as it goes, so the map is whole meanwhile.
    while (!calls_.empty()) std::exchange(calls_, {}).clear();
}

TimerId TimerQueue::schedule(Nanos deadline, std::function<void()> fn) {
    const TimerId id{deadline, ++last_number_};
    const auto at = calls_.emplace(id, std::move(fn)).first;
    if (at == calls_.begin()) arm();
    return id;
}

TimerId TimerQueue::schedule_after(Nanos delay, std::function<void()> fn) {
    return schedule(clock_.now() + delay, std::move(fn));
}

bool TimerQueue::cancel(TimerId& id) {
    // The alarm stays armed: waking once for nothing costs less than arming it anew each time.
    return calls_.erase(std::exchange(id, TimerId{})) != 0;
}

Task<void> TimerQueue::sleep_until(Nanos deadline) {
    auto start = [this](auto handler, Nanos at) {
        // Shared because std::function wants copies; it is called or destroyed once.
        auto held = std::make_shared<decltype(handler)>(std::move(handler));
        schedule(at, [held] {
            auto resume = std::move(*held);
            resume();
        });
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void()>(
        std::move(start), kUseTask, deadline);
}

Task<void> TimerQueue::sleep_for(Nanos delay) { return sleep_until(clock_.now() + delay); }

std::size_t TimerQueue::run_due() {
    // Calls scheduled from here on wait for the next round, so that a call that schedules itself
    // for "now" cannot hold the shard.
    const TimerId last{clock_.now(), last_number_};
    std::size_t ran = 0;
    while (!calls_.empty()) {
        const auto first = calls_.begin();
        if (first->first.deadline > last.deadline) break;
        if (first->first.number > last.number) break;
        auto call = std::move(first->second);
        calls_.erase(first);
        ++ran;
        call();
    }
    arm();
    return ran;
}

std::optional<Nanos> TimerQueue::next_deadline() const {
    if (calls_.empty()) return std::nullopt;
    return calls_.begin()->first.deadline;
}

void TimerQueue::arm() {
    if (!alarm_ || calls_.empty()) return;
    const Nanos deadline = calls_.begin()->first.deadline;
    std::optional<Nanos>& armed_for = alarm_->armed_for;
    if (armed_for && *armed_for <= deadline) return;
    armed_for = deadline;
    alarm_->timer.expires_at(
        Alarm::Steady::time_point(std::chrono::duration_cast<Alarm::Steady::duration>(deadline)));
    alarm_->timer.async_wait([this](boost::system::error_code cancelled) {
        // Armed anew for an earlier deadline, or the queue is being destroyed.
        if (cancelled) return;
        alarm_->armed_for.reset();
        run_due();
    });
}

}  // namespace guildhall::base
