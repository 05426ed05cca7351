#pragma once
// What handlers of several resources share. Used on the shard of their Api only.

#include "node/rest/api.h"
#include "node/rest/call.h"
#include "node/services/online.h"
#include "node/services/present/guild.h"

namespace guildhall::rest {

/// Changes of one application and of its global commands take turns on the shard of its id, which
/// is the path's first parameter.
inline Result<std::uint64_t> shard_of_application(const Api&, const Call& call) {
    return call.id<protocol::ApplicationId>(0).value;
}

inline services::GuildCounts counts_of(const Api& api, const protocol::GuildState& guild) {
    return {guild.members.size(), api.ctx.online ? api.ctx.online->count(guild) : 0};
}

}  // namespace guildhall::rest
