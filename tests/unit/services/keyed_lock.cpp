#include "node/services/keyed_lock.h"

#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/loop.h"

#include <array>
#include <optional>

using namespace guildhall;
using services::KeyedLock;

namespace {

/// Those who wait for locks, and who got one, in order.
struct Waiters {
    tests::Loop loop;
    KeyedLock lock{loop.shard()};
    std::vector<int> order;
    std::array<std::optional<KeyedLock::Guard>, 1024> held;
    int refused = 0;

    void start(int who, std::uint64_t key) {
        loop.shard().spawn("waiter", take(who, key));
        loop.run();
    }
    base::Task<void> take(int who, std::uint64_t key) {
        auto got = co_await lock.acquire(key);
        if (!got) {
            CHECK(protocol::http_status(got.error()) == 503);
            ++refused;
            co_return;
        }
        order.push_back(who);
        held[static_cast<std::size_t>(who)].emplace(std::move(*got));
    }
    void let_go(int who) {
        held[static_cast<std::size_t>(who)].reset();
        loop.run();
    }
};

}  // namespace

TEST_CASE("a key has one holder, and those who wait get it in the order they came") {
    Waiters w;
    w.start(0, 7);
    w.start(1, 7);
    w.start(2, 7);
    CHECK(w.order == std::vector<int>{0});
    w.let_go(0);
    CHECK(w.order == std::vector<int>{0, 1});
    w.start(3, 7);
    w.let_go(1);
    w.let_go(2);
    CHECK(w.order == std::vector<int>{0, 1, 2, 3});
    w.let_go(3);
    w.start(4, 7);
    CHECK(w.order.back() == 4);
}

TEST_CASE("keys do not wait for each other") {
    Waiters w;
    w.start(0, 7);
    w.start(1, 8);
    CHECK(w.order == std::vector<int>{0, 1});
}

TEST_CASE("too many waiters are refused with 503, and room comes back") {
    Waiters w;
    constexpr int kMax = static_cast<int>(KeyedLock::kWaitersMax);
    w.start(0, 7);
    for (int i = 1; i <= kMax; ++i) w.start(i, 7);
    CHECK(w.refused == 0);
    w.start(kMax + 1, 7);
    CHECK(w.refused == 1);
    w.let_go(0);
    w.start(kMax + 2, 7);
    CHECK(w.refused == 1);
    for (int i = 1; i <= kMax; ++i) w.let_go(i);
    CHECK(w.order.back() == kMax + 2);
}
