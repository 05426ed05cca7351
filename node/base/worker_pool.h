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
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace guildhall::base {

class WorkerPool {
  public:
    /// Without threads work is done where it is asked for: for tests, which run on one thread.
    WorkerPool(unsigned threads, std::size_t queue_max);
    /// Runs what is queued, then joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Runs `work()` (returns T, not a Result) on a worker. A full queue is a 503; an exception is
    /// thrown on to the caller.
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
        // Shared because std::function wants copies; the worker lets go of it before the shard
        // resumes the handler in it.
        struct Job {
            Handler handler;
            Work work;
            boost::asio::executor_work_guard<Executor> guard;

            static void finish(std::shared_ptr<Job> job,
                               std::exception_ptr thrown,
                               Result<T> result) {
                auto back = job->guard.get_executor();
                boost::asio::post(back,
                                  [job = std::move(job),
                                   thrown = std::move(thrown),
                                   result = std::move(result)]() mutable {
                                      auto resume = std::move(job->handler);
                                      job.reset();
                                      resume(std::move(thrown), std::move(result));
                                  });
            }
            static void work_now(std::shared_ptr<Job> job) {
                // The exception goes to the shard whole: a worker that held on to it could be the
                // one to free it while the shard looks at it.
                std::exception_ptr thrown;
                Result<T> result = Error{.status = 500};
                try {
                    result = job->work();
                } catch (...) {
                    thrown = std::current_exception();
                }
                finish(std::move(job), std::move(thrown), std::move(result));
            }
        };
        auto executor = boost::asio::get_associated_executor(handler);
        auto job = std::make_shared<Job>(Job{std::move(handler),
                                             std::move(todo),
                                             boost::asio::executor_work_guard<Executor>(executor)});
        if (!submit([job] { Job::work_now(job); })) Job::finish(job, nullptr, busy());
    };
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>,
                                                   void(std::exception_ptr, Result<T>)>(
        std::move(start), kUseTask, std::move(work));
}

}  // namespace guildhall::base
