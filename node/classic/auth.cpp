// /auth of the classic API: registering, logging in and out. A login makes a JWT and, behind it, an
// ordinary session that the account's owner sees and can end.
#include "node/base/http/form.h"
#include "node/classic/answers.h"
#include "node/classic/call.h"
#include "node/classic/jwt.h"
#include "node/classic/present.h"
#include "node/classic/requests.h"
#include "node/rest/buckets.h"
#include "node/services/accounts.h"
#include "node/services/invites.h"
#include "node/services/tokens.h"

#include <algorithm>

namespace guildhall::classic {
namespace {

using base::http::Method;
using protocol::JsonWriter;

constexpr protocol::UnixMs kTokenTtlMs = 24LL * 3600 * 1000;

bool has_fault(const Error& error, std::string_view code) {
    const auto same = [&](const auto& fault) { return fault.code == code; };
    return std::ranges::any_of(error.fields, same);
}

services::Accounts::Client client_of(const Call& call) {
    return {.os = "",
            .name = std::string(call.request.header("user-agent").substr(0, 256)),
            .address = call.request.peer.ip.str()};
}

Task<Result<Reply>> register_user(Call& call) {
    CO_TRY(Register request, parse_body<Register>(call));
    protocol::api::Register account;
    account.username = account_name(request.username);
    if (account.username != request.username) account.global_name = std::string(request.username);
    account.password = std::string(request.password);
    account.email = std::string(request.email);
    const bool invited =
        request.invite && call.api.services.invites.find(*request.invite).has_value();
    auto made = co_await call.api.services.accounts.create(account, invited);
    if (!made) {
        if (has_fault(made.error(), "USERNAME_ALREADY_TAKEN"))
            co_return refuse(400, "Username already registered");
        if (has_fault(made.error(), "EMAIL_ALREADY_REGISTERED"))
            co_return refuse(400, "Email already registered");
        co_return made.error();
    }
    Reply reply{201, {}};
    JsonWriter w(reply.json);
    write_user(w, **made, call.statuses, true);
    co_return reply;
}

/// The JWT of a new session. The session is found by the token's hash, as all are, so a token that
/// was revoked or is another's finds none however well it is signed.
Task<Result<std::string>> open_session(Call& call, services::Accounts::Verified in) {
    const protocol::User& user = *in.user;
    services::Context& ctx = call.ctx();
    services::Accounts& accounts = call.api.services.accounts;
    auto session = accounts.make_session(user.id, protocol::SessionKind::classic, client_of(call));
    protocol::AuthSession& opened = session.opened.session;
    const protocol::UnixMs expires_s = (ctx.clock.unix_ms() + kTokenTtlMs) / 1000;
    opened.expires_ms = expires_s * 1000;
    const Claims claims{user.id, shown_name(user), opened.id, expires_s};
    const std::string token = make_jwt(ctx.secrets.jwt_key, claims);
    session.token = token;
    session.opened.token = services::hash_token(ctx.secrets.token_key, token);
    CO_TRY_VOID(co_await accounts.open_session(std::move(session), std::move(in.password_hash)));
    co_return token;
}

Task<Result<Reply>> login(Call& call) {
    const auto form = base::http::parse_form(call.request.body);
    const auto username = form.get("username");
    if (!username) co_return invalid("body", "username", "BASE_TYPE_REQUIRED", "field required");
    const auto password = form.get("password");
    if (!password) co_return invalid("body", "password", "BASE_TYPE_REQUIRED", "field required");
    protocol::api::Login request;
    std::string name = account_name(*username);
    // Longer ones were never taken; argon2id need not look at them.
    const bool possible = name.size() <= protocol::limits::kEmailMax && !password->empty() &&
                          password->size() <= 1024;
    request.login = std::move(name);
    request.password = std::string(*password);
    if (!possible) co_return refuse(401, "Incorrect username or password");
    auto verified = co_await call.api.services.accounts.authenticate(request, client_of(call));
    if (!verified && has_fault(verified.error(), "INVALID_LOGIN"))
        co_return refuse(401, "Incorrect username or password");
    if (!verified) co_return verified.error();
    CO_TRY(const std::string token, co_await open_session(call, std::move(*verified)));
    Reply reply;
    JsonWriter w(reply.json);
    w.begin_object().string("access_token", token).string("token_type", "bearer").end_object();
    co_return reply;
}

Task<Result<Reply>> logout(Call& call) {
    CO_TRY_VOID(co_await call.api.services.accounts.logout(call.actor));
    co_return Reply{200, R"({"message":"Logged out successfully"})"};
}

constexpr Route kClassicAuthRoutes[] = {
    {Method::post, "/auth/register", false, Home::here, rest::buckets::kRegister, register_user},
    {Method::post, "/auth/login", false, Home::here, rest::buckets::kLogin, login},
    {Method::post, "/auth/logout", true, Home::here, rest::buckets::kSessions, logout},
};

}  // namespace

std::span<const Route> auth_routes() { return kClassicAuthRoutes; }

}  // namespace guildhall::classic
