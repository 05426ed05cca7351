#include "node/base/worker_pool.h"

#include "node/base/shard.h"
#include "tests/catch.h"
#include "tests/support/loop.h"

#include <atomic>
#include <future>
#include <stdexcept>

using namespace guildhall::base;
using guildhall::tests::RecordingLog;

namespace {

struct Fixture {
    SystemClock clock;
    RecordingLog log;
    Shards shards{1, clock, log};
};

}  // namespace

TEST_CASE("work runs on a worker and its caller goes on where it was") {
    Fixture f;
    WorkerPool pool(2, 4);
    std::promise<std::string> done;
    auto caller = [](WorkerPool& p, std::promise<std::string>& promise) -> Task<void> {
        const auto here = std::this_thread::get_id();
        auto work = [here] {
            return std::string(std::this_thread::get_id() == here ? "same" : "other");
        };
        auto result = co_await p.run(work);
        promise.set_value(*result + (std::this_thread::get_id() == here ? ", back" : ", lost"));
    };
    f.shards.at(0).spawn("caller", caller(pool, done));
    f.shards.start();
    CHECK(done.get_future().get() == "other, back");
    f.shards.stop();
}

TEST_CASE("a full queue is a 503 and what is queued still runs") {
    Fixture f;
    WorkerPool pool(1, 1);
    std::promise<void> release;
    std::promise<void> running;
    auto gate = release.get_future().share();
    std::atomic<int> finished{0};
    std::promise<int> refused_status;
    auto hold = [](WorkerPool& p,
                   std::shared_future<void> opened,
                   std::promise<void>& started,
                   std::atomic<int>& count) -> Task<void> {
        auto work = [opened, &started] {
            started.set_value();
            opened.wait();
            return 1;
        };
        const auto result = co_await p.run(work);
        if (result) ++count;
    };
    auto queue_up =
        [](WorkerPool& p, std::promise<int>& status, std::atomic<int>& count) -> Task<void> {
        auto work = [] { return 2; };
        const auto result = co_await p.run(work);
        if (result) {
            ++count;
        } else {
            status.set_value(result.error().status);
        }
    };
    f.shards.start();
    auto& shard = f.shards.at(0);
    shard.post([&] { shard.spawn("hold", hold(pool, gate, running, finished)); });
    running.get_future().wait();
    shard.post([&] {
        shard.spawn("queued", queue_up(pool, refused_status, finished));
        shard.spawn("refused", queue_up(pool, refused_status, finished));
    });
    CHECK(refused_status.get_future().get() == 503);
    release.set_value();
    std::promise<void> all;
    std::function<void()> look = [&] {
        if (finished == 2) {
            all.set_value();
        } else {
            shard.timers().schedule_after(std::chrono::milliseconds(1), look);
        }
    };
    shard.post(look);
    all.get_future().wait();
    CHECK(finished == 2);
    f.shards.stop();
}

TEST_CASE("what the work throws is thrown on to its caller") {
    Fixture f;
    WorkerPool pool(1, 1);
    std::promise<std::string> done;
    auto caller = [](WorkerPool& p, std::promise<std::string>& promise) -> Task<void> {
        auto work = []() -> int { throw std::runtime_error("out of ink"); };
        try {
            (void)co_await p.run(work);
            promise.set_value("nothing");
        } catch (const std::runtime_error& e) {
            promise.set_value(e.what());
        }
    };
    f.shards.at(0).spawn("caller", caller(pool, done));
    f.shards.start();
    CHECK(done.get_future().get() == "out of ink");
    f.shards.stop();
}
