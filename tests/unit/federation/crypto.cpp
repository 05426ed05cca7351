#include "federation/crypto.h"

#include "tests/catch.h"
#include "tests/unit/federation/support.h"

namespace guildhall::federation {

using namespace testing;

TEST_CASE("hashes agree with published values") {
    CHECK(to_hex(ByteView(sha256("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256({"a", "", "bc"}) == sha256("abc"));
    CHECK(to_hex(ByteView(blake2b(""))) ==
          "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(to_hex(ByteView(hmac_sha256("Jefe", "what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("a signature holds for its key, domain and bytes only") {
    const SecretKey a = key(1);
    const SecretKey b = key(2);
    const Signature signature = a.sign(Domain::genesis, "bytes");
    CHECK(verify(a.public_key(), Domain::genesis, "bytes", signature));
    CHECK_FALSE(verify(b.public_key(), Domain::genesis, "bytes", signature));
    CHECK_FALSE(verify(a.public_key(), Domain::head_batch, "bytes", signature));
    CHECK_FALSE(verify(a.public_key(), Domain::genesis, "byteS", signature));
    CHECK_FALSE(verify_plain(a.public_key(), "bytes", signature));
    CHECK(verify_plain(a.public_key(), "guildhall-genesisbytes", signature));
}

TEST_CASE("no domain tag is the beginning of another") {
    const Domain all[] = {Domain::genesis, Domain::key_event, Domain::head_batch};
    for (Domain a : all) {
        for (Domain b : all) {
            if (a != b) CHECK_FALSE(domain_tag(b).starts_with(domain_tag(a)));
        }
    }
}

TEST_CASE("a key that moved on leaves no secret behind") {
    SecretKey a = key(1);
    const PublicKey name = a.public_key();
    const SecretKey b = std::move(a);
    CHECK(b.public_key() == name);
    CHECK(b.seed()[0] == 1);
    CHECK(a.seed()[0] == 0);  // NOLINT(bugprone-use-after-move): what is left is the point.
}

TEST_CASE("hex is read in both cases and refused otherwise") {
    CHECK(from_hex("00fFAb") == std::string("\x00\xff\xab", 3));
    CHECK(to_hex(ByteView(std::string_view("\x00\xff\xab", 3))) == "00ffab");
    CHECK_FALSE(from_hex("abc"));
    CHECK_FALSE(from_hex("0g"));
    CHECK(from_hex("")->empty());
}

TEST_CASE("secrets of different lengths are not equal") {
    CHECK(equal_constant_time("abc", "abc"));
    CHECK_FALSE(equal_constant_time("abc", "abd"));
    CHECK_FALSE(equal_constant_time("abc", "abcd"));
    CHECK(equal_constant_time("", ""));
}

}  // namespace guildhall::federation
