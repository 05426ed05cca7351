#pragma once
// What people's clients are told of guilds that other nodes host: whether the host is there and
// whether the guild is frozen. GUILD_HOSTING_UPDATE is ours; bots are not told of it. Pure.

#include "node/journal/view.h"
#include "protocol/guild_state.h"

#include <string>
#include <string_view>
#include <vector>

namespace guildhall::gateway {

inline constexpr std::string_view kHostingUpdate = "GUILD_HOSTING_UPDATE";

/// {"guild_id", "host" (a uid), "own", "reachable", "frozen", "epoch"}. Without names: what a node
/// is called may change, and a client looks it up by its uid.
std::string hosting_update(const journal::View& view, const protocol::GuildState& state);

/// The same of each of the guilds that this node does not host, as a list.
std::string hosting_list(const journal::View& view, const std::vector<protocol::GuildId>& guilds);

}  // namespace guildhall::gateway
