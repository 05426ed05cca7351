#include "federation/receipt.h"

#include "federation/cosign.h"
#include "federation/merkle.h"
#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

EntryHeader entry(std::uint64_t seq, std::uint8_t body) {
    EntryHeader out;
    out.log_id = 5;
    out.seq = seq;
    out.body_hash = filled(body);
    return out;
}

Receipt receipt() { return {filled(1), 2, filled(3), 5, 1, leaf_hash(entry(1, 1)), kNow}; }

Head head(std::uint64_t size, protocol::UnixMs ts_ms) {
    return {filled(1), 2, 5, size, filled(9), ts_ms};
}

}  // namespace

TEST_CASE("a receipt reads back and verifies only with the host's key") {
    const SignedBytes made = sign(receipt(), key(1));
    CHECK(decode_signed_receipt(encode(made)) == made);
    CHECK(verify_receipt(made, key(1).public_key()) == receipt());
    CHECK_FALSE(verify_receipt(made, key(2).public_key()));
    CHECK_FALSE(decode_signed_receipt(encode(made) + "x"));
}

TEST_CASE("a host that withholds an acknowledged command shows in its next head") {
    CHECK(is_broken_by(receipt(), head(1, kNow + 1)));
    CHECK_FALSE(is_broken_by(receipt(), head(2, kNow + 1)));

    SECTION("an earlier head, another log, epoch or guild shows nothing") {
        CHECK_FALSE(is_broken_by(receipt(), head(1, kNow)));
        Head other = head(1, kNow + 1);
        other.log_id = 6;
        CHECK_FALSE(is_broken_by(receipt(), other));
        other = head(1, kNow + 1);
        other.epoch = 3;
        CHECK_FALSE(is_broken_by(receipt(), other));
        other = head(1, kNow + 1);
        other.guild_uid = filled(2);
        CHECK_FALSE(is_broken_by(receipt(), other));
    }
}

TEST_CASE("another entry at the promised place breaks a receipt, the same one does not") {
    const Hash32 first = leaf_hash(entry(0, 0));
    for (const std::uint8_t body : {1, 2}) {
        const EntryHeader there = entry(1, body);
        Head h = head(2, kNow - 1000);  // Its time does not matter here.
        h.root = node_hash(first, leaf_hash(there));
        const std::vector<Hash32> path = {first};
        CHECK(is_broken_by(receipt(), h, there, path) == (body == 2));
        h.root = filled(7);
        CHECK_FALSE(is_broken_by(receipt(), h, there, path));
    }
}

TEST_CASE("a mirror's cosignature reads back and verifies only with the mirror's key") {
    const Cosignature cosignature{filled(4), head(3, kNow), kNow + 5};
    const SignedBytes made = sign(cosignature, key(1));
    CHECK(verify_cosignature(made, key(1).public_key()) == cosignature);
    CHECK_FALSE(verify_cosignature(made, key(2).public_key()));
}

}  // namespace guildhall::federation
