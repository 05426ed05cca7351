#pragma once
// Db for coroutines: `CO_TRY(auto message, co_await store::read(db, find))`. The closure runs on
// the store's thread and must own what it uses; the task goes on where it awaited.

#include "node/base/task.h"
#include "node/store/db.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace guildhall::store {

/// Completes `handler` with `result` on the handler's own shard, from any thread.
template <class Handler, class Outcome>
void resume_with(Handler&& handler, Outcome result) {
    auto executor = boost::asio::get_associated_executor(handler);
    boost::asio::post(
        executor, [handler = std::forward<Handler>(handler), result = std::move(result)]() mutable {
            std::move(handler)(std::move(result));
        });
}

/// Runs `f(Tx&) -> Result<T>` in a snapshot on a reader thread.
template <class F>
auto read(Db& db, F f) -> base::Task<std::invoke_result_t<F&, Tx&>> {
    using Outcome = std::invoke_result_t<F&, Tx&>;
    auto start = [](auto handler, Db* on, F work) {
        // One of the two closures gets to run; both need the handler.
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        ReadJob job;
        job.run = [shared, work = std::move(work)](Tx& tx) mutable {
            resume_with(std::move(*shared), Outcome(work(tx)));
        };
        job.failed = [shared](Error error) {
            resume_with(std::move(*shared), Outcome(std::move(error)));
        };
        on->read(std::move(job));
    };
    co_return co_await boost::asio::async_initiate<decltype(base::kUseTask), void(Outcome)>(
        start, base::kUseTask, &db, std::move(f));
}

/// Runs `f(Tx&) -> Result<T>` in the next batch; its value comes back once it is durable.
template <class F>
auto write(Db& db, F f) -> base::Task<std::invoke_result_t<F&, Tx&>> {
    using Outcome = std::invoke_result_t<F&, Tx&>;
    auto start = [](auto handler, Db* on, F work) {
        auto outcome = std::make_shared<std::optional<Outcome>>();
        WriteJob job;
        job.run = [outcome, work = std::move(work)](Tx& tx) mutable -> Status {
            outcome->emplace(work(tx));
            if (!**outcome) return (*outcome)->error();
            return {};
        };
        job.done = [outcome, handler = std::move(handler)](Status status) mutable {
            if (!status) outcome->emplace(std::move(status).error());
            resume_with(std::move(handler), std::move(**outcome));
        };
        on->write(std::move(job));
    };
    co_return co_await boost::asio::async_initiate<decltype(base::kUseTask), void(Outcome)>(
        start, base::kUseTask, &db, std::move(f));
}

}  // namespace guildhall::store
