#include "node/classic/call.h"
#include "node/rest/route.h"
#include "node/services/login_limits.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/unit/classic/support.h"

#include <map>

using namespace guildhall;
using namespace guildhall::tests;

TEST_CASE("an account is made, used and left over the classic API") {
    ClassicWorld w;
    const Person alice = w.person("alice");
    const Answer me = w.ask("GET", "/users/me", alice.token);
    CHECK(me.status == 200);
    CHECK(me.text("email") == "alice@example.test");
    CHECK(me.text("status") == "offline");
    CHECK(w.ask("PATCH", "/users/me/status?new_status=dnd", alice.token).text("status") == "dnd");

    const Person bob = w.person("bob");
    const Answer seen = w.ask("GET", "/users/" + alice.id, bob.token);
    CHECK(seen.text("status") == "dnd");
    CHECK_FALSE(seen.body.as_object().contains("email"));

    CHECK(w.ask("POST", "/auth/logout", alice.token).status == 200);
    const Answer out = w.ask("GET", "/users/me", alice.token);
    CHECK(out.status == 401);
    CHECK(out.detail() == "Could not validate credentials");
    CHECK(out.reply.header("www-authenticate") == "Bearer");
}

TEST_CASE("a name keeps its capitals and is taken in every spelling") {
    ClassicWorld w;
    const Person alice = w.person("Alice");
    CHECK(w.ask("GET", "/users/me", alice.token).text("username") == "Alice");
    CHECK((*w.node.view().user(*protocol::parse_id<protocol::UserId>(alice.id)))->username ==
          "alice");
    CHECK_FALSE(w.log_in("ALICE").empty());
    const std::string other =
        R"({"username":"aLICE","email":"x@example.test","password":"123456"})";
    const Answer taken = w.ask("POST", "/auth/register", {}, other);
    CHECK(taken.status == 400);
    CHECK(taken.detail() == "Username already registered");
    const Answer renamed = w.ask("PATCH", "/users/me", alice.token, R"({"username":"carol"})");
    CHECK(renamed.text("username") == "carol");
}

TEST_CASE("who changes oneself is told to one's sessions and to everybody else") {
    ClassicWorld w;
    const Person alice = w.person("alice");
    const auto id = *protocol::parse_id<protocol::UserId>(alice.id);
    w.node.recorder.clear();
    const char* change = R"({"username":"Carol","email":"carol@example.test"})";
    CHECK(w.ask("PATCH", "/users/me", alice.token, change).text("username") == "Carol");
    const auto& notices = w.node.recorder.notices;
    REQUIRE(notices.size() == 2);
    const auto* changed = std::get_if<journal::UserChanged>(&notices[0]);
    REQUIRE(changed);
    CHECK(changed->user->username == "carol");
    CHECK(changed->user->global_name == "Carol");
    const auto* told = std::get_if<journal::UserDispatch>(&notices[1]);
    REQUIRE(told);
    CHECK(told->user == id);
    CHECK(told->dispatch.name == "USER_UPDATE");
    CHECK(told->dispatch.body->find("carol@example.test") != std::string::npos);
}

TEST_CASE("the name behind a login is limited here as in the API") {
    ClassicWorld w;
    services::LoginLimits limits(w.node.loop.clock, 1, true);
    w.limit_logins(limits);
    const Person alice = w.person("alice");
    for (unsigned i = 0; i < services::LoginLimits::kGuesses.limit; ++i)
        (void)limits.take("bob", "198.51.100.1");
    const Answer refused = w.ask("POST", "/auth/login", {}, "username=Bob&password=secret1");
    CHECK(refused.status == 429);
    CHECK(refused.reply.header("retry-after") == "600");
    CHECK_FALSE(w.log_in("alice").empty());
}

TEST_CASE("a bucket that both APIs count in has one limit") {
    std::map<std::string_view, rest::Limit> theirs;
    for (const auto rows : {rest::auth_routes(),
                            rest::user_routes(),
                            rest::guild_routes(),
                            rest::invite_routes(),
                            rest::channel_routes(),
                            rest::message_routes()}) {
        for (const rest::Route& route : rows) theirs.emplace(route.limit.bucket, route.limit);
    }
    int shared = 0;
    for (const auto rows : {classic::auth_routes(),
                            classic::user_routes(),
                            classic::server_routes(),
                            classic::channel_routes(),
                            classic::message_routes()}) {
        for (const classic::Route& route : rows) {
            const auto at = theirs.find(route.limit.bucket);
            if (at == theirs.end()) continue;
            CAPTURE(route.pattern);
            CHECK(route.limit.requests == at->second.requests);
            CHECK(route.limit.window_s == at->second.window_s);
            ++shared;
        }
    }
    CHECK(shared > 10);
}

TEST_CASE("what is wrong with a body is named, all of it") {
    ClassicWorld w;
    const Answer bad =
        w.ask("POST", "/auth/register", {}, R"({"username":"ab","email":null,"password":5})");
    CHECK(bad.status == 422);
    CHECK(bad.faults() == std::vector<std::string>{"body.username", "body.email", "body.password"});
    const char* address = R"({"username":"abc","email":"x","password":"123456"})";
    CHECK(w.ask("POST", "/auth/register", {}, address).faults() ==
          std::vector<std::string>{"body.email"});
    CHECK(w.ask("POST", "/auth/register", {}, "{").status == 422);
    CHECK(w.ask("POST", "/auth/login", {}, "username=x").faults() ==
          std::vector<std::string>{"body.password"});
    const Person alice = w.person("alice");
    CHECK(w.ask("GET", "/users/abc", alice.token).faults() ==
          std::vector<std::string>{"path.user_id"});
    CHECK(w.ask("PATCH", "/users/me/status?new_status=x", alice.token).faults() ==
          std::vector<std::string>{"query.new_status"});
}

TEST_CASE("a server is open to all until its owner closes it, then to the invited") {
    ClassicWorld w;
    const Person owner = w.person("owner");
    const Person guest = w.person("guest");
    const Person late = w.person("late");
    const std::string server = w.server_of(owner);
    CHECK(w.ask("GET", "/servers/" + server, guest.token).detail() ==
          "You are not a member of this server");
    CHECK(w.ask("POST", "/servers/" + server + "/join", guest.token).status == 200);
    CHECK(w.ask("GET", "/servers/" + server, guest.token).status == 200);

    const auto guild = *protocol::parse_id<protocol::GuildId>(server);
    protocol::api::GuildPatch close;
    close.features.emplace();
    const auto actor = NodeFixture::as(*protocol::parse_id<protocol::UserId>(owner.id));
    w.node.ok(w.node.guilds.edit(actor, guild, close));
    CHECK(w.ask("POST", "/servers/" + server + "/join", late.token).status == 403);
    const auto channel = w.node.text_channel(guild);
    const auto invite = w.node.ok(w.node.invites.create(actor, guild, channel, {}));
    const std::string body = "{\"invite\":\"" + invite.invite.code + "\"}";
    CHECK(w.ask("POST", "/servers/" + server + "/join", late.token, body).status == 200);
    CHECK(w.ask("POST", "/servers/" + server + "/join", late.token, R"({"invite":"no"})").status ==
          404);
}

TEST_CASE("the roles of members are what they may do") {
    ClassicWorld w;
    const Person owner = w.person("owner");
    const Person admin = w.person("admin");
    const Person moderator = w.person("moderator");
    const Person member = w.person("member");
    const std::string server = w.server_of(owner);
    for (const Person& one : {admin, moderator, member})
        w.ask("POST", "/servers/" + server + "/join", one.token);
    const auto id = [](const Person& p) { return *protocol::parse_id<protocol::UserId>(p.id); };
    const auto guild = *protocol::parse_id<protocol::GuildId>(server);
    w.later();
    w.node.add_role(guild, protocol::permissions::kAdministrator, 2, {id(admin)});
    w.node.add_role(guild, protocol::permissions::kManageMessages, 1, {id(moderator)});
    std::vector<std::string> roles;
    const Answer members = w.ask("GET", "/servers/" + server + "/members", member.token);
    for (const auto& one : members.body.as_array())
        roles.emplace_back(one.as_object().at("role").as_string());
    CHECK(roles == std::vector<std::string>{"owner", "admin", "moderator", "member"});
    const Answer page = w.ask("GET", "/servers/" + server + "/members?skip=1&limit=2", owner.token);
    CHECK(page.body.as_array().size() == 2);
    CHECK(page.body.as_array()[0].as_object().at("user_id").as_string() == admin.id);
}

TEST_CASE("history is paged from the newest and shown oldest first") {
    ClassicWorld w;
    const Person owner = w.person("owner");
    const std::string server = w.server_of(owner);
    const std::string path = "/channels/" + w.general_of(owner, server) + "/messages";
    for (int i = 0; i < 130; ++i) {
        const std::string body = "{\"content\":\"" + std::to_string(i) + "\"}";
        REQUIRE(w.ask("POST", path, owner.token, body).status == 201);
        w.later();
    }
    const auto contents = [&](const std::string& query) {
        std::vector<std::string> out;
        const Answer page = w.ask("GET", path + query, owner.token);
        for (const auto& m : page.body.as_array())
            out.emplace_back(m.as_object().at("content").as_string());
        return out;
    };
    CHECK(contents("?limit=3") == std::vector<std::string>{"127", "128", "129"});
    CHECK(contents("?skip=110&limit=2") == std::vector<std::string>{"18", "19"});
    CHECK(contents("?skip=129") == std::vector<std::string>{"0"});
    CHECK(contents("?skip=130").empty());
    CHECK(contents("").size() == 50);
    CHECK(w.ask("GET", path + "?limit=101", owner.token).faults() ==
          std::vector<std::string>{"query.limit"});
}

TEST_CASE("a message is found by its id alone, and kept from strangers") {
    ClassicWorld w;
    const Person owner = w.person("owner");
    const Person stranger = w.person("stranger");
    const std::string server = w.server_of(owner);
    const std::string channel = w.general_of(owner, server);
    const Answer made = w.ask(
        "POST", "/messages/channels/" + channel + "/messages", owner.token, R"({"content":"x"})");
    REQUIRE(made.status == 201);
    const std::string path = "/messages/messages/" + made.text("id");
    CHECK(w.ask("GET", path, owner.token).text("channel_id") == channel);
    const Answer refused = w.ask("GET", path, stranger.token);
    CHECK(refused.status == 403);
    CHECK(refused.detail() == "You don't have access to this channel");
    CHECK(w.ask("GET", "/messages/messages/77", owner.token).detail() == "Message not found");
    const Answer edited = w.ask("PATCH", path, owner.token, R"({"content":"y"})");
    CHECK(edited.body.as_object().at("is_edited").as_bool());
    CHECK(edited.body.as_object().at("updated_at").is_string());
    CHECK(w.ask("DELETE", path, owner.token).status == 204);
    CHECK(w.ask("GET", path, owner.token).status == 404);
}

TEST_CASE("unknown paths, wrong methods and calls in a rush are refused in the same words") {
    ClassicWorld w(true);
    const Person alice = w.person("alice");
    CHECK(w.ask("GET", "/servers/1/nothing", alice.token).detail() == "Not Found");
    const Answer wrong = w.ask("DELETE", "/users/me", alice.token);
    CHECK(wrong.status == 405);
    CHECK(wrong.reply.header("allow") == "GET, PATCH");
    Answer last;
    for (int i = 0; i < 40 && last.status != 429; ++i)
        last = w.ask("GET", "/users/me", alice.token, {}, "Origin: http://elsewhere.test\r\n");
    CHECK(last.status == 429);
    CHECK(last.detail() == "Too many requests");
    CHECK_FALSE(last.reply.header("retry-after").empty());
    CHECK(last.reply.header("x-ratelimit-remaining") == "0");
    CHECK(last.reply.header("access-control-allow-origin") == "http://elsewhere.test");
}
