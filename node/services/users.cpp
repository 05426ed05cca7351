#include "node/services/users.h"

#include "node/services/images.h"
#include "node/services/password.h"
#include "node/services/present/own_user.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

namespace guildhall::services {

using protocol::User;
using protocol::UserId;

Result<protocol::SharedUser> Users::get(UserId id) const {
    const protocol::SharedUser* user = ctx_.view.user(id);
    if (!user) return protocol::make_error(protocol::kUnknownUser);
    return *user;
}

Task<Result<protocol::SharedUser>> Users::save(User user) {
    ++user.version;
    auto next = std::make_shared<const User>(std::move(user));
    journal::Change change;
    change.rows = [next](store::Tx& tx) -> Status {
        TRY_VOID(store::users::check_free(tx, next->id, next->username, next->email));
        return store::users::put(tx, *next);
    };
    change.notices.emplace_back(journal::UserChanged{next});
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    co_return next;
}

Task<Status> Users::change_images(const protocol::api::UserPatch& request, User& user) {
    const auto owner = protocol::id_cast<protocol::Snowflake>(user.id);
    if (request.avatar) {
        const std::string uri = request.avatar.value.value_or("");
        CO_TRY(user.avatar, co_await keep_image(ctx_.images, "avatars", owner, "avatar", uri));
    }
    if (request.banner) {
        const std::string uri = request.banner.value.value_or("");
        CO_TRY(user.banner, co_await keep_image(ctx_.images, "banners", owner, "banner", uri));
    }
    co_return Status();
}

Task<Status> Users::check_secrets(const Actor& actor,
                                  const protocol::api::UserPatch& request,
                                  const User& user) {
    const bool renames = request.username && *request.username != user.username;
    const bool sensitive = renames || request.email || request.new_password;
    if (actor.is_bot() || !sensitive) co_return Status();
    if (!request.password) {
        co_return protocol::make_field_error(
            "password", "PASSWORD_DOES_NOT_MATCH", "Password does not match.");
    }
    co_return co_await accounts_.require_password(actor.user, *request.password);
}

Task<Result<Users::Patched>> Users::patch(const Actor& actor,
                                          protocol::api::UserPatch request,
                                          const Accounts::Client& client) {
    CO_TRY(auto current, get(actor.user));
    User user = *current;
    if (actor.is_bot() && (request.email || request.new_password)) {
        co_return protocol::make_error(protocol::kBotsCannotUseThisEndpoint);
    }
    CO_TRY_VOID(co_await check_secrets(actor, request, user));
    CO_TRY_VOID(co_await change_images(request, user));
    if (request.username) user.username = *request.username;
    request.global_name.apply_to(user.global_name);
    request.bio.apply_to(user.bio);
    if (request.email) user.email = *request.email;
    if (request.accent_color) {
        user.accent_color = request.accent_color.value
                                ? static_cast<std::int32_t>(*request.accent_color.value)
                                : -1;
    }
    CO_TRY(auto saved, co_await save(std::move(user)));
    Patched out{saved, {}};
    if (request.new_password) {
        CO_TRY(auto hash, co_await hash_password(ctx_.hashers, *request.new_password));
        // The new session is made with the new password's transaction; all others then end.
        auto session = accounts_.make_session(actor.user, protocol::SessionKind::user, client);
        journal::Change change;
        change.rows = [id = actor.user, hash, opened = session.opened](store::Tx& tx) -> Status {
            TRY_VOID(store::users::set_password(tx, id, hash));
            return store::users::put_session(tx, opened.token, opened.session);
        };
        change.notices.emplace_back(session.opened);
        CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
        CO_TRY_VOID(co_await accounts_.revoke_all(actor.user, session.opened.session.id));
        out.token = std::move(session.token);
    }
    auto body = std::make_shared<std::string>();
    protocol::JsonWriter w(*body);
    write_own_user(w, *saved);
    std::vector<journal::Notice> notices;
    notices.emplace_back(journal::UserDispatch{actor.user, {"USER_UPDATE", std::move(body)}});
    ctx_.journal.notify(ctx_.here, std::move(notices));
    co_return out;
}

}  // namespace guildhall::services
