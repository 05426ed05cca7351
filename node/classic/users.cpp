// /users of the classic API: oneself, one's status, and others.
#include "node/services/users.h"

#include "node/classic/answers.h"
#include "node/classic/call.h"
#include "node/classic/present.h"
#include "node/classic/requests.h"
#include "node/classic/statuses.h"
#include "node/rest/buckets.h"

#include <algorithm>

namespace guildhall::classic {
namespace {

using base::http::Method;
using protocol::JsonWriter;
using protocol::UserId;

Reply user_reply(const Call& call, const protocol::User& user) {
    Reply reply;
    JsonWriter w(reply.json);
    write_user(w, user, call.statuses, user.id == call.actor.user);
    return reply;
}

Task<Result<Reply>> get_me(Call& call) {
    CO_TRY(const auto user, call.api.services.users.get(call.actor.user));
    co_return user_reply(call, *user);
}

Task<Result<Reply>> get_user(Call& call) {
    CO_TRY(const auto user, call.api.services.users.get(call.id<UserId>(0)));
    co_return user_reply(call, *user);
}

/// Stores the status and tells every shard, this one first.
Task<protocol::Status> set_status(Call& call, std::string status) {
    services::Context& ctx = call.ctx();
    CO_TRY_VOID(co_await Statuses::store(ctx, call.actor.user, status));
    call.share_status(call.actor.user, status);
    co_return protocol::Status();
}

/// The prototype's names have capitals, the node's have not: what is lost by that is the name
/// shown.
void rename(protocol::User& user, const std::string& wanted) {
    const bool was_shown = account_name(user.global_name) == user.username;
    user.username = account_name(wanted);
    if (user.username != wanted) {
        user.global_name = wanted;
    } else if (was_shown) {
        user.global_name.clear();
    }
}

/// By the way of PATCH /users/@me. The contract's request has no password: who holds the token may
/// change name and address here.
Task<Result<protocol::SharedUser>> change_user(Call& call, const UserPatch& request) {
    auto edit = [request](protocol::User& user) -> protocol::Status {
        if (request.username) rename(user, *request.username);
        if (request.email) user.email = *request.email;
        return {};
    };
    auto saved = co_await call.api.services.users.change(call.actor.user, std::move(edit));
    if (saved) co_return *saved;
    for (const auto& fault : saved.error().fields) {
        if (fault.code == "USERNAME_ALREADY_TAKEN") co_return refuse(400, "Username already taken");
        if (fault.code == "EMAIL_ALREADY_REGISTERED") co_return refuse(400, "Email already taken");
    }
    co_return saved.error();
}

Task<Result<Reply>> patch_me(Call& call) {
    CO_TRY(const UserPatch request, parse_body<UserPatch>(call));
    CO_TRY(const auto user, co_await change_user(call, request));
    if (request.status) CO_TRY_VOID(co_await set_status(call, *request.status));
    co_return user_reply(call, *user);
}

Task<Result<Reply>> patch_status(Call& call) {
    const auto wanted = call.request.query().get("new_status");
    if (!wanted) co_return invalid("query", "new_status", "BASE_TYPE_REQUIRED", "field required");
    if (!is_status(*wanted))
        co_return invalid("query", "new_status", "BASE_TYPE_CHOICES", std::string(kStatusChoices));
    CO_TRY_VOID(co_await set_status(call, std::string(*wanted)));
    co_return co_await get_me(call);
}

constexpr rest::Limit kStatus{"classic-status", 20, 20};

constexpr Route kClassicUserRoutes[] = {
    {Method::get, "/users/me", true, Home::here, rest::buckets::kUsers, get_me},
    {Method::patch, "/users/me", true, Home::here, rest::buckets::kPatchMe, patch_me},
    {Method::patch, "/users/me/status", true, Home::here, kStatus, patch_status},
    {Method::get, "/users/{user_id}", true, Home::here, rest::buckets::kUsers, get_user},
};

}  // namespace

std::span<const Route> user_routes() { return kClassicUserRoutes; }

}  // namespace guildhall::classic
