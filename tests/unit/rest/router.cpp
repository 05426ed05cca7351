#include "node/rest/router.h"

#include "tests/catch.h"

#include <set>

using namespace guildhall;
using base::http::Method;
using rest::Route;
using rest::Router;

namespace {

constexpr rest::Limit kLimit{"test", 1, 1};

Route row(Method method, std::string_view pattern) {
    return {method, pattern, rest::Auth::none, rest::Home::here, kLimit, nullptr, "", "", ""};
}

const Route kRows[] = {
    row(Method::get, "/guilds/{guild_id}"),
    row(Method::patch, "/guilds/{guild_id}"),
    row(Method::get, "/guilds/templates"),
    row(Method::get, "/guilds/{guild_id}/members/{user_id}"),
    row(Method::put, "/guilds/{guild_id}/members/@me"),
    row(Method::get, "/users/@me"),
};

Router::Match match(Method method, std::vector<std::string> segments) {
    std::vector<const Route*> rows;
    for (const Route& r : kRows) rows.push_back(&r);
    return Router(rows).match(method, segments);
}

}  // namespace

TEST_CASE("a path leads to its row, with its parameters in order") {
    const auto found = match(Method::get, {"guilds", "1", "members", "2"});
    REQUIRE(found.route == &kRows[3]);
    CHECK(found.params == std::vector<std::string>{"1", "2"});
    CHECK(match(Method::patch, {"guilds", "1"}).route == &kRows[1]);
}

TEST_CASE("a fixed segment wins over a parameter, which gets what it does not take") {
    CHECK(match(Method::get, {"guilds", "templates"}).route == &kRows[2]);
    const auto patched = match(Method::patch, {"guilds", "templates"});
    CHECK(patched.route == &kRows[1]);
    CHECK(patched.params == std::vector<std::string>{"templates"});
    const auto got = match(Method::get, {"guilds", "1", "members", "@me"});
    CHECK(got.route == &kRows[3]);
    CHECK(got.params == std::vector<std::string>{"1", "@me"});
}

TEST_CASE("a path that is not there is unknown, a method that is not tells which are") {
    CHECK(!match(Method::get, {"guilds"}).path_known);
    CHECK(!match(Method::get, {"guilds", ""}).path_known);
    CHECK(!match(Method::get, {"guilds", "1", "members", "2", "3"}).path_known);
    CHECK(!match(Method::get, {}).path_known);
    const auto wrong = match(Method::del, {"guilds", "1"});
    CHECK(!wrong.route);
    CHECK(wrong.path_known);
    CHECK(wrong.allow == "GET, PATCH");
    CHECK(wrong.params.empty());
    CHECK(match(Method::other, {"users", "@me"}).allow == "GET");
}

TEST_CASE("parameters are named by their pattern") {
    CHECK(rest::parameter_names("/a/{b_id}/c/{d}") == std::vector<std::string_view>{"b_id", "d"});
    CHECK(rest::parameter_names("/a").empty());
}

TEST_CASE("the node's own rows make a table: unique, limited, described, at home where they say") {
    const auto rows = rest::all_routes();
    const Router router(rows);
    std::set<std::pair<Method, std::string_view>> seen;
    for (const Route* r : rows) {
        CAPTURE(r->pattern);
        CHECK(seen.emplace(r->method, r->pattern).second);
        CHECK(r->pattern.starts_with('/'));
        CHECK(r->limit.requests > 0);
        CHECK(r->limit.window_s > 0);
        CHECK(!r->limit.bucket.empty());
        CHECK(!r->summary.empty());
        const auto names = rest::parameter_names(r->pattern);
        const auto has = [&](std::string_view name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        if (r->home == rest::Home::guild) CHECK(has("guild_id"));
        if (r->home == rest::Home::channel) CHECK(has("channel_id"));
        if (r->home == rest::Home::invite) CHECK(has("invite_code"));
    }
}
