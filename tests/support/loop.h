#pragma once
// A loop for tests: shards without threads, a clock that is moved by hand, a log that remembers.
// One thread.

#include "node/base/clock.h"
#include "node/base/log.h"
#include "node/base/shard.h"
#include "node/base/task.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace guildhall::tests {

/// Keeps every line, as "level category: message key=value".
class RecordingLog final : public base::Log {
  public:
    bool enabled(base::LogLevel) const override { return true; }
    void write(base::LogLevel level,
               std::string_view category,
               std::string_view message,
               std::initializer_list<base::LogField> fields) override;
    bool contains(std::string_view text) const;

    std::vector<std::string> lines;
};

struct Loop {
    explicit Loop(unsigned shard_count = 1) : shards(shard_count, clock, log) {}

    base::Shard& shard(unsigned index = 0) { return shards.at(index); }
    /// Runs what is ready until nothing is.
    void run() { shards.poll(); }
    /// Moves the clock, stopping at every deadline on the way.
    void advance(base::Nanos by);

    /// Runs `task` on shard 0 until it is done; throws what it throws. With `patience`, time moves
    /// for it as far as that.
    template <class T>
    T wait(base::Task<T> task, base::Nanos patience = base::Nanos{0});

    base::ManualClock clock{1'700'000'000'000};
    RecordingLog log;
    base::Shards shards;
};

template <class T>
T Loop::wait(base::Task<T> task, base::Nanos patience) {
    std::exception_ptr thrown;
    bool done = false;
    constexpr bool kVoid = std::is_void_v<T>;
    std::optional<std::conditional_t<kVoid, int, T>> result;
    if constexpr (kVoid) {
        boost::asio::co_spawn(shard().io(), std::move(task), [&](std::exception_ptr e) {
            thrown = e;
            done = true;
        });
    } else {
        boost::asio::co_spawn(shard().io(), std::move(task), [&](std::exception_ptr e, T value) {
            thrown = e;
            result = std::move(value);
            done = true;
        });
    }
    run();
    if (!done && patience.count() > 0) advance(patience);
    if (!done) throw std::logic_error("the task did not end");
    if (thrown) std::rethrow_exception(thrown);
    if constexpr (!kVoid) return std::move(*result);
}

}  // namespace guildhall::tests
