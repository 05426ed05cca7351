#pragma once
// Members on request: op 8's chunks, and the member list of a channel that user clients show (op 14
// and 37). Both work on the guild's committed snapshot. On the session's shard.

#include "node/gateway/presences.h"
#include "node/gateway/requests.h"
#include "node/gateway/world.h"

#include <memory>
#include <string>

namespace guildhall::gateway {

/// Sends GUILD_MEMBERS_CHUNKs of one guild as the socket drains. Null when the session's user is
/// not in that guild.
std::unique_ptr<Pump> make_members_pump(const World& world,
                                        const Presences& presences,
                                        const Session& session,
                                        protocol::GuildId guild,
                                        const MembersRequest& request);

/// The data of GUILD_MEMBER_LIST_UPDATE with a SYNC of each range.
std::string member_list(const World& world,
                        const Presences& presences,
                        const protocol::GuildState& state,
                        const protocol::Channel& channel,
                        const std::vector<Subscription::Range>& ranges);

/// "everyone", or the hash of who is shown and hidden the channel.
std::string member_list_id(const protocol::GuildState& state, const protocol::Channel& channel);

}  // namespace guildhall::gateway
