#include "node/rest/dispatcher.h"

#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/unit/rest/site.h"

using namespace guildhall;
using tests::Site;
using Method = base::http::Method;

TEST_CASE("versions 9 and 10 answer, a path without one is 9, others are not there") {
    Site s;
    CHECK(s.get("/api/v9/gateway").status == 200);
    CHECK(s.get("/api/v10/gateway").status == 200);
    CHECK(s.get("/api/gateway").status == 200);
    for (const char* path : {"/api/v8/gateway",
                             "/api/v11/gateway",
                             "/api/v/gateway",
                             "/api/v10/no",
                             "/api/v10/gateway/",
                             "/api",
                             "/",
                             "/other/v10/gateway"}) {
        CAPTURE(path);
        const auto answer = s.get(path);
        CHECK(answer.status == 404);
        CHECK(answer.code() == 0);
    }
}

TEST_CASE("a method that a path does not have is 405 and told which it has") {
    Site s;
    const auto answer = s.call(Method::del, "/api/v10/users/@me", s.user_token);
    CHECK(answer.status == 405);
    CHECK(answer.header("Allow") == "GET, PATCH");
    CHECK(answer.json().at("message") == "405: Method Not Allowed");
    CHECK(s.get("/api/v10/nothing").header("Allow").empty());
}

TEST_CASE("what can be read can be asked for its head") {
    Site s;
    CHECK(s.call(Method::head, "/api/v10/gateway").status == 200);
    CHECK(s.call(Method::head, "/api/v10/users/@me").status == 401);
    CHECK(s.call(Method::head, "/api/v10/auth/login").status == 405);
}

TEST_CASE("an id that is none is 50035 with the parameter's name, before anything else") {
    Site s;
    for (const char* id : {"abc", "-1", "1.5", "99999999999999999999", "1%00"}) {
        CAPTURE(id);
        const auto answer = s.get(std::string("/api/v10/channels/") + id, {});
        CHECK(answer.status == 400);
        CHECK(answer.code() == protocol::kInvalidFormBody);
        CHECK(answer.json().at("errors").as_object().contains("channel_id"));
    }
    CHECK(s.get("/api/v10/channels/12345", s.user_token).code() == protocol::kUnknownChannel);
    CHECK(s.get("/api/v10/guilds/12345", s.user_token).code() == protocol::kUnknownGuild);
    CHECK(s.get("/api/v10/invites/none", s.user_token).code() == protocol::kUnknownInvite);
}

TEST_CASE("bots say Bot, people send their token bare or as Bearer, and neither as the other") {
    Site s;
    const std::string bare = s.token.substr(4);
    const auto status = [&](const std::string& authorization) {
        return s.get("/api/v10/users/@me", authorization).status;
    };
    CHECK(status(s.token) == 200);
    CHECK(status("bot " + bare) == 200);
    CHECK(status(bare) == 401);
    CHECK(status("Bearer " + bare) == 401);
    CHECK(status(s.user_token) == 200);
    CHECK(status("Bearer " + s.user_token) == 200);
    CHECK(status("Bot " + s.user_token) == 401);
    CHECK(status("") == 401);
    CHECK(status("Bot ") == 401);
    CHECK(status(s.user_token + "x") == 401);
    const auto refused = s.get("/api/v10/users/@me");
    CHECK(refused.json().at("message") == "401: Unauthorized");
    CHECK(refused.code() == 0);
}

TEST_CASE("a session that has ended, or is the classic API's, is no session") {
    Site s;
    const auto now = s.node.loop.clock.unix_ms();
    const auto until = s.log_in(s.owner, protocol::SessionKind::user, now + 1000);
    const auto classic = s.log_in(s.owner, protocol::SessionKind::classic);
    CHECK(s.get("/api/v10/users/@me", until).status == 200);
    CHECK(s.get("/api/v10/users/@me", classic).status == 401);
    s.node.loop.clock.advance(std::chrono::seconds(1));
    CHECK(s.get("/api/v10/users/@me", until).status == 401);
}

TEST_CASE("routes for people refuse bots with 20001, routes for bots people with 20002") {
    Site s;
    const auto bot = s.get("/api/v10/auth/sessions", s.token);
    CHECK(bot.code() == protocol::kBotsCannotUseThisEndpoint);
    CHECK(protocol::kBotsCannotUseThisEndpoint == 20001);
    CHECK(bot.status == 403);
    const auto user = s.get("/api/v10/gateway/bot", s.user_token);
    CHECK(user.code() == protocol::kOnlyBotsCanUseThisEndpoint);
    CHECK(protocol::kOnlyBotsCanUseThisEndpoint == 20002);
    CHECK(user.status == 403);
    CHECK(s.get("/api/v10/gateway/bot", s.token).status == 200);
}

TEST_CASE("browsers may call: preflights are answered, answers name the origin") {
    Site s;
    const auto asked = s.call(
        Method::options,
        s.messages_path(),
        {},
        {},
        {{"Origin", "https://app.example"}, {"Access-Control-Request-Headers", "authorization"}});
    CHECK(asked.status == 204);
    CHECK(asked.header("Access-Control-Allow-Origin") == "https://app.example");
    CHECK(asked.header("Access-Control-Allow-Headers") == "authorization");
    CHECK(asked.header("Access-Control-Allow-Methods").find("PATCH") != std::string::npos);
    const auto refused =
        s.call(Method::get, "/api/v10/users/@me", {}, {}, {{"Origin", "https://app.example"}});
    CHECK(refused.status == 401);
    CHECK(refused.header("Access-Control-Allow-Origin") == "https://app.example");
    CHECK(refused.header("Vary") == "Origin");
    CHECK(s.get("/api/v10/gateway").header("Access-Control-Allow-Origin").empty());
}

TEST_CASE("a body that is not JSON is 50035 as a whole") {
    Site s;
    for (const char* body : {"{", "{\"a\":1,}", "\xff", "{}{}"}) {
        CAPTURE(body);
        const auto answer = s.call(Method::post,
                                   s.messages_path(),
                                   s.user_token,
                                   body,
                                   {{"Content-Type", "application/json"}});
        CHECK(answer.status == 400);
        CHECK(answer.code() == protocol::kInvalidFormBody);
        CHECK(answer.json().at("errors").as_object().contains("_errors"));
    }
}

TEST_CASE("a message goes through JSON, a form, and multipart alike") {
    Site s;
    const auto post = [&](const std::string& type, const std::string& body) {
        return s.call(
            Method::post, s.messages_path(), s.user_token, body, {{"Content-Type", type}});
    };
    const auto json = post("application/json", R"({"content":"123"})");
    CHECK(json.status == 200);
    CHECK(json.json().at("content") == "123");
    const auto form = post("application/x-www-form-urlencoded", "content=1+%2B+2&tts=false");
    CHECK(form.status == 200);
    CHECK(form.json().at("content") == "1 + 2");
    const auto parts = post("multipart/form-data; boundary=b",
                            "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n"
                            "123\r\n--b--\r\n");
    CHECK(parts.status == 200);
    CHECK(parts.json().at("content") == "123");
}

TEST_CASE("the audit reason is decoded, and cut at 512 characters") {
    Site s;
    const auto ban = [&](const std::string& reason) {
        const auto user = s.node.add_user("u");
        const auto answer = s.call(Method::put,
                                   "/api/v10/guilds/" + s.guild.str() + "/bans/" + user.str(),
                                   s.user_token,
                                   {},
                                   {{"X-Audit-Log-Reason", reason}});
        CHECK(answer.status == 204);
        return s.node.state(s.guild).bans.find(user)->reason;
    };
    CHECK(ban("for%20%C3%BC") == "for ü");
    std::string longest, escaped;
    for (std::size_t i = 0; i < protocol::limits::kAuditReasonMax; ++i) {
        longest += "€";
        escaped += "%E2%82%AC";
    }
    CHECK(ban(escaped) == longest);
    CHECK(ban(escaped + "%E2%82%AC") == longest);
    CHECK(ban("%FF%FE").empty());
}

TEST_CASE("calls are counted by the class of their status") {
    Site s;
    s.get("/api/v10/gateway");
    s.get("/api/v10/nothing");
    const auto text = s.metrics.text();
    CHECK(text.find("guildhall_api_requests_total{status=\"2xx\"} 1") != std::string::npos);
    CHECK(text.find("guildhall_api_requests_total{status=\"4xx\"} 1") != std::string::npos);
}
