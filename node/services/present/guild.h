#pragma once
// Guilds as the API shows them: the REST object, entries of "my guilds", previews, what an invite
// tells, and the full guild of READY and GUILD_CREATE. Pure; any thread. The gateway's guild is
// written for every guild at every IDENTIFY, so nothing here builds a tree.

#include "node/journal/view.h"
#include "protocol/guild_state.h"
#include "protocol/json/writer.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace guildhall::services {

struct GuildCounts {
    std::size_t members = 0, online = 0;
};

/// GuildResponse; with counts GuildWithCountsResponse.
void write_guild(protocol::JsonWriter& w,
                 const protocol::GuildState& guild,
                 const std::optional<GuildCounts>& counts = {});

/// The body of GUILD_UPDATE.
void write_guild_event(protocol::JsonWriter& w, const protocol::GuildState& guild);

/// An entry of GET /users/@me/guilds.
void write_my_guild(protocol::JsonWriter& w,
                    const protocol::GuildState& guild,
                    protocol::UserId user,
                    const std::optional<GuildCounts>& counts);

/// GET /guilds/{guild}/preview.
void write_guild_preview(protocol::JsonWriter& w,
                         const protocol::GuildState& guild,
                         const GuildCounts& counts);

/// The `guild` of an invite.
void write_invite_guild(protocol::JsonWriter& w, const protocol::GuildState& guild);

struct GatewayGuildOptions {
    /// From IDENTIFY: guilds with more members are `large` and come with the viewer's own member
    /// alone.
    std::size_t large_threshold = 50;
    /// False: never more than the viewer's own member (a bot without the GUILD_MEMBERS intent, a
    /// user whose READY carries members apart).
    bool all_members = true;
    /// Leaves `members` out (user clients with merged_members).
    bool without_members = false;
    /// Capability bit 10 of user clients: the guild's own fields under `properties`.
    bool properties = false;
    /// Leaves `unavailable` out: its absence is how clients tell a guild that was joined just now
    /// from one that READY named.
    bool joined_now = false;
    /// The JSON array of who is online.
    std::string_view presences = "[]";
};

/// The full guild of READY and GUILD_CREATE. Only channels that the viewer may view are in it.
/// Discord sends hidden ones too and leaves the hiding to its client; here a channel's name and
/// topic are as private as its messages, and every library copes with channels it never heard of.
void write_gateway_guild(protocol::JsonWriter& w,
                         const protocol::GuildState& guild,
                         const journal::View& view,
                         protocol::UserId viewer,
                         const GatewayGuildOptions& options);

}  // namespace guildhall::services
