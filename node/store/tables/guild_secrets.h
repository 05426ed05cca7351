#pragma once
// Names of what a node keeps of a guild among its secrets (secrets.h).

#include "protocol/ids.h"

#include <string>

namespace guildhall::store::secrets {

/// The key of its genesis, while this node keeps it.
inline std::string root_name(protocol::GuildId guild) { return "guild." + guild.str() + ".root"; }
/// The offer of a transfer that is open.
inline std::string offer_name(protocol::GuildId guild) { return "guild." + guild.str() + ".offer"; }
/// For how long its host was away.
inline std::string away_name(protocol::GuildId guild) { return "guild." + guild.str() + ".away"; }
/// When its changes of host were taken here.
inline std::string seen_name(protocol::GuildId guild) { return "guild." + guild.str() + ".seen"; }

}  // namespace guildhall::store::secrets
