#include "federation/key_chain.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

#include <limits>

namespace guildhall::federation {

using namespace testing;

namespace {

constexpr std::int64_t kHour = 3'600'000;

KeyChain chain_of(const KeyLog& log, KeyTime time = {kNow, 0}) {
    auto chain = KeyChain::from(log, time, no_keys);
    REQUIRE(chain);
    return std::move(*chain);
}

KeyStep must_apply(KeyChain& chain, const std::string& event, KeyTime time = {kNow, 0}) {
    const auto step = chain.apply(event, time, no_keys);
    REQUIRE(step);
    return *step;
}

/// An event after `before` by rotation key number `signer`, which is key(by).
std::string recovery(const KeyState& before,
                     std::uint8_t to,
                     std::uint8_t signer,
                     std::uint8_t by,
                     const Hash32& replaces = {}) {
    KeyEvent event = rotation(before, to, static_cast<std::uint8_t>(to + 1));
    event.recovery = Recovery{replaces, signer};
    return signed_event(event, by);
}

}  // namespace

TEST_CASE("a key log grows by the key that was committed to and reads back whole") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    CHECK(chain.uid() == node.uid);
    CHECK_FALSE(chain.is_user());
    CHECK(must_apply(chain, signed_event(rotation(chain.state(), 11, 20), 11)) == KeyStep::added);
    CHECK(must_apply(chain, signed_event(rotation(chain.state(), 20, 21), 20)) == KeyStep::added);
    CHECK(chain.signing_key() == key(20).public_key());
    CHECK(chain.signing_key_at(0) == key(10).public_key());
    CHECK(chain.signing_key_at(1) == key(11).public_key());
    CHECK_FALSE(chain.signing_key_at(3));

    const auto log = decode_key_log(encode(chain.log()));
    REQUIRE(log == chain.log());
    CHECK(chain_of(*log).state() == chain.state());
    CHECK(must_apply(chain, chain.log().events[0]) == KeyStep::repeated);
}

TEST_CASE("who stole the key in use cannot rotate, and 72 hours undo who stole the next one too") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    const KeyState before = chain.state();
    CHECK_FALSE(chain.apply(signed_event(rotation(before, 66, 67), 66), {kNow, 0}, no_keys));
    CHECK_FALSE(chain.apply(signed_event(rotation(before, 66, 67), 10), {kNow, 0}, no_keys));

    // The thief has the committed key, and names keys of its own.
    KeyEvent theft = rotation(before, 11, 66);
    theft.rotation_keys = {key(68).public_key()};
    CHECK(must_apply(chain, signed_event(theft, 11)) == KeyStep::added);
    CHECK(must_apply(chain, signed_event(rotation(chain.state(), 66, 67), 66)) == KeyStep::added);
    const std::string mend = recovery(before, 30, 1, 13, hash_of(theft));

    SECTION("in time the weaker rotation key does") {
        CHECK(must_apply(chain, mend, {kNow + 72 * kHour, 0}) == KeyStep::replaced);
        CHECK(chain.state().seq == 1);
        CHECK(chain.signing_key() == key(30).public_key());
        CHECK(chain_of(chain.log()).state() == chain.state());
        // The void branch does not come back.
        CHECK_FALSE(chain.apply(signed_event(theft, 11), {kNow, 0}, no_keys));
    }
    SECTION("a moment later it does not") {
        CHECK_FALSE(chain.apply(mend, {kNow + 72 * kHour + 1, 0}, no_keys));
        CHECK(chain.state().seq == 2);
    }
    SECTION("not by the thief's rotation key") {
        const std::string theirs = recovery(before, 30, 0, 68, hash_of(theft));
        CHECK_FALSE(chain.apply(theirs, {kNow, 0}, no_keys));
    }
    SECTION("not without naming the event") {
        CHECK_FALSE(chain.apply(recovery(before, 30, 0, 12, filled(1)), {kNow, 0}, no_keys));
        CHECK_FALSE(chain.apply(recovery(before, 30, 0, 12), {kNow, 0}, no_keys));
    }
}

TEST_CASE("a restart does not open the 72 hours again") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    const KeyState before = chain.state();
    const KeyEvent event = rotation(before, 11, 20);
    must_apply(chain, signed_event(event, 11), {kNow + 5, 9});
    auto again = KeyChain::restore(chain.log(), chain.times(), no_keys);
    REQUIRE(again);
    CHECK(again->times() == chain.times());
    const std::string late = recovery(before, 30, 0, 12, hash_of(event));
    CHECK_FALSE(again->apply(late, {kNow + 6 + 72 * kHour, 0}, no_keys));
    CHECK(again->apply(late, {kNow + 5 + 72 * kHour, 0}, no_keys));
    CHECK_FALSE(KeyChain::restore(chain.log(), std::vector<KeyTime>(1), no_keys));
}

TEST_CASE("a stronger rotation key overrides a weaker one, and never the other way") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    const KeyState before = chain.state();
    const std::string weak = recovery(before, 30, 1, 13);
    CHECK(must_apply(chain, weak) == KeyStep::added);
    const Hash32 weak_hash = chain.state().last_hash;
    const std::string same = recovery(before, 40, 1, 13, weak_hash);
    CHECK_FALSE(chain.apply(same, {kNow, 0}, no_keys));
    CHECK(must_apply(chain, recovery(before, 50, 0, 12, weak_hash)) == KeyStep::replaced);
    const Hash32 strong_hash = chain.state().last_hash;
    CHECK_FALSE(chain.apply(recovery(before, 60, 1, 13, strong_hash), {kNow, 0}, no_keys));
    CHECK(chain.signing_key() == key(50).public_key());
}

TEST_CASE("two events of one seq signed by one key are a fork and change nothing") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    const KeyState before = chain.state();
    must_apply(chain, signed_event(rotation(before, 11, 20), 11));
    const KeyState after = chain.state();
    CHECK(must_apply(chain, signed_event(rotation(before, 11, 21), 11)) == KeyStep::forked);
    CHECK(chain.state() == after);
}

TEST_CASE("a revoked key made what it made and makes nothing new") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log, {kNow, 5});
    must_apply(chain, signed_event(rotation(chain.state(), 11, 20), 11), {kNow, 40});
    CHECK(chain.state_at_control(0).signing_key == key(10).public_key());
    CHECK(chain.state_at_control(39).signing_key == key(10).public_key());
    CHECK(chain.state_at_control(40).signing_key == key(11).public_key());
    // What was accepted before an override stays verifiable.
    const Hash32 replaced = chain.state().last_hash;
    const KeyState genesis = chain.state_at_control(0);
    must_apply(chain, recovery(genesis, 30, 0, 12, replaced), {kNow, 60});
    CHECK(chain.state_at_control(59).signing_key == key(11).public_key());
    CHECK(chain.state_at_control(60).signing_key == key(30).public_key());
}

TEST_CASE("a signer says itself when it replaced a key, give or take a minute") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    CHECK_FALSE(chain.was_replaced(0, kNow + kHour));
    must_apply(chain, signed_event(rotation(chain.state(), 11, 20), 11));
    const auto event = decode_signed_key_event(chain.log().events[0]);
    REQUIRE(event);
    const auto at = decode_key_event(event->bytes)->ts_ms;
    CHECK_FALSE(chain.was_replaced(0, at - kHour));
    CHECK_FALSE(chain.was_replaced(0, at + 60'000));
    CHECK(chain.was_replaced(0, at + 60'001));
    CHECK_FALSE(chain.was_replaced(1, at + kHour));
    // Whatever others say that the time was.
    CHECK_FALSE(chain.was_replaced(0, std::numeric_limits<protocol::UnixMs>::min()));
    CHECK(chain.was_replaced(0, std::numeric_limits<protocol::UnixMs>::max()));
}

TEST_CASE("a user moves only with the new home's agreement to this very event") {
    const TestNode old_home(10);
    const TestNode new_home(20);
    const TestNode third(30);
    const TestUser user(40, old_home.uid);
    KeyBook book;
    book.add(new_home);
    book.add(third);
    KeyChain chain = chain_of(user.log);
    CHECK(chain.home() == old_home.uid);
    KeyEvent move = rotation(chain.state(), 41, 50);
    move.target = must(KeyTarget::from(new_home.uid.text()));
    SignedKeyEvent event = sign(move, key(41));

    CHECK_FALSE(chain.apply(encode(event), {kNow, 0}, book));
    event.consent = consent_to_move(event.bytes, 0, third.signing);
    CHECK_FALSE(chain.apply(encode(event), {kNow, 0}, book));
    KeyEvent other = move;
    other.ts_ms += 1;
    event.consent = consent_to_move(encode(other), 0, new_home.signing);
    CHECK_FALSE(chain.apply(encode(event), {kNow, 0}, book));
    event.consent = consent_to_move(event.bytes, 1, new_home.signing);
    CHECK_FALSE(chain.apply(encode(event), {kNow, 0}, book));  // No such key.

    event.consent = consent_to_move(event.bytes, 0, new_home.signing);
    CHECK(decode_signed_key_event(encode(event)) == event);
    const auto step = chain.apply(encode(event), {kNow, 70}, book);
    REQUIRE(step);
    CHECK(chain.home() == new_home.uid);
    // The old home speaks for the user before the move and not after it.
    CHECK(chain.state_at_control(69).target.text() == old_home.uid.text());
    CHECK(chain.state_at_control(70).target.text() == new_home.uid.text());

    SECTION("an agreement without a move is refused") {
        SignedKeyEvent stay = sign(rotation(chain.state(), 50, 51), key(50));
        stay.consent = consent_to_move(stay.bytes, 0, new_home.signing);
        CHECK_FALSE(chain.apply(encode(stay), {kNow, 0}, book));
        stay.consent.reset();
        CHECK(chain.apply(encode(stay), {kNow, 0}, book));
    }
}

TEST_CASE("a user whose home died moves by a rotation key") {
    const TestNode dead(10);
    const TestNode new_home(20);
    const TestUser user(40, dead.uid);
    KeyBook book;
    book.add(new_home);
    KeyChain chain = chain_of(user.log);
    KeyEvent move = rotation(chain.state(), 60, 61);
    move.target = must(KeyTarget::from(new_home.uid.text()));
    move.recovery = Recovery{Hash32{}, 0};
    SignedKeyEvent event = sign(move, key(42));
    event.consent = consent_to_move(event.bytes, 0, new_home.signing);
    REQUIRE(chain.apply(encode(event), {kNow, 0}, book));
    CHECK(chain.home() == new_home.uid);
    CHECK(chain.user_id() == derived_id(user.uid, kNow));
}

TEST_CASE("a key log is bounded, and an override still fits a full one") {
    const TestNode node(10);
    KeyChain chain = chain_of(node.log);
    const KeyState before = chain.state();
    KeyEvent first = rotation(before, 11, 11);
    must_apply(chain, signed_event(first, 11));
    for (std::uint32_t seq = 2; seq <= kKeyEventsMax; ++seq) {
        REQUIRE(must_apply(chain, signed_event(rotation(chain.state(), 11, 11), 11)) ==
                KeyStep::added);
    }
    CHECK_FALSE(chain.apply(signed_event(rotation(chain.state(), 11, 11), 11), {}, no_keys));
    CHECK(chain_of(chain.log()).state() == chain.state());
    CHECK(must_apply(chain, recovery(before, 30, 0, 12, hash_of(first))) == KeyStep::replaced);
    CHECK(chain.state().seq == 1);

    KeyLog bomb = node.log;
    bomb.events.assign(kKeyEventsMax + 1, "x");
    CHECK_FALSE(KeyChain::from(bomb, {}, no_keys));
    CHECK_FALSE(decode_signed_key_event(std::string(kKeyEventBytesMax + 1, '\1')));
}

TEST_CASE("events of another identity, with a gap, or of a guild are refused") {
    const TestNode node(10);
    const TestNode other(20);
    KeyChain chain = chain_of(node.log);
    KeyChain theirs = chain_of(other.log);
    CHECK_FALSE(chain.apply(signed_event(rotation(theirs.state(), 21, 22), 21), {}, no_keys));
    KeyEvent gap = rotation(chain.state(), 11, 12);
    gap.seq = 2;
    CHECK_FALSE(chain.apply(signed_event(gap, 11), {}, no_keys));
    gap.seq = 0;
    CHECK_FALSE(chain.apply(signed_event(gap, 11), {}, no_keys));
    GuildGenesis guild;
    guild.root_key = key(1).public_key();
    CHECK_FALSE(KeyChain::start(encode(sign(Genesis(guild), key(1)))));
    CHECK_FALSE(KeyChain::start("short"));
}

}  // namespace guildhall::federation
