#include "node/services/tokens.h"

#include "protocol/data_uri.h"
#include "tests/catch.h"

#include <set>

using namespace guildhall;
using services::Credentials;

TEST_CASE("a token has three parts, the first of which clients read the user id from") {
    base::SeededRng rng(1);
    const auto token =
        services::make_token(protocol::UserId(80351110224678912), protocol::kEpochMs, rng);
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    CHECK(token.substr(0, first) == "ODAzNTExMTAyMjQ2Nzg5MTI");
    CHECK(token.substr(first + 1, second - first - 1) == "AAAAAA");
    CHECK(token.substr(second + 1).size() == 43);
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "-_.") == token.npos);
    CHECK(services::make_token(protocol::UserId(1), protocol::kEpochMs, rng) != token);
}

TEST_CASE("what is stored of a token depends on the key and on all of the token") {
    const auto hash = services::hash_token("key", "token");
    CHECK(hash == services::hash_token("key", "token"));
    CHECK(hash != services::hash_token("yek", "token"));
    CHECK(hash != services::hash_token("key", "tokem"));
    CHECK(hash != services::hash_token("key", "toke"));
}

TEST_CASE("codes are as long as asked for and use the whole alphabet") {
    base::SeededRng rng(1);
    std::set<char> used;
    for (int i = 0; i < 100; ++i) {
        const auto code = services::random_code(rng, 32);
        CHECK(code.size() == 32);
        used.insert(code.begin(), code.end());
    }
    CHECK(used.size() == 62);
}

TEST_CASE("the scheme of credentials is a word before a space, in any case") {
    const auto parse = services::parse_credentials;
    CHECK(parse("abc").scheme == Credentials::Scheme::bare);
    CHECK(parse("abc").token == "abc");
    CHECK(parse("Bot abc").scheme == Credentials::Scheme::bot);
    CHECK(parse("bOT abc").token == "abc");
    CHECK(parse("Bearer abc").scheme == Credentials::Scheme::bearer);
    CHECK(parse("Bearer abc").token == "abc");
    CHECK(parse("Botabc").scheme == Credentials::Scheme::bare);
    CHECK(parse("Bot").token == "Bot");
    CHECK(parse("Bot ").token.empty());
    CHECK(parse("").token.empty());
}
