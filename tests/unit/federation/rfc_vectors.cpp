// The vectors of RFC 8032 and RFC 7748 through our own wrappers, as Debian's package
// python3-cryptography-vectors has them; skipped by name where that is not installed.

#include "federation/aead.h"
#include "federation/crypto.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/unit/federation/support.h"

#include <optional>
#include <sstream>
#include <string>

namespace guildhall::federation {

using namespace testing;

namespace {

std::optional<std::string> vectors(const std::string& name) {
    const std::filesystem::path folder =
        "/usr/lib/python3/dist-packages/cryptography_vectors/asymmetric";
    auto text = tests::read_file(folder / name);
    if (!text) std::cout << "GUILDHALL-SKIP: no python3-cryptography-vectors (" << name << ")\n";
    return text;
}

}  // namespace

TEST_CASE("Ed25519 makes the keys and accepts the signatures of RFC 8032, and no other") {
    const auto text = vectors("Ed25519/sign.input");
    if (!text) return;
    std::istringstream lines(*text);
    std::size_t count = 0;
    // Secret key and public key, public key, message, signature and message; in hex.
    for (std::string line; std::getline(lines, line); ++count) {
        std::istringstream fields(line);
        std::string secret, name, message, signed_message;
        std::getline(fields, secret, ':');
        std::getline(fields, name, ':');
        std::getline(fields, message, ':');
        std::getline(fields, signed_message, ':');
        INFO("line " << count + 1);
        REQUIRE(secret.size() == 128);
        REQUIRE(signed_message.size() == 128 + message.size());
        const auto seed = must(Seed::from(std::string_view(bytes_of_hex(secret.substr(0, 64)))));
        const auto key = must(PublicKey::from(std::string_view(bytes_of_hex(name))));
        CHECK(SecretKey::from_seed(seed).public_key() == key);
        const std::string bytes = bytes_of_hex(message);
        auto signature =
            must(Signature::from(std::string_view(bytes_of_hex(signed_message.substr(0, 128)))));
        CHECK(verify_plain(key, bytes, signature));
        CHECK_FALSE(verify_plain(key, bytes + "x", signature));
        signature.data()[count % 64] ^= 1;
        CHECK_FALSE(verify_plain(key, bytes, signature));
    }
    CHECK(count == 1024);
}

TEST_CASE("X25519 computes what RFC 7748 says") {
    const auto text = vectors("X25519/rfc7748.txt");
    if (!text) return;
    std::istringstream lines(*text);
    std::size_t count = 0;
    std::string scalar, u;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t at = line.find(" = ");
        if (at == std::string::npos || line.starts_with("COUNT")) continue;
        const std::string value = bytes_of_hex(line.substr(at + 3, 64));
        if (line.starts_with("INPUT_SCALAR")) scalar = value;
        if (line.starts_with("INPUT_U")) u = value;
        if (!line.starts_with("OUTPUT_U")) continue;
        ++count;
        INFO("vector " << count);
        const auto secret = must(X25519Secret::from(std::string_view(scalar)));
        const auto theirs = must(PublicKey::from(std::string_view(u)));
        const auto shared = x25519(secret, theirs);
        REQUIRE(shared);
        CHECK(shared->text() == value);
    }
    CHECK(count >= 2);
}

}  // namespace guildhall::federation
