#include "node/classic/jwt.h"

#include "tests/catch.h"

using namespace guildhall;

namespace {

constexpr protocol::UnixMs kNow = 1'700'000'000'000;

std::string token_of(std::string_view key = "key") {
    return classic::make_jwt(key, {protocol::UserId(42), "alice", "session", kNow / 1000 + 60});
}

}  // namespace

TEST_CASE("a token gives back its claims until it ends") {
    const auto claims = classic::verify_jwt("key", token_of(), kNow);
    REQUIRE(claims);
    CHECK(claims->user == protocol::UserId(42));
    CHECK(claims->username == "alice");
    CHECK(claims->session == "session");
    CHECK(classic::verify_jwt("key", token_of(), kNow + 59'999));
    CHECK_FALSE(classic::verify_jwt("key", token_of(), kNow + 60'000));
}

TEST_CASE("a token of another key, or with any byte changed, is none") {
    CHECK_FALSE(classic::verify_jwt("other", token_of(), kNow));
    const std::string token = token_of();
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        INFO("byte " << i);
        CHECK_FALSE(classic::verify_jwt("key", changed, kNow));
    }
}

TEST_CASE("a token that names another algorithm or none is none") {
    const std::string token = token_of();
    const std::string rest = token.substr(token.find('.'));
    // {"alg":"none","typ":"JWT"} and {"alg":"HS512","typ":"JWT"}
    for (const char* header :
         {"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9", ""}) {
        CHECK_FALSE(classic::verify_jwt("key", header + rest, kNow));
    }
    CHECK_FALSE(classic::verify_jwt("key", token.substr(0, token.rfind('.') + 1), kNow));
    CHECK_FALSE(classic::verify_jwt("key", "", kNow));
    CHECK_FALSE(classic::verify_jwt("key", std::string(5000, '.'), kNow));
}

TEST_CASE("tokens are what others make of the same key") {
    // Made with Python's hmac and base64 modules.
    const std::string token = classic::make_jwt("secret", {protocol::UserId(1), "a", "s", 2});
    CHECK(token ==
          "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
          "eyJzdWIiOiIxIiwidXNlcm5hbWUiOiJhIiwic2lkIjoicyIsImV4cCI6Mn0.Wy3loBRXXOx3rDKUxiR20akn_"
          "UdZB7fxwd62u9b5bsc");
}
