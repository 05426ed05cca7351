#include "federation/genesis.h"
#include "federation/key_log.h"
#include "tests/catch.h"
#include "tests/unit/federation/support.h"

namespace guildhall::federation {

using namespace testing;

namespace {

constexpr protocol::UnixMs kNow = 1'700'000'000'123;

NodeGenesis node_genesis() {
    NodeGenesis node;
    node.created_ms = kNow;
    node.signing_key = key(1).public_key();
    node.next_key_commit = key_commit(key(2).public_key());
    node.rotation_keys = {key(5).public_key(), key(6).public_key()};
    return node;
}

UserGenesis user_genesis() {
    UserGenesis user;
    user.created_ms = kNow;
    user.signing_key = key(1).public_key();
    user.home_node_uid = filled(4);
    return user;
}

GuildGenesis guild_genesis() {
    GuildGenesis guild;
    guild.created_ms = kNow;
    guild.owner_uid = filled(2);
    guild.host_uid = filled(3);
    guild.root_key = key(1).public_key();
    return guild;
}

KeyEvent rotation(const KeyState& state, std::uint8_t to, std::uint8_t after) {
    KeyEvent event;
    event.subject_uid = state.subject_uid;
    event.seq = state.seq + 1;
    event.prev = state.last_hash;
    event.ts_ms = kNow + 1;
    event.signing_key = key(to).public_key();
    event.next_key_commit = key_commit(key(after).public_key());
    return event;
}

}  // namespace

TEST_CASE("a genesis of each kind verifies, reads back, and no altered one does") {
    for (const Genesis& genesis :
         {Genesis(node_genesis()), Genesis(user_genesis()), Genesis(guild_genesis())}) {
        const SignedGenesis made = sign(genesis, key(1));
        REQUIRE(verify(made) == genesis);
        const std::string stored = encode(made);
        REQUIRE(decode_signed_genesis(stored) == made);
        for (std::size_t bit = 0; bit < stored.size() * 8; ++bit) {
            const auto altered = decode_signed_genesis(flipped(stored, bit));
            REQUIRE_FALSE((altered && verify(*altered)));
        }
        for (std::size_t size = 0; size < made.bytes.size(); ++size) {
            REQUIRE_FALSE(decode_genesis(std::string_view(made.bytes).substr(0, size)));
        }
        REQUIRE_FALSE(decode_genesis(made.bytes + "x"));
    }
}

TEST_CASE("a nonce makes geneses with the same keys and time differ") {
    UserGenesis other = user_genesis();
    other.nonce.fill(1);
    CHECK(uid_of(encode(Genesis(other))) != uid_of(encode(Genesis(user_genesis()))));
}

TEST_CASE("a list longer than its bound is refused") {
    NodeGenesis node = node_genesis();
    node.rotation_keys.assign(kRotationKeysMax, key(7).public_key());
    std::string bytes = encode(Genesis(node));
    CHECK(decode_genesis(bytes));
    bytes[bytes.size() - kRotationKeysMax * 32 - 1] = kRotationKeysMax + 1;
    CHECK_FALSE(decode_genesis(bytes + std::string(32, 'k')));
}

TEST_CASE("a derived id says its time and 22 bits of the uid") {
    Hash32 uid = filled(0);
    uid[0] = 0x01;
    uid[1] = 0x02;
    uid[2] = 0xff;
    uid[3] = 0xff;
    const auto id = must(derived_id(uid, kNow));
    CHECK(id.created_ms() == kNow);
    CHECK((id.value & 0x3fffff) == 0x3f0201);
    CHECK(derived_id(uid, protocol::kEpochMs));
    CHECK_FALSE(derived_id(uid, protocol::kEpochMs - 1));
    const protocol::UnixMs end = protocol::kEpochMs + (std::int64_t{1} << 41);
    CHECK(must(derived_id(uid, end - 1)).value >> 63 == 0);
    CHECK_FALSE(derived_id(uid, end));
}

TEST_CASE("a key rotates to the key that was committed to, and to no other") {
    const NodeGenesis genesis = node_genesis();
    const KeyState start = key_state_of(genesis, uid_of(encode(Genesis(genesis))));

    const KeyEvent event = rotation(start, 2, 3);
    const std::string bytes = encode(event);
    CHECK(decode_key_event(bytes) == event);
    const auto next = apply(start, bytes, key(2).sign(Domain::key_event, bytes));
    REQUIRE(next);
    CHECK(next->signing_key == key(2).public_key());
    CHECK(next->last_hash == hash_of(event));
    const std::string second = encode(rotation(*next, 3, 4));
    CHECK(apply(*next, second, key(3).sign(Domain::key_event, second)));

    SECTION("a stolen key in use cannot name a key of the thief") {
        const std::string theirs = encode(rotation(start, 8, 8));
        CHECK_FALSE(apply(start, theirs, key(1).sign(Domain::key_event, theirs)));
        CHECK_FALSE(apply(start, theirs, key(8).sign(Domain::key_event, theirs)));
    }
    SECTION("another subject, seq or predecessor is refused") {
        for (int what = 0; what < 3; ++what) {
            KeyEvent wrong = event;
            if (what == 0) wrong.subject_uid = filled(1);
            if (what == 1) wrong.seq = 2;
            if (what == 2) wrong.prev = filled(1);
            const std::string altered = encode(wrong);
            CHECK_FALSE(apply(start, altered, key(2).sign(Domain::key_event, altered)));
        }
    }
    SECTION("any flipped bit is refused") {
        const Signature signature = key(2).sign(Domain::key_event, bytes);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            REQUIRE_FALSE(apply(start, flipped(bytes, bit), signature));
        }
    }
}

}  // namespace guildhall::federation
