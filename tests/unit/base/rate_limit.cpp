#include "node/base/rate_limit.h"

#include "tests/catch.h"

#include <chrono>
#include <thread>

using namespace guildhall::base;
using namespace std::chrono_literals;

TEST_CASE("the last call of a window is allowed and the next is not") {
    ManualClock clock(1'000'000);
    RateLimiter limiter(clock, 1);
    const RateRule rule{3, 5s};
    for (std::uint32_t left : {2u, 1u, 0u}) {
        const auto verdict = limiter.take(7, rule);
        CHECK(verdict.allowed);
        CHECK(verdict.remaining == left);
        CHECK(verdict.limit == 3);
    }
    clock.advance(2s);
    const auto refused = limiter.take(7, rule);
    CHECK(!refused.allowed);
    CHECK(refused.remaining == 0);
    CHECK(refused.reset_after_ms == 3000);
    CHECK(refused.reset_ms == 1'005'000);
    clock.advance(2999ms);
    CHECK(!limiter.take(7, rule).allowed);
    clock.advance(1ms);
    const auto fresh = limiter.take(7, rule);
    CHECK(fresh.allowed);
    CHECK(fresh.remaining == 2);
    CHECK(fresh.reset_after_ms == 5000);
}

TEST_CASE("buckets do not share, peeking does not count, resetting forgets") {
    ManualClock clock(0);
    RateLimiter limiter(clock, 1);
    const RateRule rule{1, 1s};
    CHECK(limiter.take(1, rule).allowed);
    CHECK(!limiter.peek(1, rule).allowed);
    CHECK(limiter.peek(2, rule).allowed);
    CHECK(limiter.take(2, rule).allowed);
    limiter.reset(1);
    CHECK(limiter.take(1, rule).allowed);
}

TEST_CASE("a cost above what is left is refused whole") {
    ManualClock clock(0);
    RateLimiter limiter(clock, 1);
    const RateRule rule{10, 1s};
    CHECK(limiter.take(1, rule, 8).allowed);
    CHECK(!limiter.take(1, rule, 3).allowed);
    CHECK(limiter.take(1, rule, 2).remaining == 0);
    CHECK(!limiter.take(2, rule, 11).allowed);
    CHECK(limiter.take(3, rule, 10).allowed);
}

TEST_CASE("a bucket with the key zero works like any other") {
    ManualClock clock(0);
    RateLimiter limiter(clock, 1);
    CHECK(limiter.take(0, {1, 1s}).allowed);
    CHECK(!limiter.take(0, {1, 1s}).allowed);
}

TEST_CASE("strangers cannot grow the table, and the longest window survives them") {
    ManualClock clock(0);
    RateLimiter limiter(clock, 1, 8);
    CHECK(limiter.take(42, {1, 1h}).allowed);
    for (std::uint64_t key = 1000; key < 3000; ++key) CHECK(limiter.take(key, {1, 1s}).allowed);
    CHECK(!limiter.take(42, {1, 1h}).allowed);
}

TEST_CASE("threads together get exactly the limit") {
    SystemClock clock;
    RateLimiter limiter(clock, 1);
    std::atomic<int> allowed{0};
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) allowed += limiter.take(5, {1500, 1h}).allowed;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(allowed == 1500);
}
