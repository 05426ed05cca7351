// /applications: what developers register, and its bot.
#include "node/services/applications.h"

#include "node/rest/api.h"
#include "node/rest/handlers.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/present/application.h"
#include "node/services/present/own_user.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ApplicationId;
using protocol::JsonWriter;
using protocol::SharedApplication;

Reply own_reply(const Api& api, const SharedApplication& application) {
    return written(
        [&](JsonWriter& w) { services::write_own_application(w, *application, api.ctx.view); });
}

/// A bot's application has the bot's id.
ApplicationId own_id(const Call& call) { return protocol::id_cast<ApplicationId>(call.actor.user); }

Result<std::uint64_t> shard_of_own(const Api&, const Call& call) { return call.actor.user.value; }

Task<Result<Reply>> list_applications(Api& api, Call& call) {
    const auto mine = api.services.applications.mine(call.actor);
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        for (const SharedApplication& a : mine)
            services::write_own_application(w, *a, api.ctx.view);
        w.end_array();
    });
}

Task<Result<Reply>> create_application(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::ApplicationCreate>());
    CO_TRY(const auto made, co_await api.services.applications.create(call.actor, request));
    Reply reply = own_reply(api, made);
    reply.status = 201;
    co_return reply;
}

Task<Result<Reply>> get_own(Api& api, Call& call) {
    CO_TRY(const auto application, api.services.applications.get(call.actor, own_id(call)));
    co_return own_reply(api, application);
}

Task<Result<Reply>> get_application(Api& api, Call& call) {
    CO_TRY(const auto application,
           api.services.applications.get(call.actor, call.id<ApplicationId>(0)));
    co_return own_reply(api, application);
}

Task<Result<Reply>> get_public(Api& api, Call& call) {
    CO_TRY(const auto application, api.services.applications.find(call.id<ApplicationId>(0)));
    co_return written(
        [&](JsonWriter& w) { services::write_application(w, *application, api.ctx.view); });
}

Task<Result<Reply>> edit_as(Api& api, Call& call, ApplicationId id) {
    CO_TRY(const auto request, call.parse<protocol::api::ApplicationPatch>());
    CO_TRY(const auto changed, co_await api.services.applications.edit(call.actor, id, request));
    co_return own_reply(api, changed);
}

Task<Result<Reply>> edit_own(Api& api, Call& call) {
    co_return co_await edit_as(api, call, own_id(call));
}

Task<Result<Reply>> edit_application(Api& api, Call& call) {
    co_return co_await edit_as(api, call, call.id<ApplicationId>(0));
}

/// Every application has its bot from the start, so there is never a token to tell.
Task<Result<Reply>> create_bot(Api& api, Call& call) {
    CO_TRY(const auto application,
           api.services.applications.get(call.actor, call.id<ApplicationId>(0)));
    (void)application;
    co_return written([](JsonWriter& w) { w.begin_object().null("token").end_object(); });
}

Task<Result<Reply>> edit_bot(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::BotPatch>());
    CO_TRY(const auto bot,
           co_await api.services.applications.edit_bot(
               call.actor, call.id<ApplicationId>(0), request));
    co_return written([&](JsonWriter& w) { services::write_own_user(w, *bot); });
}

Task<Result<Reply>> reset_token(Api& api, Call& call) {
    CO_TRY(const std::string token,
           co_await api.services.applications.reset_token(call.actor, call.id<ApplicationId>(0)));
    co_return written([&](JsonWriter& w) { w.begin_object().string("token", token).end_object(); });
}

constexpr Limit kApplicationRead{"application-read", 30, 10};
constexpr Limit kApplicationCreate{"application-create", 10, 60};
constexpr Limit kApplicationWrite{"application-write", 10, 10};

constexpr RouteKind kAny{Auth::any};
constexpr RouteKind kUser{Auth::user};
constexpr RouteKind kBot{Auth::bot};
constexpr RouteKind kAnyChange{Auth::any, Home::here, true, shard_of_application};
constexpr RouteKind kUserChange{Auth::user, Home::here, true, shard_of_application};
constexpr RouteKind kBotChange{Auth::bot, Home::here, true, shard_of_own};

constexpr Route kApplicationRoutes[] = {
    row(kUser,
        {Method::get,
         "/applications",
         kApplicationRead,
         list_applications,
         "List your applications",
         "",
         "Application[]"}),
    row(kUser,
        {Method::post,
         "/applications",
         kApplicationCreate,
         create_application,
         "Register an application with a bot",
         "ApplicationCreate",
         "Application"}),
    row(kBot,
        {Method::get,
         "/applications/@me",
         kApplicationRead,
         get_own,
         "Get the bot's own application",
         "",
         "Application"}),
    row(kBotChange,
        {Method::patch,
         "/applications/@me",
         kApplicationWrite,
         edit_own,
         "Change the bot's own application",
         "ApplicationPatch",
         "Application"}),
    row(kBot,
        {Method::get,
         "/oauth2/applications/@me",
         kApplicationRead,
         get_own,
         "Get the bot's own application (the older way)",
         "",
         "Application"}),
    row(kAny,
        {Method::get,
         "/applications/{application_id}",
         kApplicationRead,
         get_application,
         "Get an application of yours",
         "",
         "Application"}),
    row(kAny,
        {Method::get,
         "/applications/{application_id}/public",
         kApplicationRead,
         get_public,
         "Get what anybody may know of an application"}),
    row(kAnyChange,
        {Method::patch,
         "/applications/{application_id}",
         kApplicationWrite,
         edit_application,
         "Change an application of yours; flags switch its privileged intents",
         "ApplicationPatch",
         "Application"}),
    row(kUser,
        {Method::post,
         "/applications/{application_id}/bot",
         kApplicationWrite,
         create_bot,
         "Give an application its bot, which it has already"}),
    row(kUserChange,
        {Method::patch,
         "/applications/{application_id}/bot",
         kApplicationWrite,
         edit_bot,
         "Change the bot's user",
         "BotPatch",
         "OwnUser"}),
    row(kUserChange,
        {Method::post,
         "/applications/{application_id}/bot/reset",
         kApplicationCreate,
         reset_token,
         "Make a new token for the bot and end the old one",
         "",
         "Token"}),
};

}  // namespace

std::span<const Route> application_routes() { return kApplicationRoutes; }

}  // namespace guildhall::rest
