#pragma once
// The shard of calls whose key is the token of an interaction, /interactions and /webhooks: that of
// the guild it names. Pure; any thread.

#include "node/rest/api.h"
#include "node/rest/call.h"
#include "node/services/interaction_token.h"

namespace guildhall::rest {

/// For a route whose second parameter is the token. One that is not ours is the handler's to
/// refuse.
inline Result<std::uint64_t> shard_of_token(const Api& api, const Call& call) {
    const auto ref =
        services::read_interaction_token(api.ctx.secrets.interaction_key, call.params[1]);
    return ref ? ref->guild.value : 0;
}

}  // namespace guildhall::rest
