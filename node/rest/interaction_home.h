#pragma once
// The shard of calls whose key is the token of an interaction, /interactions and /webhooks: that of
// the guild it names. Pure; any thread.

#include "node/rest/api.h"
#include "node/rest/call.h"
#include "node/rest/route.h"
#include "node/services/interaction_token.h"

namespace guildhall::rest {

/// For a route whose second parameter is the token. One that is not ours is the handler's to
/// refuse.
inline Result<std::uint64_t> shard_of_token(const Api& api, const Call& call) {
    const auto ref =
        services::read_interaction_token(api.ctx.secrets.interaction_key, call.params[1]);
    return ref ? ref->guild.value : 0;
}

/// The token in the path is the key, and these calls count against nobody's global limit.
inline constexpr RouteKind kByToken{Auth::none, Home::here, false, shard_of_token};

inline constexpr std::string_view kFirstAnswer =
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
inline constexpr std::string_view kFollowUp =
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";

}  // namespace guildhall::rest
