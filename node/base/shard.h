#pragma once
// Shards: the threads of the node. Each shard is one thread with its own io_context; a guild lives
// on shard guild_id % count, a connection on the shard that accepted it. Shards share nothing:
// what crosses is posted. Owned by node/app (tests run one shard by hand, without a thread).

#include "node/base/clock.h"
#include "node/base/log.h"
#include "node/base/task.h"
#include "node/base/timer.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

namespace guildhall::base {

/// Something with output to flush at the end of a turn: a session, an outbox. Enlisting allocates
/// nothing; it must leave (forget_turn_end) before it is destroyed.
class TurnHook {
  public:
    virtual void on_turn_end() = 0;

  protected:
    ~TurnHook() = default;

  private:
    friend class Shard;
    bool enlisted_ = false;
};

class Shard {
  public:
    Shard(unsigned index, Clock& clock, Log& log);
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    unsigned index() const { return index_; }
    boost::asio::io_context& io() { return io_; }
    Executor executor() { return io_.get_executor(); }
    Clock& clock() { return clock_; }
    Log& log() { return log_; }

    /// Runs `work` on this shard, after what was posted before. From any thread.
    void post(std::function<void()> work);
    /// Starts `task` on this shard; an exception that escapes it is a bug and is logged under
    /// `name`. On the shard's own thread the task runs inside this call up to its first wait, which
    /// a co_await of what is ready is not: say all that it may look at before, and expect of what
    /// you refer to that it changed. From another thread it is posted.
    void spawn(std::string_view name, Task<void> task);
    /// Runs `work` once when the current turn's handlers have run: where output is flushed.
    /// Only on this shard's thread. Many calls in one turn cost one wake-up.
    void at_turn_end(std::function<void()> work);
    /// The same for `hook`, once however often it asks during a turn.
    void at_turn_end(TurnHook& hook);
    void forget_turn_end(TurnHook& hook);

    /// Something is under way on this shard that will bring more output soon (a commit): hooks wait
    /// for it, at most kHoldFlush, so that its output and theirs leave in one write. Each call is
    /// followed by one output_came(). Only on this shard's thread.
    void expect_output() { ++expected_output_; }
    void output_came();

    /// Timers of this shard; only on its thread.
    TimerQueue& timers() { return timers_; }
    /// What a read goes into: one buffer for all connections, valid until the next read. Only on
    /// this shard's thread, never kept across a wait.
    std::span<char> read_buffer() { return {read_buffer_.get(), kReadBufferBytes}; }
    static constexpr std::size_t kReadBufferBytes = 64 * 1024;

  private:
    // About as long as a commit takes on a good disk; below what anybody can notice.
    static constexpr Nanos kHoldFlush = std::chrono::milliseconds(1);

    void want_turn_end();
    void run_turn_end();
    bool hold_hooks();
    void run_hooks();
    /// How many calls were scheduled, and went.
    std::size_t abandon();

    friend class Shards;
    /// Gives access to what a context's destructor does first: destroying what it holds.
    class Loop : public boost::asio::io_context {
      public:
        using io_context::io_context;
        void abandon() { shutdown(); }
    };

    Loop io_;
    const unsigned index_;
    Clock& clock_;
    Log& log_;
    TimerQueue timers_;
    std::unique_ptr<char[]> read_buffer_;
    bool turn_end_posted_ = false;
    bool turn_end_settled_ = false;
    unsigned expected_output_ = 0;
    TimerId held_;
    std::vector<std::function<void()>> turn_end_;
    std::vector<std::function<void()>> turn_end_running_;
    std::vector<TurnHook*> hooks_;
    std::vector<TurnHook*> hooks_running_;
};

class Shards {
  public:
    Shards(unsigned count, Clock& clock, Log& log);
    ~Shards();

    unsigned count() const { return static_cast<unsigned>(shards_.size()); }
    Shard& at(unsigned index) { return *shards_[index]; }
    Shard& of(std::uint64_t id) { return *shards_[id % shards_.size()]; }
    template <class Tag>
    Shard& of(protocol::Id<Tag> id) {
        return of(id.value);
    }

    /// Starts one thread per shard; they run until stop().
    void start();
    /// Lets queued work finish its turn, then joins. Not from a shard's own thread.
    void stop();
    /// For tests without threads: runs everything ready on every shard, due timers included,
    /// until nothing is.
    std::size_t poll();
    /// Destroys all that is suspended or queued, so that what it refers to can be destroyed next;
    /// nothing runs any more. Not while threads run; where stop() was called or nothing was
    /// started.
    void abandon();

  private:
    using WorkGuard = boost::asio::executor_work_guard<Executor>;

    std::vector<std::unique_ptr<Shard>> shards_;
    std::vector<WorkGuard> guards_;
    std::vector<std::thread> threads_;
};

/// Runs `make()` (a callable that returns Task<T>) on `target` and comes back to the calling shard
/// with its result. Costs nothing but a call when the caller is there already.
template <class Make, class T = typename std::invoke_result_t<Make>::value_type>
Task<T> on_shard(Shard& here, Shard& target, Make make) {
    if (&here == &target) co_return co_await make();
    co_return co_await boost::asio::co_spawn(target.executor(), std::move(make), kUseTask);
}

}  // namespace guildhall::base
