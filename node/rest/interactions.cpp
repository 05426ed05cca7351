// /interactions: a user's side, and the bot's first answer.
#include "node/services/interactions.h"

#include "node/rest/api.h"
#include "node/rest/interaction_home.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/rest/uploads.h"
#include "protocol/errors.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::InteractionId;
using protocol::JsonWriter;

/// The guild of the body's channel. A body without one is the handler's to refuse.
Result<std::uint64_t> shard_of_channel(const Api& api, const Call& call) {
    const auto request = call.parse<protocol::api::InteractionCreate>();
    return request ? api.ctx.view.guild_of(request->channel_id).value : 0;
}

Task<Result<Reply>> create_interaction(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::InteractionCreate>());
    if (!api.ctx.view.guild_of(request.channel_id))
        co_return protocol::make_error(protocol::kUnknownChannel);
    CO_TRY_VOID(co_await api.services.interactions.create(call.actor, request, uploads_of(call)));
    co_return Reply::no_content();
}

Task<Result<Reply>> answer_interaction(Api& api, Call& call) {
    CO_TRY(const bool with_response, query_bool(call.query, "with_response"));
    CO_TRY(const auto callback, call.parse<protocol::api::InteractionCallback>());
    CO_TRY(const auto outcome,
           co_await api.services.interactions.answer(
               call.actor, call.id<InteractionId>(0), call.params[1], callback, uploads_of(call)));
    if (!with_response) co_return Reply::no_content();
    co_return written([&](JsonWriter& w) { services::write_callback_outcome(w, outcome); });
}

constexpr Limit kInteractionCreate{"interaction-create", 20, 10};
constexpr Limit kAnswer{"interaction-callback", 10, 10};

constexpr RouteKind kInChannel{Auth::user, Home::here, true, shard_of_channel};

constexpr Route kInteractionRoutes[] = {
    row(kInChannel,
        {Method::post,
         "/interactions",
         kInteractionCreate,
         create_interaction,
         "Run a command, press a button, send a form",
         "InteractionCreate"}),
    row(kByToken,
        {Method::post,
         "/interactions/{interaction_id}/{interaction_token}/callback",
         kAnswer,
         answer_interaction,
         "Answer an interaction",
         "InteractionCallback",
         "InteractionCallbackOutcome"}),
};

}  // namespace

std::span<const Route> interaction_routes() { return kInteractionRoutes; }

}  // namespace guildhall::rest
