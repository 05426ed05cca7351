#include "node/rest/federated.h"

#include "tests/catch.h"
#include "tests/unit/rest/site.h"

#include <set>

using namespace guildhall;
using base::http::Method;

namespace {

/// Answers every call with where it would have gone.
class Recorder final : public rest::Forwarder {
  public:
    base::Task<protocol::Result<rest::Reply>> forward(base::Shard&,
                                                      rest::Call& call,
                                                      const rest::FederatedRoute& route,
                                                      protocol::GuildId) override {
        asked.push_back(std::string(call.route->pattern));
        last = route.kind;
        co_return rest::Reply::ok(answer);
    }
    base::Task<protocol::Result<rest::Reply>> invite(base::Shard&, rest::Call& call) override {
        asked.push_back(call.params[0]);
        co_return rest::Reply::ok("{}");
    }
    std::vector<std::string> asked;
    rest::FederatedRoute::Kind last = rest::FederatedRoute::Kind::command;
    std::string answer = "{}";
};

struct Mirroring : tests::Site {
    Mirroring() {
        dispatcher.set_forwarder(recorder);
        journal::GuildChange change;
        change.kind = journal::GuildChange::Kind::role;
        change.guild = mirrored = node.make_guild(owner, "elsewhere");
        change.role = journal::GuildRole::mirrored;
        node.view().on_guild(change);
        there = node.text_channel(mirrored);
    }
    std::string in(protocol::ChannelId id) { return "/api/v10/channels/" + id.str() + "/messages"; }
    Recorder recorder;
    protocol::GuildId mirrored;
    protocol::ChannelId there;
};

}  // namespace

TEST_CASE("every row of the whitelist is a route, and no row is there twice") {
    std::set<std::pair<Method, std::string_view>> routes, seen;
    for (const rest::Route* route : rest::all_routes())
        routes.emplace(route->method, route->pattern);
    for (const auto& row : rest::federated_routes()) {
        INFO(row.pattern);
        CHECK(routes.contains({row.method, row.pattern}));
        CHECK(seen.emplace(row.method, row.pattern).second);
        CHECK((row.method == Method::get) == (row.kind == rest::FederatedRoute::Kind::question));
    }
}

TEST_CASE("what changes a mirrored guild goes to its host, what reads it stays") {
    Mirroring s;
    CHECK(s.call(Method::post, s.in(s.there), s.user_token, R"({"content":"x"})").status == 200);
    CHECK(s.recorder.asked == std::vector<std::string>{"/channels/{channel_id}/messages"});
    CHECK(s.get(s.in(s.there), s.user_token).status == 200);
    CHECK(s.recorder.asked.size() == 1);
    s.get("/api/v10/guilds/" + s.mirrored.str() + "/bans", s.user_token);
    CHECK(s.recorder.last == rest::FederatedRoute::Kind::question);
    CHECK(s.recorder.asked.size() == 2);
    CHECK(s.call(Method::post, s.messages_path(), s.user_token, R"({"content":"x"})").status ==
          200);
    CHECK(s.recorder.asked.size() == 2);
}

TEST_CASE("a call that a command brought is never passed on") {
    Mirroring s;
    auto call = s.dispatcher.call_of(
        Method::del, "/channels/{channel_id}/messages/{message_id}", {s.there.str(), "1"});
    REQUIRE(call);
    call->actor.user = s.owner;
    call->actor.command = std::make_shared<federation::SignedCommand>();
    CHECK(!s.node.run(s.dispatcher.run(s.node.loop.shard(), *call)));
    CHECK(s.recorder.asked.empty());
}

TEST_CASE("a command is of a federated route with the right parameters") {
    tests::Site s;
    CHECK(s.dispatcher.call_of(Method::patch, "/guilds/{guild_id}", {"1"}));
    CHECK(!s.dispatcher.call_of(Method::patch, "/guilds/{guild_id}", {"../users"}));
    CHECK(!s.dispatcher.call_of(Method::patch, "/guilds/{guild_id}", {}));
    CHECK(!s.dispatcher.call_of(Method::patch, "/users/@me", {}));
    CHECK(!s.dispatcher.call_of(Method::get, "/guilds/{guild_id}", {"1"}));
    CHECK(!s.dispatcher.call_of(Method::post, "/nothing", {}));
}

TEST_CASE("an invite of another node is looked at for who has an account") {
    Mirroring s;
    CHECK(s.get("/api/v10/invites/abc@chat.example").status == 401);
    CHECK(s.get("/api/v10/invites/abc@chat.example", s.user_token).status == 200);
    CHECK(s.call(Method::post, "/api/v10/invites/abc@chat.example~9f", s.user_token).status == 200);
    CHECK(s.recorder.asked == std::vector<std::string>{"abc@chat.example", "abc@chat.example~9f"});
}

TEST_CASE("a frozen guild takes nothing and says why") {
    Mirroring s;
    journal::GuildChange change;
    change.kind = journal::GuildChange::Kind::role;
    change.guild = s.mirrored;
    change.role = journal::GuildRole::frozen;
    s.node.view().on_guild(change);
    const auto answer = s.call(Method::post, s.in(s.there), s.user_token, R"({"content":"x"})");
    CHECK(answer.status == 503);
    CHECK(s.recorder.asked.empty());
    CHECK(s.get(s.in(s.there), s.user_token).status == 200);
}
