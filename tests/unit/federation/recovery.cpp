#include "federation/recovery.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

#include <algorithm>

namespace guildhall::federation {

using namespace testing;

namespace {

PhraseEntropy entropy(std::uint8_t start) {
    PhraseEntropy out;
    for (auto& byte : out) byte = start++;
    return out;
}

}  // namespace

TEST_CASE("a recovery phrase reads back however it is typed") {
    const std::string phrase = make_phrase(entropy(1));
    CHECK(phrase.size() == 6 * 6 + 5);
    std::string lower = phrase;
    std::ranges::transform(
        lower, lower.begin(), [](char c) { return c >= 'A' ? static_cast<char>(c | 0x20) : c; });
    std::string spaced = lower;
    std::ranges::replace(spaced, '-', ' ');
    std::string confused = phrase;
    std::ranges::replace(confused, '0', 'O');
    std::ranges::replace(confused, '1', 'l');
    for (const std::string& typed : {phrase, lower, spaced + "\n", confused}) {
        INFO(typed);
        const auto read = parse_phrase(typed);
        REQUIRE(read);
        CHECK(*read == entropy(1));
    }
}

TEST_CASE("one wrong or missing character of a phrase is noticed") {
    const std::string phrase = make_phrase(entropy(7));
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        if (phrase[i] == '-') continue;
        std::string wrong = phrase;
        wrong[i] = phrase[i] == '7' ? '8' : '7';
        REQUIRE_FALSE(parse_phrase(wrong));
        wrong = phrase;
        wrong.erase(i, 1);
        REQUIRE_FALSE(parse_phrase(wrong));
        wrong[i > 0 ? i - 1 : i] = 'U';
        REQUIRE_FALSE(parse_phrase(wrong));
    }
    CHECK_FALSE(parse_phrase(phrase + "0"));
    CHECK_FALSE(parse_phrase(""));
    CHECK_FALSE(parse_phrase(std::string(1'000'000, '-')));
}

TEST_CASE("a phrase alone gives back the rotation key") {
    const SecretKey made = rotation_key_of(entropy(1));
    const auto read = parse_phrase(make_phrase(entropy(1)));
    REQUIRE(read);
    CHECK(rotation_key_of(*read).public_key() == made.public_key());
    CHECK(rotation_key_of(entropy(2)).public_key() != made.public_key());
}

TEST_CASE("a backup opens with its password, and altered or with another one it does not") {
    const Argon2Cost cost = kArgon2CostMin;
    const auto sealed = seal_backup("identity", "password", {}, {}, cost);
    REQUIRE(sealed);
    const auto opened = open_backup(*sealed, "password");
    REQUIRE(opened);
    CHECK(*opened == "identity");
    CHECK(sealed->find("identity") == std::string::npos);
    CHECK_FALSE(open_backup(*sealed, "passwore"));
    // One bit of each field; a cost out of bounds is refused before any work.
    for (const std::size_t byte : {0u, 1u, 5u, 9u, 25u, 49u}) {
        CHECK_FALSE(open_backup(flipped(*sealed, byte * 8), "password"));
    }
    CHECK_FALSE(open_backup(flipped(*sealed, (sealed->size() - 1) * 8), "password"));
    for (std::size_t size = 0; size < 65; ++size) {
        REQUIRE_FALSE(open_backup(std::string_view(*sealed).substr(0, size), "password"));
    }
}

TEST_CASE("a backup that another implementation sealed opens") {
    // Made with OpenSSL 3's Argon2id and ChaCha20-Poly1305 and an HChaCha20 written for it: passes
    // 2, 19 MiB, password "password".
    const auto opened = open_backup(
        bytes_of_hex("0102000000004c0000000102030405060708090a0b0c0d0e0f202122232425262728292a2b2c"
                     "2d2e2f303132333435363783673b7c2b28af433ba8e48c6f4fa96b404d1132cf4e4e37"),
        "password");
    REQUIRE(opened);
    CHECK(*opened == "identity");
}

TEST_CASE("a backup costs neither too little to guess nor too much to open") {
    CHECK_FALSE(seal_backup("x", "p", {}, {}, {1, 19 * 1024}));
    CHECK_FALSE(seal_backup("x", "p", {}, {}, {2, 19 * 1024 - 1}));
    CHECK_FALSE(seal_backup("x", "p", {}, {}, {17, 19 * 1024}));
    CHECK_FALSE(seal_backup("x", "p", {}, {}, {2, 512 * 1024 + 1}));
    CHECK_FALSE(seal_backup(std::string(kBackupBytesMax + 1, 'x'), "p", {}, {}, kArgon2CostMin));
    std::string greedy = std::string("\1\2\0\0\0\xff\xff\xff\xff", 9) + std::string(60, 'x');
    CHECK_FALSE(open_backup(greedy, "p"));
}

}  // namespace guildhall::federation
