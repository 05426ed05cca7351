#include "node/rest/limits.h"

#include "tests/catch.h"
#include "tests/unit/rest/site.h"

using namespace guildhall;
using tests::Answer;
using tests::Site;
using Method = base::http::Method;
using namespace std::chrono_literals;

namespace {

struct Limited : Site {
    Limited() : Site(true) {}
    Answer post(const std::string& path) {
        return call(Method::post,
                    path,
                    user_token,
                    R"({"content":"x"})",
                    {{"Content-Type", "application/json"}});
    }
};

base::http::Request from(const std::string& address) {
    base::http::Request request(Method::get, "/");
    request.peer.ip = *base::IpAddress::parse(address);
    return request;
}

}  // namespace

TEST_CASE("a bucket of five counts down, refuses the sixth call and begins anew after its window") {
    Limited s;
    for (int left = 4; left >= 0; --left) {
        const auto answer = s.post(s.messages_path());
        CHECK(answer.status == 200);
        CHECK(answer.header("X-RateLimit-Limit") == "5");
        CHECK(answer.header("X-RateLimit-Remaining") == std::to_string(left));
        CHECK(answer.header("X-RateLimit-Reset-After") == "5.000");
        CHECK(answer.header("X-RateLimit-Bucket").size() == 16);
        CHECK(answer.header("Retry-After").empty());
    }
    s.node.loop.clock.advance(1500ms);
    const auto refused = s.post(s.messages_path());
    CHECK(refused.status == 429);
    CHECK(refused.header("X-RateLimit-Remaining") == "0");
    CHECK(refused.header("X-RateLimit-Reset-After") == "3.500");
    CHECK(refused.header("Retry-After") == "4");
    CHECK(refused.header("X-RateLimit-Scope") == "user");
    CHECK(refused.header("X-RateLimit-Global").empty());
    CHECK(refused.header("Via") == "1.1 guildhall");
    CHECK(refused.json().at("retry_after").as_double() == Approx(3.5));
    CHECK(refused.json().at("global") == false);
    s.node.loop.clock.advance(3499ms);
    CHECK(s.post(s.messages_path()).status == 429);
    s.node.loop.clock.advance(1ms);
    CHECK(s.post(s.messages_path()).header("X-RateLimit-Remaining") == "4");
}

TEST_CASE("a call whose body is wrong was counted and says so") {
    Limited s;
    const auto wrong = s.call(Method::post, s.messages_path(), s.user_token, "{");
    CHECK(wrong.status == 400);
    CHECK(wrong.header("X-RateLimit-Remaining") == "4");
    CHECK(s.post(s.messages_path()).header("X-RateLimit-Remaining") == "3");
}

TEST_CASE("channels have buckets of their own, and so have callers") {
    Limited s;
    for (int i = 0; i < 5; ++i) s.post(s.messages_path());
    CHECK(s.post(s.messages_path()).status == 429);
    CHECK(s.post("/api/v10/channels/12345/messages").status == 404);
    const auto bots = s.call(Method::post, s.messages_path(), s.token, "{}");
    CHECK(bots.status != 429);
    // Other routes of the channel.
    CHECK(s.get(s.messages_path(), s.user_token).header("X-RateLimit-Limit") == "10");
}

TEST_CASE("fifty calls a second over all routes, then the global limit; webhooks do not count") {
    Limited s;
    const auto path = [](int i) { return "/api/v10/channels/" + std::to_string(1000 + i); };
    for (int i = 0; i < 50; ++i) CHECK(s.get(path(i), s.user_token).status == 404);
    const auto refused = s.get(path(51), s.user_token);
    CHECK(refused.status == 429);
    CHECK(refused.header("X-RateLimit-Global") == "true");
    CHECK(refused.header("X-RateLimit-Scope") == "global");
    CHECK(refused.header("Retry-After") == "1");
    CHECK(refused.header("Via") == "1.1 guildhall");
    CHECK(refused.header("X-RateLimit-Limit").empty());
    CHECK(refused.json().at("global") == true);
    CHECK(s.get(path(52), s.token).status == 404);
    const auto hook = s.get("/api/v10/webhooks/1/t/messages/2", s.user_token);
    CHECK(hook.status != 429);
    s.node.loop.clock.advance(1s);
    CHECK(s.get(path(53), s.user_token).status == 404);
}

TEST_CASE("where limits are off nothing is counted or said") {
    Site s;
    for (int i = 0; i < 60; ++i) {
        const auto answer = s.get("/api/v10/gateway");
        REQUIRE(answer.status == 200);
        REQUIRE(answer.header("X-RateLimit-Limit").empty());
    }
}

TEST_CASE("an address that collects ten thousand refusals is refused until its window ends") {
    Limited s;
    for (int i = 0; i < 9'999; ++i) s.limits.take_invalid(rest::address_key(from("192.0.2.1")));
    CHECK(s.get("/api/v10/gateway").status == 200);
    CHECK(s.get("/api/v10/users/@me").status == 401);
    const auto refused = s.get("/api/v10/gateway");
    CHECK(refused.status == 429);
    CHECK(refused.header("Via") == "1.1 guildhall");
    s.node.loop.clock.advance(10min);
    CHECK(s.get("/api/v10/gateway").status == 200);
}

TEST_CASE("an IPv4 address is one caller, an IPv6 network of 56 bits is one") {
    using rest::address_key;
    CHECK(address_key(from("192.0.2.1")) == address_key(from("::ffff:192.0.2.1")));
    CHECK(address_key(from("192.0.2.1")) != address_key(from("192.0.2.2")));
    CHECK(address_key(from("2001:db8:1:2ff::1")) == address_key(from("2001:db8:1:200:9::7")));
    CHECK(address_key(from("2001:db8:1:200::1")) != address_key(from("2001:db8:1:300::1")));
}
