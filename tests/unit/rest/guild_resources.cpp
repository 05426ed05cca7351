// The routes of guilds, channels, roles, members, bans and invites: each row of their tables called
// as the dispatcher calls it, its answer held against the API's description.
#include "node/app/shard_services.h"
#include "node/rest/route.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"
#include "tests/support/openapi.h"

#include <set>

using namespace guildhall;
using base::http::Method;
using protocol::UserId;
using tests::NodeFixture;
namespace json = boost::json;
namespace permissions = protocol::permissions;

namespace {

std::vector<const rest::Route*> table() {
    std::vector<const rest::Route*> rows;
    for (const auto routes : {rest::guild_routes(),
                              rest::channel_routes(),
                              rest::role_routes(),
                              rest::member_routes(),
                              rest::ban_routes(),
                              rest::invite_routes()}) {
        for (const rest::Route& route : routes) rows.push_back(&route);
    }
    return rows;
}

/// The API's description calls some parameters otherwise.
std::string described(std::string_view pattern) {
    std::string path(pattern);
    if (const auto at = path.find("{invite_code}"); at != path.npos) path.replace(at, 13, "{code}");
    return path;
}

struct Answer {
    int status = 0;
    int code = 0;
    json::value body;
};

struct Scene {
    Scene() {
        node.join(guild, member);
        node.loop.clock.advance(std::chrono::milliseconds(1));
    }

    /// Calls a route's handler as `user`, with `body` as JSON text or nothing.
    Answer call(Method method,
                std::string_view pattern,
                std::vector<std::string> params,
                std::string_view body = {},
                std::string_view query = {},
                UserId user = {}) {
        rest::Call call;
        for (const rest::Route* route : rows) {
            if (route->method == method && route->pattern == pattern) call.route = route;
        }
        if (!call.route) throw std::runtime_error("no route " + std::string(pattern));
        called.insert(call.route);
        call.params = std::move(params);
        call.actor = NodeFixture::as(user ? user : owner);
        call.query = base::http::Query::parse(query);
        if (!body.empty()) call.body = protocol::parse_json(body).value();
        auto result = node.run(call.route->handler(api, call));
        if (!result) return {protocol::http_status(result.error()), result.error().code, {}};
        Answer answer{result->status, 0, {}};
        if (result->status != 204) answer.body = protocol::parse_json(result->json).value();
        if (openapi) {
            std::string name(base::http::method_name(method));
            for (char& c : name) c = static_cast<char>(c | 0x20);
            CAPTURE(name, pattern);
            CHECK(openapi->problem(name, described(pattern), answer.status, answer.body) == "");
        }
        return answer;
    }

    std::optional<tests::OpenApi> openapi = tests::OpenApi::load();
    std::vector<const rest::Route*> rows = table();
    std::set<const rest::Route*> called;
    NodeFixture node;
    app::ShardServices services{node.ctx};
    rest::Api api{services.ctx, services.all()};
    UserId owner = node.add_user("owner");
    UserId member = node.add_user("member");
    protocol::GuildId guild = node.make_guild(owner);
    std::string g = guild.str();
    std::string m = member.str();
};

std::string text(const json::value& object, std::string_view name) {
    return std::string(object.at(name).as_string());
}

/// Guilds, and one's own list of them.
void walk_guilds(Scene& s) {
    const auto made = s.call(Method::post, "/guilds", {}, R"({"name":"Second"})");
    CHECK(made.status == 201);
    const std::string second = text(made.body, "id");
    CHECK(s.call(Method::post, "/guilds", {}, R"({"name":"x"})").code ==
          protocol::kInvalidFormBody);
    const auto got = s.call(Method::get, "/guilds/{guild_id}", {s.g}, {}, "with_counts=true");
    CHECK(got.body.at("approximate_member_count") == 2);
    CHECK(s.call(Method::get, "/guilds/{guild_id}", {second}, {}, {}, s.member).code ==
          protocol::kUnknownGuild);
    CHECK(text(s.call(Method::patch, "/guilds/{guild_id}", {s.g}, R"({"name":"First"})").body,
               "name") == "First");
    CHECK(s.call(Method::get, "/guilds/{guild_id}/preview", {s.g}).status == 200);
    const auto mine = s.call(Method::get, "/users/@me/guilds", {}, {}, "limit=1&with_counts=1");
    CHECK(mine.body.as_array().size() == 1);
    CHECK(s.call(Method::get, "/users/@me/guilds", {}, {}, "limit=201").code ==
          protocol::kInvalidFormBody);
    CHECK(s.call(Method::get, "/users/@me/guilds/{guild_id}/member", {s.g}).status == 200);
    CHECK(s.call(Method::del, "/users/@me/guilds/{guild_id}", {second}).code ==
          protocol::kInvalidGuild);
    CHECK(s.call(Method::post, "/guilds/{guild_id}/delete", {second}).status == 204);
    const auto third = s.call(Method::post, "/guilds", {}, R"({"name":"Third"})");
    CHECK(s.call(Method::del, "/guilds/{guild_id}", {text(third.body, "id")}).status == 204);
}

void walk_channels(Scene& s) {
    const char* body = R"({"name":"Talk Here","type":0,"topic":"t","nsfw":true})";
    const auto made = s.call(Method::post, "/guilds/{guild_id}/channels", {s.g}, body);
    CHECK(made.status == 201);
    CHECK(text(made.body, "name") == "talk-here");
    CHECK(text(made.body, "guild_id") == s.g);
    const std::string id = text(made.body, "id");
    CHECK(s.call(Method::get, "/guilds/{guild_id}/channels", {s.g}).body.as_array().size() == 3);
    const std::string move = R"([{"id":")" + id + R"(","position":5}])";
    CHECK(s.call(Method::patch, "/guilds/{guild_id}/channels", {s.g}, move).status == 204);
    CHECK(s.call(Method::get, "/channels/{channel_id}", {id}).body.at("position") == 5);
    const auto patched =
        s.call(Method::patch, "/channels/{channel_id}", {id}, R"({"topic":null,"user_limit":3})");
    CHECK(patched.body.at("topic").is_null());
    const char* overwrite = "/channels/{channel_id}/permissions/{overwrite_id}";
    CHECK(s.call(Method::put, overwrite, {id, s.m}, R"({"type":1,"deny":"1024"})").status == 204);
    CHECK(s.call(Method::get, "/channels/{channel_id}", {id}, {}, {}, s.member).code ==
          protocol::kMissingAccess);
    CHECK(s.call(Method::get, "/guilds/{guild_id}/channels", {s.g}, {}, {}, s.member)
              .body.as_array()
              .size() == 2);
    CHECK(s.call(Method::del, overwrite, {id, s.m}).status == 204);
    CHECK(s.call(Method::del, "/channels/{channel_id}", {id}).status == 200);
    CHECK(s.call(Method::get, "/channels/{channel_id}", {id}).code == protocol::kUnknownChannel);
}

void walk_roles(Scene& s) {
    const char* body = R"({"name":"Knights","color":255,"permissions":"0"})";
    const auto made = s.call(Method::post, "/guilds/{guild_id}/roles", {s.g}, body);
    CHECK(made.status == 200);
    const std::string id = text(made.body, "id");
    CHECK(s.call(Method::post, "/guilds/{guild_id}/roles", {s.g}).status == 200);
    CHECK(s.call(Method::get, "/guilds/{guild_id}/roles", {s.g}).body.as_array().size() == 3);
    const std::string move = R"([{"id":")" + id + R"(","position":1}])";
    CHECK(s.call(Method::patch, "/guilds/{guild_id}/roles", {s.g}, move).status == 200);
    const char* role = "/guilds/{guild_id}/roles/{role_id}";
    CHECK(text(s.call(Method::patch, role, {s.g, id}, R"({"hoist":true})").body, "name") ==
          "Knights");
    const char* held = "/guilds/{guild_id}/members/{user_id}/roles/{role_id}";
    CHECK(s.call(Method::put, held, {s.g, s.m, id}).status == 204);
    const auto counts = s.call(Method::get, "/guilds/{guild_id}/roles/member-counts", {s.g});
    CHECK(counts.body.at(id) == 1);
    CHECK(s.call(Method::del, held, {s.g, s.m, id}).status == 204);
    CHECK(s.call(Method::get, role, {s.g, id}).body.at("hoist") == true);
    CHECK(s.call(Method::del, role, {s.g, id}).status == 204);
    CHECK(s.call(Method::get, role, {s.g, id}).code == protocol::kUnknownRole);
}

void walk_members(Scene& s) {
    const auto list = s.call(Method::get, "/guilds/{guild_id}/members", {s.g}, {}, "limit=10");
    CHECK(list.body.as_array().size() == 2);
    CHECK(s.call(Method::get, "/guilds/{guild_id}/members", {s.g}).body.as_array().size() == 1);
    const auto rest = s.call(
        Method::get, "/guilds/{guild_id}/members", {s.g}, {}, "limit=10&after=" + s.owner.str());
    CHECK(text(rest.body.at(0).at("user"), "id") == s.m);
    const auto found =
        s.call(Method::get, "/guilds/{guild_id}/members/search", {s.g}, {}, "query=memb&limit=5");
    CHECK(found.body.as_array().size() == 1);
    const char* one = "/guilds/{guild_id}/members/{user_id}";
    CHECK(s.call(Method::get, one, {s.g, s.m}).status == 200);
    CHECK(s.call(Method::get, one, {s.g, "1"}).code == protocol::kUnknownMember);
    CHECK(text(s.call(Method::patch, one, {s.g, s.m}, R"({"nick":"Sir"})").body, "nick") == "Sir");
    const char* own = "/guilds/{guild_id}/members/@me";
    CHECK(text(s.call(Method::patch, own, {s.g}, R"({"nick":"King"})").body, "nick") == "King");
    CHECK(s.call(Method::patch, "/guilds/{guild_id}/members/@me/nick", {s.g}, R"({"nick":null})")
              .body.at("nick")
              .is_null());
    CHECK(s.call(Method::del, one, {s.g, s.m}).status == 204);
}

void walk_invites_and_bans(Scene& s) {
    const std::string channel = s.node.text_channel(s.guild).str();
    const auto made =
        s.call(Method::post, "/channels/{channel_id}/invites", {channel}, R"({"max_uses":5})");
    CHECK(made.status == 200);
    const std::string code = text(made.body, "code");
    CHECK(s.call(Method::get, "/channels/{channel_id}/invites", {channel}).status == 200);
    CHECK(s.call(Method::get, "/guilds/{guild_id}/invites", {s.g}).body.as_array().size() == 1);
    const auto seen =
        s.call(Method::get, "/invites/{invite_code}", {code}, {}, "with_counts=true", UserId(1));
    CHECK(seen.body.at("approximate_member_count") == 1);
    CHECK(!seen.body.as_object().contains("uses"));
    const auto joined = s.call(Method::post, "/invites/{invite_code}", {code}, {}, {}, s.member);
    CHECK(joined.body.at("new_member") == true);
    CHECK(s.call(Method::del, "/invites/{invite_code}", {code}).status == 200);
    CHECK(s.call(Method::get, "/invites/{invite_code}", {code}).code == protocol::kUnknownInvite);

    const char* ban = "/guilds/{guild_id}/bans/{user_id}";
    CHECK(s.call(Method::put, ban, {s.g, s.m}, R"({"delete_message_days":1})").status == 204);
    CHECK(s.call(Method::get, ban, {s.g, s.m}).body.at("reason").is_null());
    CHECK(s.call(Method::get, "/guilds/{guild_id}/bans", {s.g}, {}, "limit=1")
              .body.as_array()
              .size() == 1);
    CHECK(s.call(Method::del, ban, {s.g, s.m}).status == 204);
    CHECK(s.call(Method::get, ban, {s.g, s.m}).code == protocol::kUnknownBan);
    const std::string bulk = R"({"user_ids":[")" + s.m + R"("]})";
    const auto banned = s.call(Method::post, "/guilds/{guild_id}/bulk-ban", {s.g}, bulk);
    CHECK(banned.body.at("banned_users").as_array().size() == 1);
}

}  // namespace

TEST_CASE("every route of guild resources answers as the API describes") {
    Scene s;
    walk_guilds(s);
    walk_channels(s);
    walk_roles(s);
    walk_members(s);
    walk_invites_and_bans(s);
    const auto leaver = s.node.add_user("leaver");
    s.node.join(s.guild, leaver);
    CHECK(s.call(Method::del, "/users/@me/guilds/{guild_id}", {s.g}, {}, {}, leaver).status == 204);
    for (const rest::Route* route : s.rows) {
        CAPTURE(route->pattern, base::http::method_name(route->method));
        CHECK(s.called.count(route) == 1);
    }
}

TEST_CASE("bans are paged by user id") {
    Scene s;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
        const UserId user = s.node.add_user("user" + std::to_string(i));
        s.node.ok(s.node.bans.put(NodeFixture::as(s.owner), s.guild, user, {}));
        ids.push_back(user.str());
    }
    const auto page = [&](const std::string& query) {
        std::vector<std::string> out;
        const auto answer = s.call(Method::get, "/guilds/{guild_id}/bans", {s.g}, {}, query);
        for (const json::value& ban : answer.body.as_array())
            out.push_back(text(ban.at("user"), "id"));
        return out;
    };
    using Ids = std::vector<std::string>;
    CHECK(page("") == ids);
    CHECK(page("limit=2") == Ids{ids[0], ids[1]});
    CHECK(page("limit=2&after=" + ids[1]) == Ids{ids[2], ids[3]});
    CHECK(page("limit=2&before=" + ids[3]) == Ids{ids[1], ids[2]});
    CHECK(s.call(Method::get, "/guilds/{guild_id}/bans", {s.g}, {}, "limit=0").code ==
          protocol::kInvalidFormBody);
    CHECK(s.call(Method::get, "/guilds/{guild_id}/bans", {s.g}, {}, "after=x").code ==
          protocol::kInvalidFormBody);
}
