#include "node/services/users.h"

#include "node/services/account_change.h"
#include "node/services/images.h"
#include "node/services/login_limits.h"
#include "node/services/password.h"
#include "node/services/present/own_user.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

#include <optional>

namespace guildhall::services {

using protocol::SharedUser;
using protocol::User;
using protocol::UserId;

namespace {

using Notices = std::vector<journal::Notice>;

/// The user after the edit. Nothing is written or told where nothing changed.
Result<SharedUser> change_row(store::Tx& tx, UserId id, Users::Edit& edit, Notices& told) {
    TRY(auto found, store::users::find(tx, id));
    if (!found) return protocol::make_error(protocol::kUnknownUser);
    User user = *found;
    TRY_VOID(edit(user));
    if (user == *found) return std::make_shared<const User>(std::move(user));
    ++user.version;
    TRY_VOID(store::users::check_free(tx, id, user.username, user.email));
    TRY_VOID(store::users::put(tx, user));
    auto body = std::make_shared<std::string>();
    protocol::JsonWriter w(*body);
    write_own_user(w, user);
    auto next = std::make_shared<const User>(std::move(user));
    told.emplace_back(journal::UserChanged{next});
    told.emplace_back(journal::UserDispatch{id, {"USER_UPDATE", std::move(body)}});
    return next;
}

}  // namespace

/// A password that takes the place of another, and of all sessions that knew it.
struct Users::NewPassword {
    std::string hash;
    journal::SessionOpened opened;
};

Result<SharedUser> Users::get(UserId id) const {
    const SharedUser* user = ctx_.view.user(id);
    if (!user) return protocol::make_error(protocol::kUnknownUser);
    return *user;
}

Task<Result<SharedUser>> Users::change(UserId id, Edit edit) {
    // Shared with the store's thread, which is done with it before the answer comes.
    auto changed = std::make_shared<SharedUser>();
    auto rows = [id, changed, edit = std::move(edit)](store::Tx& tx,
                                                      Notices& told) mutable -> Status {
        TRY(*changed, change_row(tx, id, edit, told));
        return {};
    };
    CO_TRY_VOID(co_await change_account(ctx_, id, std::move(rows)));
    co_return *changed;
}

/// The hash that the password was held against; empty where none was needed.
Task<Result<std::string>> Users::check_secrets(const Actor& actor,
                                               const protocol::api::UserPatch& request,
                                               const Accounts::Client& client) {
    CO_TRY(const SharedUser user, get(actor.user));
    const bool renames = request.username && *request.username != user->username;
    const bool sensitive = renames || request.email || request.new_password;
    if (actor.is_bot() || !sensitive) co_return std::string();
    if (!request.password) co_return wrong_password();
    // A guess is a guess, with a token too.
    const double wait_s = ctx_.logins ? ctx_.logins->take(user->username, client.address) : 0;
    if (wait_s > 0) co_return protocol::make_rate_limited(wait_s);
    CO_TRY(std::string hash, co_await accounts_.require_password(actor.user, *request.password));
    if (ctx_.logins) ctx_.logins->succeeded(user->username, client.address);
    co_return hash;
}

Task<Result<Users::Images>> Users::keep_images(UserId id,
                                               const ImageField& avatar,
                                               const ImageField& banner) {
    const auto owner = protocol::id_cast<protocol::Snowflake>(id);
    Images kept;
    if (avatar) {
        const std::string uri = avatar.value.value_or("");
        CO_TRY(kept.avatar, co_await keep_image(ctx_.images, "avatars", owner, "avatar", uri));
    }
    if (banner) {
        const std::string uri = banner.value.value_or("");
        CO_TRY(kept.banner, co_await keep_image(ctx_.images, "banners", owner, "banner", uri));
    }
    co_return kept;
}

void Users::Images::apply_to(User& user) const {
    if (avatar) user.avatar = *avatar;
    if (banner) user.banner = *banner;
}

Task<Result<Users::Edit>> Users::edit_of(const Actor& actor,
                                         protocol::api::UserPatch request,
                                         bool may_rename) {
    CO_TRY(Images images, co_await keep_images(actor.user, request.avatar, request.banner));
    co_return Edit([images = std::move(images), request = std::move(request), may_rename](
                       User& user) -> Status {
        const bool renames = request.username && *request.username != user.username;
        // Another rename may have come between the check of the password and this.
        if (renames && !may_rename) return wrong_password();
        if (renames) user.username = *request.username;
        images.apply_to(user);
        request.global_name.apply_to(user.global_name);
        request.bio.apply_to(user.bio);
        if (request.email) user.email = *request.email;
        if (request.accent_color) {
            user.accent_color = request.accent_color.value
                                    ? static_cast<std::int32_t>(*request.accent_color.value)
                                    : -1;
        }
        return {};
    });
}

Task<Result<Users::Patched>> Users::patch(const Actor& actor,
                                          protocol::api::UserPatch request,
                                          const Accounts::Client& client) {
    if (actor.is_bot() && (request.email || request.new_password)) {
        co_return protocol::make_error(protocol::kBotsCannotUseThisEndpoint);
    }
    CO_TRY(std::string verified, co_await check_secrets(actor, request, client));
    Patched out;
    std::optional<NewPassword> renewed;
    if (request.new_password) {
        CO_TRY(auto hash, co_await hash_password(ctx_.hashers, *request.new_password));
        auto session = accounts_.make_session(actor.user, protocol::SessionKind::user, client);
        out.token = std::move(session.token);
        renewed = NewPassword{std::move(hash), std::move(session.opened)};
    }
    const bool may_rename = actor.is_bot() || !verified.empty();
    CO_TRY(Edit edit, co_await edit_of(actor, std::move(request), may_rename));
    auto changed = std::make_shared<SharedUser>();
    auto rows = [id = actor.user,
                 changed,
                 verified = std::move(verified),
                 renewed = std::move(renewed),
                 edit = std::move(edit)](store::Tx& tx, Notices& told) mutable -> Status {
        TRY(const std::string stands, store::users::password_hash(tx, id));
        if (!verified.empty() && stands != verified) return wrong_password();
        TRY(*changed, change_row(tx, id, edit, told));
        if (!renewed) return {};
        TRY_VOID(store::users::set_password(tx, id, renewed->hash));
        return Accounts::replace_sessions(tx, renewed->opened, told);
    };
    CO_TRY_VOID(co_await change_account(ctx_, actor.user, std::move(rows)));
    out.user = *changed;
    co_return out;
}

}  // namespace guildhall::services
