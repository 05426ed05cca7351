#include "node/services/login_limits.h"

#include "tests/catch.h"

using namespace guildhall;
using namespace std::chrono_literals;
using services::LoginLimits;

namespace {

constexpr auto kGuesses = LoginLimits::kGuesses.limit;

struct Door {
    base::ManualClock clock{1'700'000'000'000};
    LoginLimits limits{clock, 1, true};

    /// Guesses from ever new addresses until one is refused; how many were taken.
    unsigned guess(const std::string& name) {
        for (unsigned i = 0; i <= 2 * kGuesses; ++i) {
            if (limits.take(name, "198.51.100." + std::to_string(i)) > 0) return i;
        }
        return 0;
    }
};

}  // namespace

TEST_CASE("a name takes so many guesses from all addresses together, whoever has it") {
    Door d;
    CHECK(d.guess("alice") == kGuesses);
    CHECK(d.guess("nobody.has.this") == kGuesses);
    CHECK(d.limits.take("ALICE", "192.0.2.1") > 0);
    CHECK(d.limits.take("bob", "192.0.2.1") == 0);
}

TEST_CASE("a name that was guessed at is free again after the window") {
    Door d;
    REQUIRE(d.guess("alice") == kGuesses);
    d.clock.advance(9min);
    CHECK(d.limits.take("alice", "192.0.2.1") == Approx(60.0));
    d.clock.advance(1min);
    CHECK(d.limits.take("alice", "192.0.2.1") == 0);
}

TEST_CASE("an address from which a login succeeded is not kept out by strangers") {
    Door d;
    d.limits.succeeded("alice", "192.0.2.1");
    REQUIRE(d.guess("alice") == kGuesses);
    CHECK(d.limits.take("alice", "192.0.2.2") > 0);
    for (unsigned i = 0; i < kGuesses; ++i) CHECK(d.limits.take("alice", "192.0.2.1") == 0);
    CHECK(d.limits.take("alice", "192.0.2.1") > 0);
    // What succeeds was no guess.
    d.limits.succeeded("alice", "192.0.2.1");
    CHECK(d.limits.take("alice", "192.0.2.1") == 0);
    d.clock.advance(std::chrono::hours(24 * 30));
    REQUIRE(d.guess("alice") == kGuesses);
    CHECK(d.limits.take("alice", "192.0.2.1") > 0);
}

TEST_CASE("where limits are off no guess is counted") {
    base::ManualClock clock{1'700'000'000'000};
    LoginLimits limits(clock, 1, false);
    for (unsigned i = 0; i < 2 * kGuesses; ++i) CHECK(limits.take("alice", "192.0.2.1") == 0);
}
