#pragma once
// Waiting for a verb that uses the threads of a WorkerPool: the loop turns until it is done, and
// gives up after a minute. One thread, that of the test.

#include "tests/support/loop.h"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>

namespace guildhall::tests {

template <class T>
T wait_pool(Loop& loop, base::Task<T> task) {
    std::exception_ptr thrown;
    std::optional<T> result;
    boost::asio::co_spawn(loop.shard().io(), std::move(task), [&](std::exception_ptr e, T value) {
        thrown = e;
        result = std::move(value);
    });
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!result && !thrown) {
        loop.run();
        if (std::chrono::steady_clock::now() > end) throw std::logic_error("the task did not end");
        std::this_thread::yield();
    }
    if (thrown) std::rethrow_exception(thrown);
    return std::move(*result);
}

}  // namespace guildhall::tests
