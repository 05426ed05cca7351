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

Task<Result<Reply>> get_answer(Api& api, Call& call) {
    CO_TRY(const auto shown,
           co_await api.services.interactions.get(
               call.id<ApplicationId>(0), call.params[1], message_of(call)));
    co_return message_reply(api, shown);
}

Task<Result<Reply>> edit_answer(Api& api, Call& call) {
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

Task<Result<Reply>> delete_answer(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.interactions.remove(
        call.actor, call.id<ApplicationId>(0), call.params[1], message_of(call)));
    co_return Reply::no_content();
}

constexpr Limit kHook{"webhook", 10, 10};
constexpr Limit kMessage{"webhook-message", 20, 10};

constexpr std::string_view kWebhook = "/webhooks/{webhook_id}/{webhook_token}";

constexpr Route kWebhookRoutes[] = {
    row(kByToken, {Method::get, kWebhook, kHook, unknown, "Get a webhook"}),
    row(kByToken, {Method::patch, kWebhook, kHook, unknown, "Change a webhook"}),
    row(kByToken, {Method::del, kWebhook, kHook, unknown, "Delete a webhook"}),
    row(kByToken,
        {Method::post,
         kWebhook,
         kMessage,
         follow_up,
         "Follow up an answered interaction",
         "WebhookMessage",
         "Message"}),
    row(kByToken,
        {Method::get, kFirstAnswer, kMessage, get_answer, "Get the first answer", "", "Message"}),
    row(kByToken,
        {Method::patch,
         kFirstAnswer,
         kMessage,
         edit_answer,
         "Edit the first answer",
         "MessageEdit",
         "Message"}),
    row(kByToken, {Method::del, kFirstAnswer, kMessage, delete_answer, "Delete the first answer"}),
    row(kByToken, {Method::get, kFollowUp, kMessage, get_answer, "Get a follow-up", "", "Message"}),
    row(kByToken,
        {Method::patch,
         kFollowUp,
         kMessage,
         edit_answer,
         "Edit a follow-up",
         "MessageEdit",
         "Message"}),
    row(kByToken, {Method::del, kFollowUp, kMessage, delete_answer, "Delete a follow-up"}),
};

}  // namespace

std::span<const Route> webhook_routes() { return kWebhookRoutes; }

}  // namespace guildhall::rest
