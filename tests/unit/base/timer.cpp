#include "node/base/timer.h"

#include "tests/catch.h"
#include "tests/support/loop.h"

#include <chrono>

using namespace guildhall::base;
using namespace std::chrono_literals;
using guildhall::tests::Loop;
using guildhall::tests::RecordingLog;

TEST_CASE("timers run in the order of deadline and then of scheduling") {
    Loop loop;
    std::string order;
    loop.shard().timers().schedule_after(2s, [&] { order += 'c'; });
    loop.shard().timers().schedule_after(1s, [&] { order += 'a'; });
    loop.shard().timers().schedule_after(1s, [&] { order += 'b'; });
    loop.advance(999ms);
    CHECK(order.empty());
    loop.advance(1ms);
    CHECK(order == "ab");
    loop.advance(1s);
    CHECK(order == "abc");
}

TEST_CASE("a cancelled timer does not run, and cancelling twice is harmless") {
    Loop loop;
    auto& timers = loop.shard().timers();
    bool ran = false;
    TimerId id = timers.schedule_after(1s, [&] { ran = true; });
    TimerId copy = id;
    CHECK(timers.cancel(id));
    CHECK(!id);
    CHECK(!timers.cancel(id));
    CHECK(!timers.cancel(copy));
    loop.advance(2s);
    CHECK(!ran);
    CHECK(timers.size() == 0);
}

TEST_CASE("a timer may schedule and cancel others, and itself for now") {
    Loop loop;
    auto& timers = loop.shard().timers();
    int rounds = 0;
    bool other = false;
    TimerId victim = timers.schedule_after(1s, [&] { other = true; });
    std::function<void()> again = [&] {
        timers.cancel(victim);
        if (++rounds < 5) timers.schedule(loop.clock.now(), again);
    };
    timers.schedule_after(500ms, again);
    loop.advance(2s);
    CHECK(rounds == 5);
    CHECK(!other);
}

TEST_CASE("a task sleeps until its deadline") {
    Loop loop;
    auto sleeper = [](Loop& l) -> Task<Nanos> {
        co_await l.shard().timers().sleep_for(3s);
        co_return l.clock.now();
    };
    CHECK(loop.wait(sleeper(loop), 10s) == 3s);
}

TEST_CASE("with the system clock the loop wakes by itself, also for a deadline put in front") {
    SystemClock clock;
    RecordingLog log;
    Shards shards(1, clock, log);
    auto& shard = shards.at(0);
    std::string order;
    shard.timers().schedule_after(30ms, [&] {
        order += 'b';
        shard.io().stop();
    });
    shard.timers().schedule_after(5ms, [&] { order += 'a'; });
    shard.io().run_for(10s);
    CHECK(order == "ab");
}

TEST_CASE("a deadline knows what is left") {
    ManualClock clock(0);
    const Deadline deadline = Deadline::after(clock, 2s);
    CHECK(deadline.left(clock) == 2s);
    clock.advance(2s);
    CHECK(deadline.has_passed(clock));
    clock.advance(1s);
    CHECK(deadline.left(clock) == 0s);
}
