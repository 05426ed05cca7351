#pragma once
// GuildAsk: what one decision of a service about a guild stands on. Plain data; made on the guild's
// shard and used before the next suspension, as the guild's state is only borrowed.

#include "node/services/context.h"
#include "node/services/permission.h"

namespace guildhall::services {

struct GuildAsk {
    /// Null: no such guild.
    const protocol::GuildState* guild;
    protocol::UserId actor;
    protocol::UnixMs now;

    protocol::Permissions own() const { return guild_permissions(*guild, actor, now); }
};

inline GuildAsk ask_guild(const Context& ctx, protocol::GuildId guild, protocol::UserId actor) {
    return {ctx.journal.decided(guild), actor, ctx.clock.unix_ms()};
}

}  // namespace guildhall::services
