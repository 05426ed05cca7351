#include "node/base/shard.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace guildhall::base {

Shard::Shard(unsigned index, Clock& clock, Log& log)
    : io_(1),
      index_(index),
      clock_(clock),
      log_(log),
      timers_(io_, clock),
      read_buffer_(new char[kReadBufferBytes]) {}

void Shard::post(std::function<void()> work) { boost::asio::post(io_, std::move(work)); }

void Shard::spawn(std::string_view name, Task<void> task) {
    auto report = [this, name = std::string(name)](std::exception_ptr escaped) {
        if (!escaped) return;
        try {
            std::rethrow_exception(escaped);
        } catch (const std::exception& e) {
            log_.error(
                "shard", "a task ended with an exception", {{"task", name}, {"what", e.what()}});
        }
    };
    boost::asio::co_spawn(io_, std::move(task), std::move(report));
}

void Shard::at_turn_end(std::function<void()> work) {
    turn_end_.push_back(std::move(work));
    want_turn_end();
}

void Shard::at_turn_end(TurnHook& hook) {
    if (hook.enlisted_) return;
    hook.enlisted_ = true;
    hooks_.push_back(&hook);
    want_turn_end();
}

void Shard::forget_turn_end(TurnHook& hook) {
    if (!hook.enlisted_) return;
    hook.enlisted_ = false;
    std::replace(hooks_.begin(), hooks_.end(), &hook, static_cast<TurnHook*>(nullptr));
    std::replace(
        hooks_running_.begin(), hooks_running_.end(), &hook, static_cast<TurnHook*>(nullptr));
}

void Shard::want_turn_end() {
    if (turn_end_posted_) return;
    turn_end_posted_ = true;
    boost::asio::post(io_, [this] { run_turn_end(); });
}

void Shard::run_turn_end() {
    // What other threads posted while this turn's handlers ran belongs to it: one more round lets
    // it run first, so that the events of one batch leave in one write.
    if (!std::exchange(turn_end_settled_, true)) {
        boost::asio::post(io_, [this] { run_turn_end(); });
        return;
    }
    turn_end_settled_ = false;
    // What is asked for from here on belongs to the next turn.
    turn_end_posted_ = false;
    turn_end_running_.swap(turn_end_);
    for (auto& work : turn_end_running_) work();
    turn_end_running_.clear();
    if (!hold_hooks()) run_hooks();
}

bool Shard::hold_hooks() {
    if (held_) return true;
    if (expected_output_ == 0 || hooks_.empty()) return false;
    held_ = timers_.schedule_after(kHoldFlush, [this] {
        held_ = {};
        run_hooks();
    });
    return true;
}

void Shard::output_came() {
    --expected_output_;
    if (expected_output_ != 0 || !held_) return;
    timers_.cancel(held_);
    want_turn_end();
}

void Shard::run_hooks() {
    hooks_running_.swap(hooks_);
    for (std::size_t i = 0; i < hooks_running_.size(); ++i) {
        TurnHook* hook = hooks_running_[i];
        if (hook == nullptr) continue;
        hook->enlisted_ = false;
        hooks_running_[i] = nullptr;
        hook->on_turn_end();
    }
    hooks_running_.clear();
}

std::size_t Shard::abandon() {
    const std::size_t held = timers_.size() + turn_end_.size();
    timers_.abandon();
    turn_end_.clear();
    io_.abandon();
    return held;
}

Shards::Shards(unsigned count, Clock& clock, Log& log) {
    for (unsigned i = 0; i < count; ++i) {
        shards_.push_back(std::make_unique<Shard>(i, clock, log));
        guards_.emplace_back(shards_.back()->executor());
    }
}

Shards::~Shards() { stop(); }

void Shards::start() {
    for (auto& shard : shards_) threads_.emplace_back([&io = shard->io()] { io.run(); });
}

void Shards::stop() {
    guards_.clear();
    for (auto& shard : shards_) shard->io().stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::size_t Shards::poll() {
    std::size_t total = 0;
    for (std::size_t ran = 1; ran != 0;) {
        ran = 0;
        for (auto& shard : shards_) {
            shard->io().restart();
            ran += shard->io().poll();
            if (shard->clock().is_manual()) ran += shard->timers().run_due();
        }
        total += ran;
    }
    return total;
}

void Shards::abandon() {
    // What goes may post or schedule something on its way; that goes in the next round.
    for (std::size_t again = 1; again != 0;) {
        again = 0;
        for (auto& shard : shards_) again += shard->abandon();
    }
}

}  // namespace guildhall::base
