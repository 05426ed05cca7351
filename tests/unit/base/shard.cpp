#include "node/base/shard.h"

#include "node/base/wait.h"
#include "tests/catch.h"
#include "tests/support/loop.h"

#include <atomic>
#include <future>

using namespace guildhall::base;
using guildhall::tests::Loop;

namespace {

struct Hook final : TurnHook {
    void on_turn_end() override { ++runs; }
    int runs = 0;
};

}  // namespace

TEST_CASE("a turn hook runs once a turn however often it is enlisted") {
    Loop loop;
    Hook hook;
    loop.shard().at_turn_end(hook);
    loop.shard().at_turn_end(hook);
    CHECK(hook.runs == 0);
    loop.run();
    CHECK(hook.runs == 1);
    loop.shard().at_turn_end(hook);
    loop.run();
    CHECK(hook.runs == 2);
}

TEST_CASE("a turn hook that left is not called, also when it leaves during the turn's end") {
    Loop loop;
    Hook gone;
    auto& shard = loop.shard();
    shard.at_turn_end(gone);
    shard.at_turn_end([&] { shard.forget_turn_end(gone); });
    loop.run();
    CHECK(gone.runs == 0);
    shard.at_turn_end(gone);
    shard.forget_turn_end(gone);
    loop.run();
    CHECK(gone.runs == 0);
}

TEST_CASE("what a task throws is logged under its name") {
    Loop loop;
    auto bad = []() -> Task<void> {
        throw std::runtime_error("broken");
        co_return;
    };
    loop.shard().spawn("wheel", bad());
    loop.run();
    CHECK(loop.log.contains("task=wheel what=broken"));
}

TEST_CASE("a task that is spawned on its shard begins inside the call, up to its first wait") {
    Loop loop;
    std::string order;
    const auto task = [](Loop& on, std::string& out) -> Task<void> {
        out += "begins ";
        constexpr Nanos kNow{};
        co_await on.shard().timers().sleep_for(kNow);
        out += "ends ";
    };
    loop.shard().post([&] {
        loop.shard().spawn("task", task(loop, order));
        order += "spawned ";
    });
    CHECK(order.empty());
    loop.run();
    CHECK(order.starts_with("begins spawned "));
}

TEST_CASE("who is woken goes on from the loop, not inside the call, and once") {
    Loop loop;
    std::string order;
    Wake wake;
    const auto waits = [](Loop& on, Wake& out, std::string& say) -> Task<void> {
        const auto until = Deadline::after(on.shard().clock(), std::chrono::seconds(60));
        const auto start = [&out](Wake w) { out = std::move(w); };
        const bool woken = co_await wait_until_woken(on.shard(), until, start);
        say += woken ? "resumed " : "late ";
    };
    loop.shard().spawn("waits", waits(loop, wake, order));
    loop.run();
    REQUIRE(wake);
    loop.shard().post([&] {
        wake();
        wake();
        order += "woke ";
    });
    loop.run();
    CHECK(order == "woke resumed ");
    wake();
    loop.run();
    CHECK(order == "woke resumed ");
}

TEST_CASE("a wake inside the call that begins the wait ends it") {
    Loop loop;
    bool ended = false;
    const auto waits = [](Loop& on, bool& out) -> Task<void> {
        const auto until = Deadline::after(on.shard().clock(), std::chrono::seconds(60));
        const auto start = [](const Wake& wake) { wake(); };
        out = co_await wait_until_woken(on.shard(), until, start);
    };
    loop.shard().spawn("waits", waits(loop, ended));
    loop.run();
    CHECK(ended);
}

TEST_CASE("on_shard runs on the other shard's thread and comes back") {
    guildhall::tests::RecordingLog log;
    SystemClock clock;
    Shards shards(2, clock, log);
    std::promise<bool> done;
    auto visit = [](Shards& all, std::promise<bool>& promise) -> Task<void> {
        const auto here = std::this_thread::get_id();
        auto make = []() -> Task<std::thread::id> { co_return std::this_thread::get_id(); };
        const auto there = co_await on_shard(all.at(0), all.at(1), make);
        promise.set_value(there != here && std::this_thread::get_id() == here);
    };
    shards.at(0).spawn("visit", visit(shards, done));
    shards.start();
    CHECK(done.get_future().get());
    shards.stop();
}
