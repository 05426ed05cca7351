#include "node/services/accounts.h"

#include "node/services/login_limits.h"
#include "node/services/tokens.h"
#include "node/services/users.h"
#include "node/store/await.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"
#include "protocol/json/decode.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"
#include "tests/support/pool_wait.h"

using namespace guildhall;
using protocol::UserId;
using services::Accounts;
using tests::NodeFixture;
namespace api = protocol::api;

namespace {

const Accounts::Client kClient{.os = "Linux", .name = "test", .address = "127.0.0.1"};

struct World : NodeFixture {
    template <class T>
    static T read(const std::string& json) {
        auto value = protocol::decode_text<T>(json);
        if (!value) throw std::runtime_error(protocol::error_body(value.error()));
        return std::move(*value);
    }
    template <class T>
    T pooled(base::Task<T> task) {
        return tests::wait_pool(loop, std::move(task));
    }
    protocol::Result<Accounts::LoggedIn> enter(const std::string& json, bool invited = false) {
        return pooled(accounts.register_user(read<api::Register>(json), kClient, invited));
    }
    protocol::Result<Accounts::LoggedIn> login(const std::string& name,
                                               const std::string& password) {
        const std::string json = R"({"login":")" + name + R"(","password":")" + password + "\"}";
        return pooled(accounts.login(read<api::Login>(json), kClient));
    }
    /// Who the token belongs to, as REST finds out; 0 when it is good for nothing.
    UserId holder(const std::string& token) {
        const auto hash = services::hash_token(secrets.token_key, token);
        const protocol::AuthSession* session = view().session(hash);
        return session ? session->user : UserId();
    }
    services::Actor by_token(const std::string& token) {
        const auto hash = services::hash_token(secrets.token_key, token);
        const protocol::AuthSession* session = view().session(hash);
        return {.user = session->user, .session_id = session->id};
    }
    std::string fault(const protocol::Error& error) {
        return error.fields.empty() ? "" : error.fields[0].path + " " + error.fields[0].code;
    }

    Accounts accounts{ctx};
    services::Users users{ctx, accounts};
};

constexpr const char* kAlice =
    R"({"username":"alice","password":"correct horse","email":"Alice@Example.org"})";

}  // namespace

TEST_CASE("an account is made with a session, and can be logged in to by name or address") {
    World w;
    const auto made = w.enter(kAlice);
    REQUIRE(made);
    CHECK(made->user->username == "alice");
    CHECK(w.holder(made->token) == made->user->id);
    REQUIRE(w.view().user(made->user->id));
    const auto again = w.login("alice", "correct horse");
    REQUIRE(again);
    CHECK(again->token != made->token);
    CHECK(w.holder(again->token) == made->user->id);
    CHECK(w.login(made->user->email, "correct horse"));
    const auto sessions = w.ok(w.accounts.sessions(w.as(made->user->id)));
    CHECK(sessions.size() == 3);
    CHECK(sessions[0].client_name == "test");
}

TEST_CASE("a name and an address belong to one account") {
    World w;
    REQUIRE(w.enter(kAlice));
    const auto name = w.enter(R"({"username":"ALICE","password":"12345678"})");
    REQUIRE(!name);
    CHECK(w.fault(name.error()) == "username USERNAME_ALREADY_TAKEN");
    const auto email =
        w.enter(R"({"username":"bob","password":"12345678","email":"alice@example.org"})");
    REQUIRE(!email);
    CHECK(w.fault(email.error()) == "email EMAIL_ALREADY_REGISTERED");
    CHECK(w.enter(R"({"username":"bob","password":"12345678"})"));
    CHECK(w.enter(R"({"username":"carol","password":"12345678"})"));
}

TEST_CASE("a node that is closed lets nobody register, one by invite those who have one") {
    World w;
    w.settings.registration = "closed";
    CHECK(protocol::http_status(w.enter(kAlice, true).error()) == 403);
    w.settings.registration = "invite";
    CHECK(protocol::http_status(w.enter(kAlice, false).error()) == 403);
    CHECK(w.enter(kAlice, true));
}

TEST_CASE("a wrong password and an unknown name are refused alike") {
    World w;
    REQUIRE(w.enter(kAlice));
    const auto wrong = w.login("alice", "wrong horse");
    const auto unknown = w.login("nobody", "wrong horse");
    REQUIRE(!wrong);
    REQUIRE(!unknown);
    CHECK(w.fault(wrong.error()) == "login INVALID_LOGIN");
    CHECK(protocol::error_body(wrong.error()) == protocol::error_body(unknown.error()));
}

TEST_CASE("a session ends when it is logged out or revoked, and no other does") {
    World w;
    const auto first = w.enter(kAlice).value();
    const auto second = w.login("alice", "correct horse").value();
    const auto third = w.login("alice", "correct horse").value();
    const auto bob = w.enter(R"({"username":"bob","password":"12345678"})").value();
    w.ok(w.accounts.logout(w.by_token(second.token)));
    CHECK(w.holder(first.token));
    CHECK(!w.holder(second.token));
    const std::string bobs = w.by_token(bob.token).session_id;
    w.ok(w.accounts.revoke(w.by_token(first.token),
                           {w.by_token(third.token).session_id, bobs, "no such session"}));
    CHECK(!w.holder(third.token));
    CHECK(w.holder(bob.token));
    CHECK(w.ok(w.accounts.sessions(w.as(first.user->id))).size() == 1);
}

TEST_CASE("a session is not opened when the password it was verified with is no longer the one") {
    World w;
    const auto alice = w.enter(kAlice).value();
    auto session = w.accounts.make_session(alice.user->id, protocol::SessionKind::user, kClient);
    const std::string token = session.token;
    CHECK_FALSE(w.run(w.accounts.open_session(std::move(session), "another hash")));
    CHECK(!w.holder(token));
}

TEST_CASE("a user has at most fifty sessions; the oldest gives way") {
    World w;
    const auto alice = w.enter(kAlice).value();
    std::vector<std::string> tokens{alice.token};
    auto look = [id = alice.user->id](store::Tx& tx) {
        return store::users::password_hash(tx, id);
    };
    const std::string stands = w.ok(store::read(*w.db, std::move(look)));
    const auto open = [&] {
        w.loop.clock.advance(std::chrono::milliseconds(1));
        auto session =
            w.accounts.make_session(alice.user->id, protocol::SessionKind::user, kClient);
        tokens.push_back(session.token);
        w.ok(w.accounts.open_session(std::move(session), stands));
    };
    while (tokens.size() < 50) open();
    CHECK(w.holder(tokens[0]));
    open();
    CHECK(!w.holder(tokens[0]));
    CHECK(w.holder(tokens[1]));
    CHECK(w.holder(tokens[50]));
    CHECK(w.ok(w.accounts.sessions(w.as(alice.user->id))).size() == 50);
}

TEST_CASE("a new password needs the old one, ends all other sessions and gives a new token") {
    World w;
    const auto first = w.enter(kAlice).value();
    const auto second = w.login("alice", "correct horse").value();
    const auto patch = [&](const std::string& json) {
        return w.pooled(
            w.users.patch(w.by_token(first.token), w.read<api::UserPatch>(json), kClient));
    };
    const auto without = patch(R"({"new_password":"battery staple"})");
    REQUIRE(!without);
    CHECK(w.fault(without.error()) == "password PASSWORD_DOES_NOT_MATCH");
    CHECK(!patch(R"({"new_password":"battery staple","password":"wrong horse"})"));
    CHECK(w.holder(second.token));
    const auto changed = patch(R"({"new_password":"battery staple","password":"correct horse"})");
    REQUIRE(changed);
    CHECK(!w.holder(first.token));
    CHECK(!w.holder(second.token));
    CHECK(w.holder(changed->token) == first.user->id);
    CHECK(!w.login("alice", "correct horse"));
    CHECK(w.login("alice", "battery staple"));
}

TEST_CASE("a bot's account cannot be logged in to") {
    World w;
    const auto bot = w.accounts.make_user("bot", true);
    REQUIRE(bot);
    journal::Change change;
    change.rows = [made = *bot](store::Tx& tx) { return Accounts::insert_user(tx, made); };
    w.ok(w.journal.store(w.ctx.here, std::move(change)));
    CHECK(!w.login("bot", "12345678"));
    CHECK(!w.login("bot", " "));
}

TEST_CASE("an account whose row the disk refuses does not exist") {
    World w;
TEST_CASE("guesses at a password are limited by the name, and answered alike without an account") {
    World w;
    services::LoginLimits limits(w.loop.clock, 1, true);
    w.ctx.logins = &limits;
    const auto alice = w.enter(kAlice).value();
    for (const char* name : {"alice", "nobody"}) {
        for (unsigned i = 1; i < services::LoginLimits::kGuesses.limit; ++i)
            (void)limits.take(name, "198.51.100.1");
        CHECK(w.fault(w.login(name, "wrong horse").error()) == "login INVALID_LOGIN");
    }
    const auto known = w.login("alice", "wrong horse");
    const auto unknown = w.login("nobody", "wrong horse");
    CHECK(protocol::http_status(known.error()) == 429);
    CHECK(protocol::error_body(known.error()) == protocol::error_body(unknown.error()));
    CHECK(protocol::http_status(w.login("alice", "correct horse").error()) == 429);
    CHECK(w.holder(alice.token));
    w.loop.clock.advance(services::LoginLimits::kGuesses.window);
    CHECK(w.login("alice", "correct horse"));
}

    w.db->fail_next_batch(protocol::make_http_error(507));
    CHECK(protocol::http_status(w.enter(kAlice).error()) == 507);
    CHECK(w.enter(kAlice));
}
