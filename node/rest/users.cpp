// /users: one's own account and looking at others.
#include "node/services/users.h"

#include "node/rest/api.h"
#include "node/rest/buckets.h"
#include "node/rest/client.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/accounts.h"
#include "node/services/present/own_user.h"
#include "node/services/present/user.h"
#include "node/services/recovery.h"
#include "protocol/api/hosting.h"
#include "protocol/data_uri.h"
#include "protocol/json/writer.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::JsonWriter;
using protocol::UserId;

Task<Result<Reply>> get_me(Api& api, Call& call) {
    CO_TRY(auto user, api.services.users.get(call.actor.user));
    std::string json;
    JsonWriter w(json);
    services::write_own_user(w, *user);
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> patch_me(Api& api, Call& call) {
    CO_TRY(auto request, call.parse<protocol::api::UserPatch>());
    CO_TRY(auto patched,
           co_await api.services.users.patch(call.actor, std::move(request), client_of(call)));
    std::string json;
    JsonWriter w(json);
    services::write_own_user(w, *patched.user, patched.token);
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> get_user(Api& api, Call& call) {
    CO_TRY(auto user, api.services.users.get(call.id<UserId>(0)));
    std::string json;
    JsonWriter w(json);
    services::write_user(w, *user);
    co_return Reply::ok(std::move(json));
}

/// The paper from which the account outlives this node. Only with the password: who has the phrase
/// can move the account.
Task<Result<Reply>> make_recovery(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::RecoveryCreate>());
    CO_TRY_VOID(co_await api.services.accounts.require_password(call.actor.user, request.password));
    services::Recovery recovery(api.ctx);
    CO_TRY(const auto paper, co_await recovery.make(call.actor));
    co_return written([&](JsonWriter& w) {
        w.begin_object().string("phrase", paper.phrase);
        w.string("backup", protocol::encode_base64(paper.backup)).end_object();
    });
}

constexpr Route kUserRoutes[] = {
    {Method::get,
     "/users/@me",
     Auth::any,
     Home::here,
     buckets::kUsers,
     get_me,
     "Get your own user",
     "",
     "OwnUser"},
    {Method::patch,
     "/users/@me",
     Auth::any,
     Home::here,
     buckets::kPatchMe,
     patch_me,
     "Change your own user",
     "UserPatch",
     "OwnUser"},
    {Method::post,
     "/users/@me/recovery",
     Auth::user,
     Home::here,
     buckets::kPatchMe,
     make_recovery,
     "Make a new recovery phrase, and the backup that it opens",
     "RecoveryCreate",
     "Recovery"},
    {Method::get,
     "/users/{user_id}",
     Auth::any,
     Home::here,
     buckets::kUsers,
     get_user,
     "Get a user",
     "",
     "User"},
};

}  // namespace

std::span<const Route> user_routes() { return kUserRoutes; }

}  // namespace guildhall::rest
