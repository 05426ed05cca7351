#include "node/base/shard.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <exception>

namespace guildhall::base {

Shard::Shard(unsigned index, Clock& clock, Log& log)
    : io_(1), index_(index), clock_(clock), log_(log) {}

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
    if (turn_end_.size() == 1) boost::asio::post(io_, [this] { run_turn_end(); });
}

void Shard::run_turn_end() {
    turn_end_running_.swap(turn_end_);
    for (auto& work : turn_end_running_) work();
    turn_end_running_.clear();
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
        }
        total += ran;
    }
    return total;
}

}  // namespace guildhall::base
