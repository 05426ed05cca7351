// The Wycheproof vectors through our own wrappers: each set says what to accept and what to refuse.

#include "federation/aead.h"
#include "federation/crypto.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/unit/federation/support.h"

#include <boost/json.hpp>

#include <string>

namespace guildhall::federation {

using namespace testing;
namespace json = boost::json;

namespace {

std::string hex(const json::value& test, std::string_view field) {
    return bytes_of_hex(std::string(test.at(field).as_string()));
}

/// Runs `check(group, test, valid)` on every test of the set; returns how many there were.
template <class F>
std::size_t each_test(const std::string& name, F check) {
    const auto text = tests::read_file(tests::contract_path("vectors/wycheproof/" + name));
    REQUIRE(text);
    const json::value set = json::parse(*text);
    std::size_t count = 0;
    for (const json::value& group : set.at("testGroups").as_array()) {
        for (const json::value& test : group.at("tests").as_array()) {
            INFO(name << " test " << test.at("tcId").as_int64());
            check(group, test, test.at("result").as_string() == "valid");
            ++count;
        }
    }
    CHECK(count == set.at("numberOfTests").to_number<std::size_t>());
    return count;
}

template <class Nonce, class Seal, class Open>
void check_aead(const json::value& test, bool valid, Seal seal, Open open) {
    const auto cipher_key = SymmetricKey::from(std::string_view(hex(test, "key")));
    const auto nonce = Nonce::from(std::string_view(hex(test, "iv")));
    if (!nonce) {
        CHECK_FALSE(valid);  // The types do not even take it.
        return;
    }
    REQUIRE(cipher_key);
    const std::string aad = hex(test, "aad");
    const std::string plain = hex(test, "msg");
    const std::string sealed = hex(test, "ct") + hex(test, "tag");
    const auto opened = open(*cipher_key, *nonce, aad, sealed);
    CHECK(opened.has_value() == valid);
    if (valid) {
        CHECK(opened == plain);
        CHECK(seal(*cipher_key, *nonce, aad, plain) == sealed);
    }
}

}  // namespace

TEST_CASE("Ed25519 accepts and refuses what Wycheproof says") {
    if (!tests::have_contract("vectors/wycheproof")) return;
    each_test("ed25519_test.json", [](auto& group, auto& test, bool valid) {
        const auto name = must(PublicKey::from(std::string_view(hex(group.at("publicKey"), "pk"))));
        const auto signature = Signature::from(std::string_view(hex(test, "sig")));
        const bool accepted = signature && verify_plain(name, hex(test, "msg"), *signature);
        CHECK(accepted == valid);
    });
}

TEST_CASE("X25519 computes what Wycheproof says and refuses all-zero secrets") {
    if (!tests::have_contract("vectors/wycheproof")) return;
    each_test("x25519_test.json", [](auto&, auto& test, bool valid) {
        const auto secret = must(X25519Secret::from(std::string_view(hex(test, "private"))));
        const auto theirs = must(PublicKey::from(std::string_view(hex(test, "public"))));
        const std::string expected = hex(test, "shared");
        const auto shared = x25519(secret, theirs);
        if (expected == std::string(32, '\0')) {
            CHECK_FALSE(shared);
        } else {
            REQUIRE(shared);
            CHECK(shared->text() == expected);
        }
        if (valid) CHECK(shared.has_value());
    });
}

TEST_CASE("ChaCha20-Poly1305 opens and seals what Wycheproof says") {
    if (!tests::have_contract("vectors/wycheproof")) return;
    each_test("chacha20_poly1305_test.json", [](auto&, auto& test, bool valid) {
        check_aead<Nonce12>(test, valid, chacha20_seal, chacha20_open);
    });
}

TEST_CASE("XChaCha20-Poly1305 opens and seals what Wycheproof says") {
    if (!tests::have_contract("vectors/wycheproof")) return;
    each_test("xchacha20_poly1305_test.json", [](auto&, auto& test, bool valid) {
        check_aead<Nonce24>(test, valid, xchacha20_seal, xchacha20_open);
    });
}

TEST_CASE("HKDF-SHA256 derives what Wycheproof says and refuses too much") {
    if (!tests::have_contract("vectors/wycheproof")) return;
    each_test("hkdf_sha256_test.json", [](auto&, auto& test, bool valid) {
        const auto size = test.at("size").template to_number<std::size_t>();
        const auto out = hkdf_sha256(hex(test, "ikm"), hex(test, "salt"), hex(test, "info"), size);
        CHECK(out.has_value() == valid);
        if (valid) CHECK(*out == hex(test, "okm"));
    });
}

TEST_CASE("an X25519 public key is the one that the other side agrees with") {
    X25519Secret a;
    X25519Secret b;
    a.fill(3);
    b.fill(4);
    CHECK(x25519(a, x25519_public(b)) == x25519(b, x25519_public(a)));
    CHECK_FALSE(x25519(a, PublicKey{}));
}

}  // namespace guildhall::federation
