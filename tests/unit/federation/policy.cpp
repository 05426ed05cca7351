// What peers may do: buckets at their bounds, trust and its passage, strikes, quotas, handshakes.
#include "federation/policy.h"

#include "tests/catch.h"

#include <string>

namespace guildhall::federation {

using namespace std::chrono_literals;

namespace {

constexpr protocol::UnixMs kDay = 24 * 3600 * 1000;

}  // namespace

TEST_CASE("a bucket gives a burst, then says when the next token is there") {
    TokenBucket bucket(Rate{3, 2, 1s}, 10s);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(bucket.take(10s));
    CHECK(bucket.take(10s) == 500ms);
    CHECK(bucket.take(10s + 499ms) == 1ms);
    CHECK_FALSE(bucket.take(10s + 500ms));
    CHECK(bucket.take(10s + 500ms));
    // It never holds more than a burst.
    for (int i = 0; i < 3; ++i) CHECK_FALSE(bucket.take(1h));
    CHECK(bucket.take(1h));
    CHECK_FALSE(bucket.is_full(1h + 1s));
    CHECK(bucket.is_full(1h + 1500ms));
}

TEST_CASE("a bucket takes several tokens or none, and never more than a burst") {
    TokenBucket bucket(Rate{10, 10, 1s}, 0s);
    CHECK_FALSE(bucket.take(0s, 7));
    CHECK(bucket.take(0s, 4) == 100ms);
    CHECK_FALSE(bucket.take(0s, 3));
    CHECK(bucket.take(1h, 11) == 1s);
    CHECK_FALSE(bucket.take(1h, 10));
    CHECK(bucket.take(1h, ~0u) == 1s);
}

TEST_CASE("who may link and act depends on trust and mode") {
    const protocol::UnixMs now = 100 * kDay;
    const Standing open = admit({}, AdmissionMode::open, now);
    CHECK(open.trust == Trust::limited);
    CHECK(open.first_seen_ms == now);
    CHECK(may_act(open, now) == ProblemCode::none);
    for (AdmissionMode mode : {AdmissionMode::hold, AdmissionMode::allowlist}) {
        const Standing held = admit({}, mode, now);
        CHECK(held.trust == Trust::held);
        CHECK(may_link(held, now) == ProblemCode::none);
        CHECK(may_act(held, now) == ProblemCode::held);
    }
    const Standing blocked{.trust = Trust::blocked, .by_operator = true};
    CHECK(admit(blocked, AdmissionMode::open, now).trust == Trust::blocked);
    CHECK(may_link(blocked, now) == ProblemCode::blocked);
    CHECK(may_act({.trust = Trust::unknown}, now) == ProblemCode::held);
}

TEST_CASE("only who the operator trusted enters where there is an allowlist") {
    constexpr protocol::UnixMs now = kDay;
    const Standing listed{.trust = Trust::allowed, .by_operator = true, .first_seen_ms = 1};
    Standing aged = listed;
    aged.by_operator = false;
    const Standing fresh = admit({}, AdmissionMode::allowlist, now);
    CHECK(may_enter(listed, AdmissionMode::allowlist, now) == ProblemCode::none);
    CHECK(may_enter(aged, AdmissionMode::allowlist, now) == ProblemCode::held);
    CHECK(may_enter(fresh, AdmissionMode::allowlist, now) == ProblemCode::held);
    // Where strangers are held they link and wait.
    CHECK(may_enter(fresh, AdmissionMode::hold, now) == ProblemCode::none);
    Standing blocked = listed;
    blocked.trust = Trust::blocked;
    CHECK(may_enter(blocked, AdmissionMode::allowlist, now) == ProblemCode::blocked);
    Standing away = listed;
    away.quarantined_until_ms = now + 1;
    CHECK(may_enter(away, AdmissionMode::allowlist, now) == ProblemCode::busy);
}

TEST_CASE("lifted rates leave the bounds of what is under way") {
    PeerPolicy policy(0s);
    policy.lift_rates();
    for (int i = 0; i < 10'000; ++i) {
        CHECK_FALSE(policy.take(PeerAction::join, 0s));
        CHECK_FALSE(policy.take_command(protocol::UserId(7), 0s));
    }
    while (!policy.begin(PeerGauge::snapshots)) {
    }
    CHECK(policy.begin(PeerGauge::snapshots));
}

TEST_CASE("a limited node is allowed after seven days, unless the operator decided") {
    const Standing fresh = admit({}, AdmissionMode::open, kDay);
    CHECK(age(fresh, 8 * kDay - 1).trust == Trust::limited);
    CHECK(age(fresh, 8 * kDay).trust == Trust::allowed);
    CHECK(admit(fresh, AdmissionMode::open, 8 * kDay).trust == Trust::allowed);
    Standing kept = fresh;
    kept.by_operator = true;
    CHECK(age(kept, 100 * kDay).trust == Trust::limited);
    CHECK(age({.trust = Trust::held, .first_seen_ms = 1}, 100 * kDay).trust == Trust::held);
}

TEST_CASE("a quarantined node may not link until its time is over") {
    const Standing standing{.trust = Trust::allowed, .quarantined_until_ms = 1'000};
    CHECK(may_link(standing, 999) == ProblemCode::busy);
    CHECK(may_act(standing, 999) == ProblemCode::busy);
    CHECK(may_act(standing, 1'000) == ProblemCode::none);
}

TEST_CASE("commands are limited per user and per peer") {
    PeerPolicy policy(0s);
    for (int i = 0; i < 10; ++i) CHECK_FALSE(policy.take_command(protocol::UserId(7), 0s));
    const auto refusal = policy.take_command(protocol::UserId(7), 0s);
    REQUIRE(refusal);
    CHECK(refusal->code == ProblemCode::rate_limited);
    CHECK(refusal->retry_ms == 200);
    // Others of the node go on, to the peer's burst of 200.
    int passed = 10;
    for (std::uint64_t user = 100; user < 400; ++user) {
        if (!policy.take_command(protocol::UserId(user), 0s)) ++passed;
    }
    CHECK(passed == 200);
    CHECK(policy.take_command(protocol::UserId(1'000), 0s)->retry_ms == 20);
    CHECK_FALSE(policy.take_command(protocol::UserId(1'000), 20ms));
}

TEST_CASE("buckets of users are bounded, and idle ones make room") {
    PeerPolicy policy(0s);
    Nanos now = 0s;
    for (std::uint64_t user = 0; user < 3 * limits::kUserBucketsMax; ++user) {
        now += 20ms;
        CHECK_FALSE(policy.take_command(protocol::UserId(user), now));
        REQUIRE(policy.users() <= limits::kUserBucketsMax);
    }
}

TEST_CASE("a flood of invented users is refused once the table is full") {
    PeerPolicy policy(0s);
    std::size_t refused = 0;
    for (std::uint64_t user = 0; user < 2 * limits::kUserBucketsMax; ++user) {
        if (policy.take_command(protocol::UserId(user), 0s)) ++refused;
        REQUIRE(policy.users() <= limits::kUserBucketsMax);
    }
    CHECK(refused == 2 * limits::kUserBucketsMax - 200);
}

TEST_CASE("a limited node introduces sixty users an hour, an allowed one more") {
    PeerPolicy policy(0s);
    for (int i = 0; i < 60; ++i) CHECK_FALSE(policy.take(PeerAction::new_user, 0s));
    CHECK(policy.take(PeerAction::new_user, 0s));
    CHECK_FALSE(policy.take(PeerAction::new_user, 1min));
    policy.set_trust(Trust::allowed, 1min);
    for (int i = 0; i < 1'000; ++i) CHECK_FALSE(policy.take(PeerAction::new_user, 1min));
    CHECK(policy.take(PeerAction::new_user, 1min));
}

TEST_CASE("joins, ranges and requests under way have their bounds") {
    PeerPolicy policy(0s);
    for (int i = 0; i < 5; ++i) CHECK_FALSE(policy.take(PeerAction::join, 0s));
    CHECK(policy.take(PeerAction::join, 0s)->retry_ms == 12'000);
    CHECK_FALSE(policy.take(PeerAction::range_entries, 0s, 500));
    CHECK(policy.take(PeerAction::range_entries, 0s, 5'000));
    for (int i = 0; i < 20; ++i) CHECK_FALSE(policy.begin(PeerGauge::range_requests));
    CHECK(policy.begin(PeerGauge::range_requests)->code == ProblemCode::busy);
    policy.end(PeerGauge::range_requests);
    CHECK_FALSE(policy.begin(PeerGauge::range_requests));
}

TEST_CASE("the fifth strike within an hour is one too many") {
    PeerPolicy policy(0s);
    for (int i = 0; i < 4; ++i) CHECK_FALSE(policy.strike(10min * i));
    CHECK(policy.strike(40min));
    PeerPolicy slow(0s);
    for (int i = 0; i < 100; ++i) CHECK_FALSE(slow.strike(15min * i));
    CHECK(slow.strikes() <= limits::kStrikesMax);
}

TEST_CASE("quotas fit to the byte and do not overflow") {
    const Quota quota{100};
    CHECK(quota.fits(0, 100));
    CHECK(quota.fits(99, 1));
    CHECK_FALSE(quota.fits(100, 1));
    CHECK_FALSE(quota.fits(101, 0));
    CHECK_FALSE(quota.fits(1, ~0ull));
    CHECK_FALSE(peer_quota(Trust::held).fits(0, 1));
    CHECK(peer_quota(Trust::limited).bytes_max < peer_quota(Trust::allowed).bytes_max);
    CHECK(guild_quota(Trust::limited).bytes_max < peer_quota(Trust::limited).bytes_max);
}

TEST_CASE("addresses group by /24 and /56, mapped ones as IPv4") {
    auto group = [](std::string bytes) { return address_group(bytes); };
    const std::string four = "\x7f\x01\x02\x03";
    CHECK(group(four) == group("\x7f\x01\x02\xff"));
    CHECK(group(four) != group("\x7f\x01\x03\x03"));
    CHECK(group(std::string(10, '\0') + "\xff\xff" + four) == group(four));
    const std::string six = "\x20\x01\x0d\xb8" + std::string(12, 'x');
    std::string near = six;
    near[7] = 'y';
    std::string far = six;
    far[6] = 'y';
    CHECK(group(six) == group(near));
    CHECK(group(six) != group(far));
    CHECK_FALSE(group("abc"));
}

TEST_CASE("handshakes are limited per place and in all") {
    HandshakeLimiter limiter;
    const AddressGroup here{4, 1, 2, 3};
    for (int i = 0; i < 10; ++i) {
        REQUIRE(limiter.begin(here, 0s));
        limiter.end();
    }
    CHECK_FALSE(limiter.begin(here, 0s));
    CHECK(limiter.begin({4, 9, 9, 9}, 0s));
    CHECK(limiter.begin(here, 6s));
    for (std::uint8_t i = 0; limiter.unfinished() < limits::kHandshakesUnfinishedMax; ++i) {
        for (std::uint8_t j = 0; j < 8 && limiter.unfinished() < 512; ++j) {
            REQUIRE(limiter.begin({4, 5, i, j}, 6s));
        }
    }
    CHECK_FALSE(limiter.begin({4, 200, 0, 0}, 6s));
    limiter.end();
    CHECK(limiter.begin({4, 200, 0, 0}, 6s));
}

TEST_CASE("places of handshakes are forgotten, and a flood of them is refused") {
    HandshakeLimiter limiter;
    std::size_t refused = 0;
    for (std::uint32_t i = 0; i < 2 * limits::kHandshakePlacesMax; ++i) {
        AddressGroup from{6};
        from[1] = static_cast<std::uint8_t>(i);
        from[2] = static_cast<std::uint8_t>(i >> 8);
        from[3] = static_cast<std::uint8_t>(i >> 16);
        if (limiter.begin(from, 0s))
            limiter.end();
        else
            ++refused;
    }
    CHECK(limiter.places() == limits::kHandshakePlacesMax);
    CHECK(refused == limits::kHandshakePlacesMax);
    CHECK(limiter.begin({6, 1, 1, 1, 1}, 1min));
    CHECK(limiter.places() == 1);
}

}  // namespace guildhall::federation
