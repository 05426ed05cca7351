#pragma once
// Shorthand of the verbs: commit what was decided, go on with the guild as it then is. On the
// guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/errors.h"

#include <vector>

namespace guildhall::services {

/// Commits the events (and `rows` with them) and gives the guild after them; where a command
/// brought the actor, every entry follows from it. Without events nothing is written and the guild
/// is what it was. Call it in the same turn as decided().
Task<Result<protocol::GuildSnapshot>> commit(Context& ctx,
                                             const Actor& actor,
                                             protocol::GuildId guild,
                                             std::vector<protocol::Event> events,
                                             store::UniqueFunction<Status(store::Tx&)> rows = {});

/// Commits what the actor decided.
Task<Result<journal::Receipt>> commit(Context& ctx,
                                      const Actor& actor,
                                      protocol::GuildId guild,
                                      journal::Decision decision);

/// A new id of type T inside the guild: 10004 when the guild is gone.
template <class T>
Task<Result<T>> new_id(Context& ctx, protocol::GuildId guild) {
    if (!ctx.journal.decided(guild)) co_return protocol::make_error(protocol::kUnknownGuild);
    co_return T(co_await ctx.journal.new_id(guild));
}

}  // namespace guildhall::services
