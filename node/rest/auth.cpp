// /auth: registering, logging in and out, one's sessions.
#include "node/rest/api.h"
#include "node/rest/buckets.h"
#include "node/rest/client.h"
#include "node/rest/route.h"
#include "node/services/accounts.h"
#include "node/services/invites.h"
#include "node/services/tokens.h"
#include "protocol/json/codec.h"
#include "protocol/json/writer.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::JsonWriter;

Task<Result<Reply>> register_user(Api& api, Call& call) {
    CO_TRY(auto request, call.parse<protocol::api::Register>());
    bool invited = false;
    if (request.invite) invited = api.services.invites.find(*request.invite).has_value();
    CO_TRY(auto in,
           co_await api.services.accounts.register_user(request, client_of(call), invited));
    std::string json;
    JsonWriter w(json);
    w.begin_object();
    w.string("token", in.token);
    w.boolean("show_verification_form", false);
    w.id("user_id", in.user->id);
    w.end_object();
    co_return Reply::created(std::move(json));
}

Task<Result<Reply>> login(Api& api, Call& call) {
    CO_TRY(auto request, call.parse<protocol::api::Login>());
    CO_TRY(auto in, co_await api.services.accounts.login(request, client_of(call)));
    std::string json;
    JsonWriter w(json);
    w.begin_object();
    w.id("user_id", in.user->id);
    w.string("token", in.token);
    w.begin_object("user_settings");
    w.string("locale", in.user->locale);
    w.string("theme", "dark");
    w.end_object();
    w.end_object();
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> logout(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.accounts.logout(call.actor));
    co_return Reply::no_content();
}

Task<Result<Reply>> sessions(Api& api, Call& call) {
    CO_TRY(auto all, co_await api.services.accounts.sessions(call.actor));
    std::string json;
    JsonWriter w(json);
    w.begin_object().begin_array("user_sessions");
    for (const auto& s : all) {
        w.begin_object();
        w.string("id_hash", s.id);
        w.timestamp("approx_last_used_time", s.created_ms);
        w.begin_object("client_info");
        w.string("os", s.client_os);
        w.string("platform", s.client_name);
        w.null("location");
        w.end_object().end_object();
    }
    w.end_array().end_object();
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> logout_sessions(Api& api, Call& call) {
    CO_TRY(auto request, call.parse<protocol::api::SessionsLogout>());
    std::vector<std::string> ids(request.session_id_hashes.begin(),
                                 request.session_id_hashes.end());
    CO_TRY_VOID(co_await api.services.accounts.revoke(call.actor, std::move(ids)));
    co_return Reply::no_content();
}

constexpr Route kAuthRoutes[] = {
    {Method::post,
     "/auth/register",
     Auth::none,
     Home::here,
     buckets::kRegister,
     register_user,
     "Register an account",
     "Register",
     "Token"},
    {Method::post,
     "/auth/login",
     Auth::none,
     Home::here,
     buckets::kLogin,
     login,
     "Log in",
     "Login",
     "Token"},
    {Method::post, "/auth/logout", Auth::user, Home::here, buckets::kSessions, logout, "Log out"},
    {Method::get,
     "/auth/sessions",
     Auth::user,
     Home::here,
     buckets::kSessions,
     sessions,
     "List your sessions",
     "",
     "Sessions"},
    {Method::post,
     "/auth/sessions/logout",
     Auth::user,
     Home::here,
     buckets::kSessions,
     logout_sessions,
     "End some of your sessions",
     "SessionsLogout"},
};

}  // namespace

std::span<const Route> auth_routes() { return kAuthRoutes; }

}  // namespace guildhall::rest
