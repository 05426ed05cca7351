#include "node/services/accounts.h"

#include "node/services/login_limits.h"
#include "node/services/password.h"
#include "node/services/tokens.h"
#include "node/services/users.h"
#include "node/store/await.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"
#include "protocol/json/decode.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"
#include "tests/support/pool_wait.h"

#include <optional>

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
    /// Changes a profile; a password is hashed on the pool.
    auto patch(const std::string& token, const std::string& json) {
        return pooled(users.patch(by_token(token), read<api::UserPatch>(json), kClient));
    }
    /// Starts a change of a profile; the answer is in `out` when the loop has run.
    void start_patch(const std::string& token,
                     const std::string& json,
                     std::optional<protocol::Result<services::Users::Patched>>& out) {
        auto keep =
            [](World& w, services::Actor actor, std::string body, auto* to) -> base::Task<void> {
            to->emplace(co_await w.users.patch(actor, read<api::UserPatch>(body), kClient));
        };
        loop.shard().spawn("patch", keep(*this, by_token(token), json, &out));
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
    const auto patch = [&](const std::string& json) { return w.patch(first.token, json); };
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

TEST_CASE("of two changes of a profile at once neither undoes the other") {
    World w;
    const auto alice = w.enter(kAlice).value();
    std::optional<protocol::Result<services::Users::Patched>> bio, name;
    w.db->hold();
    w.start_patch(alice.token, R"({"bio":"tea"})", bio);
    w.start_patch(alice.token, R"({"global_name":"Alice"})", name);
    w.loop.run();
    w.db->release();
    w.loop.run();
    REQUIRE((bio && *bio && name && *name));
    const protocol::User& shown = **w.view().user(alice.user->id);
    CHECK(shown.bio == "tea");
    CHECK(shown.global_name == "Alice");
    CHECK(shown.version == alice.user->version + 2);
    auto find = [id = shown.id](store::Tx& tx) { return store::users::find(tx, id); };
    CHECK(w.ok(store::read(*w.db, std::move(find))) == shown);
}

TEST_CASE("a change that changes nothing is not told to anybody") {
    World w;
    const auto alice = w.enter(kAlice).value();
    const auto patch = [&](const char* json) {
        w.recorder.clear();
        w.ok(w.users.patch(w.by_token(alice.token), w.read<api::UserPatch>(json), kClient));
        return w.recorder.notices.size();
    };
    CHECK(patch(R"({"bio":"tea"})") == 2);
    CHECK(patch(R"({"bio":"tea"})") == 0);
    CHECK((*w.view().user(alice.user->id))->version == alice.user->version + 1);
}

TEST_CASE("a new password, its session and the end of all others are one transaction") {
    World w;
    const auto first = w.enter(kAlice).value();
    const auto second = w.login("alice", "correct horse").value();
    const auto patch = [&](const std::string& json) { return w.patch(first.token, json); };
    const char* change = R"({"bio":"tea","new_password":"battery staple",)"
                         R"("password":"correct horse"})";
    w.db->fail_next_batch(protocol::make_http_error(507));
    CHECK(protocol::http_status(patch(change).error()) == 507);
    CHECK((*w.view().user(first.user->id))->bio.empty());
    CHECK(w.holder(second.token));
    CHECK(w.login("alice", "correct horse"));
    const auto before = w.db->stats().batches;
    REQUIRE(patch(change));
    CHECK(w.db->stats().batches == before + 1);
    CHECK(!w.holder(second.token));
    CHECK(w.ok(w.accounts.sessions(w.as(first.user->id))).size() == 1);
}

TEST_CASE("of two new passwords at once, both given with the old one, one is refused") {
    World w;
    const auto first = w.enter(kAlice).value();
    const auto second = w.login("alice", "correct horse").value();
    std::optional<protocol::Result<services::Users::Patched>> one, two;
    const auto body = [](const std::string& next) {
        return R"({"password":"correct horse","new_password":")" + next + "\"}";
    };
    w.db->hold();
    w.start_patch(first.token, body("battery staple"), one);
    w.start_patch(second.token, body("staple battery"), two);
    // Until both have hashed and wait for the store: what is asked of the pool after them is done.
    for (int i = 0; i < 3; ++i) (void)w.pooled(services::hash_password(w.hashers, "x"));
    w.loop.run();
    w.db->release();
    for (int i = 0; i < 3; ++i) (void)w.pooled(services::hash_password(w.hashers, "x"));
    REQUIRE((one && two));
    CHECK(one->has_value() != two->has_value());
    const bool first_won = one->has_value();
    CHECK(w.login("alice", first_won ? "battery staple" : "staple battery"));
    CHECK(!w.login("alice", first_won ? "staple battery" : "battery staple"));
}

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

TEST_CASE("who holds a token guesses at the password no oftener than who logs in") {
    World w;
    services::LoginLimits limits(w.loop.clock, 1, true);
    w.ctx.logins = &limits;
    const auto alice = w.enter(kAlice).value();
    const auto patch = [&](const std::string& password) {
        const std::string json = R"({"email":"new@example.test","password":")" + password + "\"}";
        return w.patch(alice.token, json);
    };
    for (unsigned i = 1; i < services::LoginLimits::kGuesses.limit; ++i)
        (void)limits.take("alice", "198.51.100.1");
    CHECK(w.fault(patch("wrong horse").error()) == "password PASSWORD_DOES_NOT_MATCH");
    CHECK(protocol::http_status(patch("correct horse").error()) == 429);
    w.loop.clock.advance(services::LoginLimits::kGuesses.window);
    CHECK(patch("correct horse"));
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
    w.db->fail_next_batch(protocol::make_http_error(507));
    CHECK(protocol::http_status(w.enter(kAlice).error()) == 507);
    CHECK(w.enter(kAlice));
}
