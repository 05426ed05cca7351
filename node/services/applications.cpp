#include "node/services/applications.h"

#include "federation/crypto.h"
#include "node/services/account_change.h"
#include "node/services/images.h"
#include "node/store/tables/applications.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "protocol/content.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <array>

namespace guildhall::services {

namespace api = protocol::api;
using protocol::Application;
using protocol::ApplicationId;
using protocol::make_error;
using protocol::SharedApplication;
using protocol::User;

namespace {

/// GATEWAY_PRESENCE, GATEWAY_GUILD_MEMBERS and GATEWAY_MESSAGE_CONTENT, each with its LIMITED form.
constexpr std::uint64_t kIntentFlags = 1 << 12 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 18 | 1 << 19;

/// How many names are tried for a bot whose own is taken.
constexpr std::size_t kNameTries = 8;
using Suffixes = std::array<std::string, kNameTries>;

/// An application's name as a bot's username: letters, digits, `_` and `.`.
std::string bot_username(std::string_view name) {
    std::string out;
    for (const char c : protocol::lower_ascii(name)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
        if (kept) out += c;
        if (c == ' ' || c == '-') out += '_';
    }
    out.resize(std::min(out.size(), protocol::limits::kUsernameMax));
    return protocol::is_valid_username(out) ? out : "bot";
}

Suffixes draw_suffixes(base::Rng& rng) {
    Suffixes out;
    for (std::string& s : out) s = "_" + std::to_string(1000 + rng.below(9000));
    return out;
}

/// Takes the first of the wanted name and its variants that nobody has.
Status take_free_name(store::Tx& tx, User& bot, const Suffixes& suffixes) {
    const std::string wanted = bot.username;
    Status free = store::users::check_free(tx, bot.id, bot.username, {});
    for (const std::string& suffix : suffixes) {
        if (free || free.error().code != protocol::kInvalidFormBody) return free;
        bot.username = wanted.substr(0, protocol::limits::kUsernameMax - suffix.size()) + suffix;
        free = store::users::check_free(tx, bot.id, bot.username, {});
    }
    return free;
}

template <class Url>
void apply_url(const protocol::Field<Url>& field, std::string& target) {
    if (field) target = field.value ? std::string(*field.value) : std::string();
}

Status apply_settings(const api::ApplicationPatch& request, Application& a) {
    if (request.interactions_endpoint_url.value &&
        !request.interactions_endpoint_url.value->empty())
        return protocol::make_field_error(
            "interactions_endpoint_url",
            "APPLICATION_INTERACTIONS_ENDPOINT_UNSUPPORTED",
            "This node sends interactions over the gateway; it calls no endpoint.");
    if (request.name) a.name = *request.name;
    if (request.description) a.description = request.description.value.value_or("");
    if (request.tags) {
        a.tags.clear();
        if (request.tags.value)
            a.tags.assign(request.tags.value->begin(), request.tags.value->end());
        std::sort(a.tags.begin(), a.tags.end());
        a.tags.erase(std::unique(a.tags.begin(), a.tags.end()), a.tags.end());
    }
    if (request.redirect_uris)
        a.redirect_uris.assign(request.redirect_uris->begin(), request.redirect_uris->end());
    apply_url(request.custom_install_url, a.install_url);
    apply_url(request.role_connections_verification_url, a.role_connections_url);
    if (request.bot_public) a.bot_public = *request.bot_public;
    if (request.bot_require_code_grant) a.bot_require_code_grant = *request.bot_require_code_grant;
    if (request.flags) {
        const auto asked = static_cast<std::uint64_t>(request.flags->value);
        a.flags = (a.flags & ~kIntentFlags) | (asked & kIntentFlags);
    }
    return {};
}

}  // namespace

Task<Result<SharedApplication>> Applications::create(const Actor& actor,
                                                     const api::ApplicationCreate& request) {
    CO_TRY(NewUser made, accounts_.make_user(bot_username(request.name), true));
    // The name of the bot is settled by the transaction, before anybody else sees the account.
    auto bot = std::make_shared<User>(*made.user);
    bot->global_name = request.name;
    made.user = bot;
    federation::Seed seed;
    ctx_.rng.fill(seed);
    auto made_application = std::make_shared<Application>();
    Application& a = *made_application;
    a.id = protocol::id_cast<ApplicationId>(bot->id);
    a.owner = actor.user;
    a.name = request.name;
    a.description = request.description.value_or("");
    a.verify_key = federation::to_hex(federation::SecretKey::from_seed(seed).public_key());
    if (request.icon) {
        const auto owner = protocol::id_cast<protocol::Snowflake>(a.id);
        CO_TRY(a.icon, co_await keep_image(ctx_.images, "app-icons", owner, "icon", *request.icon));
    }
    const SharedApplication application = made_application;
    journal::Change change;
    change.rows = [made,
                   bot,
                   application,
                   secret = std::string(seed.text()),
                   suffixes = draw_suffixes(ctx_.rng)](store::Tx& tx) -> Status {
        TRY(const std::size_t count, store::applications::count_of(tx, application->owner));
        if (count >= protocol::limits::kApplicationsPerUserMax)
            return make_error(protocol::kOAuth2ApplicationLimitReached);
        TRY_VOID(take_free_name(tx, *bot, suffixes));
        TRY_VOID(Accounts::insert_user(tx, made));
        TRY_VOID(store::secrets::put(tx, "application." + application->id.str(), secret));
        return store::applications::put(tx, *application);
    };
    change.notices.emplace_back(journal::UserChanged{bot});
    change.notices.emplace_back(journal::ApplicationChanged{application});
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    co_return application;
}

std::vector<SharedApplication> Applications::mine(const Actor& actor) const {
    return ctx_.view.applications_of(actor.user);
}

Result<SharedApplication> Applications::find(ApplicationId id) const {
    const SharedApplication* application = ctx_.view.application(id);
    if (!application) return make_error(protocol::kUnknownApplication);
    return *application;
}

Result<SharedApplication> Applications::get(const Actor& actor, ApplicationId id) const {
    TRY(SharedApplication application, find(id));
    if (application->owner != actor.user && application->bot_id() != actor.user)
        return make_error(protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    return application;
}

Task<Status> Applications::change_images(const api::ApplicationPatch& request, Application& a) {
    const auto owner = protocol::id_cast<protocol::Snowflake>(a.id);
    if (request.icon) {
        const std::string uri = request.icon.value.value_or("");
        CO_TRY(a.icon, co_await keep_image(ctx_.images, "app-icons", owner, "icon", uri));
    }
    if (request.cover_image) {
        const std::string uri = request.cover_image.value.value_or("");
        CO_TRY(a.cover_image,
               co_await keep_image(ctx_.images, "app-icons", owner, "cover_image", uri));
    }
    co_return Status();
}

Task<Result<SharedApplication>> Applications::edit(const Actor& actor,
                                                   ApplicationId id,
                                                   const api::ApplicationPatch& request) {
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(const SharedApplication old, get(actor, id));
    Application changed = *old;
    CO_TRY_VOID(apply_settings(request, changed));
    CO_TRY_VOID(co_await change_images(request, changed));
    auto next = std::make_shared<const Application>(std::move(changed));
    journal::Change change;
    change.rows = [next](store::Tx& tx) { return store::applications::put(tx, *next); };
    change.notices.emplace_back(journal::ApplicationChanged{next});
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    co_return next;
}

Task<Result<protocol::SharedUser>> Applications::edit_bot(const Actor& actor,
                                                          ApplicationId id,
                                                          const api::BotPatch& request) {
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(const SharedApplication application, get(actor, id));
    const protocol::UserId bot = application->bot_id();
    CO_TRY(auto images, co_await users_.keep_images(bot, request.avatar, request.banner));
    auto edit = [images = std::move(images), username = request.username](User& user) -> Status {
        if (username) user.username = *username;
        images.apply_to(user);
        return {};
    };
    co_return co_await users_.change(bot, std::move(edit));
}

Task<Result<std::string>> Applications::reset_token(const Actor& actor, ApplicationId id) {
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(const SharedApplication application, get(actor, id));
    const protocol::UserId bot = application->bot_id();
    const Accounts::Client client{.os = {}, .name = "bot", .address = {}};
    auto session = accounts_.make_session(bot, protocol::SessionKind::bot, client);
    auto rows = [opened = std::move(session.opened)](store::Tx& tx,
                                                     std::vector<journal::Notice>& told) {
        return Accounts::replace_sessions(tx, opened, told);
    };
    CO_TRY_VOID(co_await change_account(ctx_, bot, std::move(rows)));
    co_return std::move(session.token);
}

}  // namespace guildhall::services
