#pragma once
// Members on request: op 8's chunks. Works on the guild's committed snapshot, a bounded part of it
// at a time. On the session's shard.

#include "node/gateway/presences.h"
#include "node/gateway/requests.h"
#include "node/gateway/world.h"

#include <memory>

namespace guildhall::gateway {

/// Sends GUILD_MEMBERS_CHUNKs of one guild as the socket drains.
std::unique_ptr<Pump> make_members_pump(const World& world,
                                        const Presences& presences,
                                        const Session& session,
                                        protocol::GuildSnapshot state,
                                        const MembersRequest& request);

}  // namespace guildhall::gateway
