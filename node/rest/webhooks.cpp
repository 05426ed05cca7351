// /webhooks/{application}/{token}: the webhook that every interaction has, for follow-ups. Webhooks
// of channels are not offered yet, so what is said of the webhook itself is that it is unknown.
#include "node/rest/api.h"
#include "node/rest/interaction_home.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/rest/uploads.h"
#include "node/services/interactions.h"
#include "protocol/errors.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ApplicationId;
using protocol::JsonWriter;
using protocol::MessageId;
using services::ShownMessage;

/// The message of the path; 0 for @original.
MessageId message_of(const Call& call) {
    return call.params.size() > 2 ? call.id<MessageId>(2) : MessageId{};
}

Reply message_reply(const Api& api, const ShownMessage& shown) {
    return written(
        [&](JsonWriter& w) { services::write_shown(w, shown, api.ctx.view, api.ctx.links); });
}

Task<Result<Reply>> unknown(Api&, Call&) {
    co_return protocol::make_error(protocol::kUnknownWebhook);
}

Task<Result<Reply>> follow_up(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::WebhookMessage>());
    CO_TRY(const auto shown,
           co_await api.services.interactions.follow_up(
               call.actor, call.id<ApplicationId>(0), call.params[1], request, uploads_of(call)));
    co_return message_reply(api, shown);
}

Task<Result<Reply>> get_message(Api& api, Call& call) {
    CO_TRY(const auto shown,
           co_await api.services.interactions.get(
               call.id<ApplicationId>(0), call.params[1], message_of(call)));
    co_return message_reply(api, shown);
}

Task<Result<Reply>> edit_message(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::MessageEdit>());
    CO_TRY(const auto shown,
           co_await api.services.interactions.edit(call.actor,
                                                   call.id<ApplicationId>(0),
                                                   call.params[1],
                                                   message_of(call),
                                                   request,
                                                   uploads_of(call)));
    co_return message_reply(api, shown);
}

Task<Result<Reply>> delete_message(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.interactions.remove(
        call.actor, call.id<ApplicationId>(0), call.params[1], message_of(call)));
    co_return Reply::no_content();
}

constexpr Limit kHook{"webhook", 10, 10};
constexpr Limit kMessage{"webhook-message", 20, 10};

constexpr std::string_view kOne = "/webhooks/{webhook_id}/{webhook_token}";
constexpr std::string_view kOriginal = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
constexpr std::string_view kMessages =
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";

/// The token in the path is the key, and these calls count against nobody's global limit.
constexpr RouteKind kByToken{Auth::none, Home::here, false, shard_of_token};

constexpr Route kRoutes[] = {
    row(kByToken, {Method::get, kOne, kHook, unknown, "Get a webhook"}),
    row(kByToken, {Method::patch, kOne, kHook, unknown, "Change a webhook"}),
    row(kByToken, {Method::del, kOne, kHook, unknown, "Delete a webhook"}),
    row(kByToken,
        {Method::post,
         kOne,
         kMessage,
         follow_up,
         "Follow up an answered interaction",
         "WebhookMessage",
         "Message"}),
    row(kByToken,
        {Method::get, kOriginal, kMessage, get_message, "Get the first answer", "", "Message"}),
    row(kByToken,
        {Method::patch,
         kOriginal,
         kMessage,
         edit_message,
         "Edit the first answer",
         "MessageEdit",
         "Message"}),
    row(kByToken, {Method::del, kOriginal, kMessage, delete_message, "Delete the first answer"}),
    row(kByToken,
        {Method::get, kMessages, kMessage, get_message, "Get a follow-up", "", "Message"}),
    row(kByToken,
        {Method::patch,
         kMessages,
         kMessage,
         edit_message,
         "Edit a follow-up",
         "MessageEdit",
         "Message"}),
    row(kByToken, {Method::del, kMessages, kMessage, delete_message, "Delete a follow-up"}),
};

}  // namespace

std::span<const Route> webhook_routes() { return kRoutes; }

}  // namespace guildhall::rest
