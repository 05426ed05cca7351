#include "node/base/wait.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>

#include <memory>
#include <string>
#include <utility>

namespace guildhall::base {
namespace {

template <class Handler>
struct Waiting {
    Waiting(Shard& on, Handler resume)
        : shard(on),
          handler(std::move(resume)),
          slot(boost::asio::get_associated_cancellation_slot(handler)) {}

    /// From the loop, never inside the call that says so: who waits may destroy or change what
    /// its waker is just using.
    static void wake(const std::shared_ptr<Waiting>& self) {
        if (self->done || std::exchange(self->woken, true)) return;
        self->shard.post([weak = std::weak_ptr<Waiting>(self)] {
            if (auto still = weak.lock()) finish(std::move(still), true);
        });
    }

    /// Once, from the loop; `self` keeps this alive when the timer lets go of it.
    static void finish(std::shared_ptr<Waiting> self, bool woken) {
        if (std::exchange(self->done, true)) return;
        if (self->slot.is_connected()) self->slot.clear();
        self->shard.timers().cancel(self->timer);
        auto resume = std::move(self->handler);
        self.reset();
        resume(woken);
    }

    Shard& shard;
    Handler handler;
    boost::asio::associated_cancellation_slot_t<Handler> slot;
    TimerId timer;
    bool woken = false;
    bool done = false;
};

/// The timer is the only owner: the stream or library that calls back may outlive the shard's
/// timers or belong to the coroutine that waits here.
struct Start {
    template <class Handler>
    void operator()(Handler handler,
                    Shard* shard,
                    Deadline deadline,
                    std::function<void(Wake)> start) const {
        using Of = Waiting<Handler>;
        auto waiting = std::make_shared<Of>(*shard, std::move(handler));
        const std::weak_ptr<Of> weak = waiting;
        if (waiting->slot.is_connected()) {
            // Posted, because the slot must not be cleared while it runs.
            waiting->slot.assign([weak, shard](boost::asio::cancellation_type) {
                shard->post([weak] {
                    if (auto self = weak.lock()) Of::finish(std::move(self), false);
                });
            });
        }
        TimerId& timer = waiting->timer;
        timer = shard->timers().schedule(deadline.at,
                                         [waiting] { Of::finish(waiting, waiting->woken); });
        waiting.reset();
        start([weak] {
            if (const auto self = weak.lock()) Of::wake(self);
        });
    }
};

}  // namespace

Task<bool> wait_until_woken(Shard& shard, Deadline deadline, std::function<void(Wake)> start) {
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>,
                                                   void(bool)>(
        Start(), kUseTask, &shard, deadline, std::move(start));
}

Task<bool> until_readable(Shard& shard, ByteStream& stream, Deadline deadline) {
    std::function<void(Wake)> start = [&stream](Wake wake) {
        stream.when_readable(std::move(wake));
    };
    co_return co_await wait_until_woken(shard, deadline, std::move(start));
}

Task<bool> until_writable(Shard& shard, ByteStream& stream, Deadline deadline) {
    std::function<void(Wake)> start = [&stream](Wake wake) {
        stream.when_writable(std::move(wake));
    };
    co_return co_await wait_until_woken(shard, deadline, std::move(start));
}

Task<bool> write_all(Shard& shard, ByteStream& stream, std::string bytes, Deadline deadline) {
    std::size_t written = 0;
    while (written < bytes.size()) {
        const IoResult put = try_write(stream, std::string_view(bytes).substr(written));
        if (put.state == IoState::ok) {
            written += put.bytes;
        } else if (put.state != IoState::would_block) {
            co_return false;
        } else if (!co_await until_writable(shard, stream, deadline)) {
            co_return false;
        }
    }
    co_return true;
}

}  // namespace guildhall::base
