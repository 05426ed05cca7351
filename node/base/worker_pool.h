#pragma once
// WorkerPool: a few threads for work that is too long for a shard (argon2id, image headers, file
// writes), with a bounded queue. run() is awaited on a shard and comes back to it. Owned by
// node/app; must be destroyed before the shards whose tasks await it.

#include "node/base/task.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace guildhall::base {

class WorkerPool {
  public:
    WorkerPool(unsigned threads, std::size_t queue_max);
    /// Runs what is queued, then joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Runs `work()` (returns T, not a Result) on a worker. A full queue is a 503.
    template <class Work, class T = std::invoke_result_t<Work>>
    Task<Result<T>> run(Work work);

    /// Waiting now, for metrics.
    std::size_t queued() const;

  private:
    /// False when the queue is full; `job` was not taken then.
    bool submit(std::function<void()> job);
    void loop();
    static Error busy();

    const std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

template <class Work, class T>
Task<Result<T>> WorkerPool::run(Work work) {
    auto start = [this](auto handler, Work todo) {
        using Handler = decltype(handler);
        // Shared because std::function wants copies; only one of the two threads touches it at
        // once.
        struct Job {
            Handler handler;
            Work work;
            boost::asio::executor_work_guard<Executor> guard;
        };
        auto executor = boost::asio::get_associated_executor(handler);
        auto job = std::make_shared<Job>(Job{std::move(handler),
                                             std::move(todo),
                                             boost::asio::executor_work_guard<Executor>(executor)});
        auto finish = [](std::shared_ptr<Job> done, Result<T> result) {
            auto back = done->guard.get_executor();
            boost::asio::post(back, [done = std::move(done), result = std::move(result)]() mutable {
                auto resume = std::move(done->handler);
                done.reset();
                resume(std::move(result));
            });
        };
        const bool taken = submit([job, finish]() mutable { finish(std::move(job), job->work()); });
        if (!taken) finish(std::move(job), busy());
    };
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>,
                                                   void(Result<T>)>(
        std::move(start), kUseTask, std::move(work));
}

}  // namespace guildhall::base
