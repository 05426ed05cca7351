#pragma once
// READY, and what it is followed by: for bots stubs and then a GUILD_CREATE per guild as the socket
// drains, for users everything at once in the form their client's capabilities ask for. Pure but
// for what they are given; on the session's shard.

#include "node/gateway/presences.h"
#include "node/gateway/world.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::gateway {

/// The guilds of the user that are of the session's shard, ascending.
std::vector<protocol::GuildId> guilds_of(const World& world, const Identity& who);

/// The data of READY for a bot. `shard` when IDENTIFY had one.
std::string ready_for_bot(const World& world, const Session& session, bool with_shard);

struct UserReady {
    std::string ready;
    /// Data of READY_SUPPLEMENTAL; empty: none is due.
    std::string supplemental;
};
UserReady ready_for_user(const World& world, const Presences& presences, const Session& session);

/// Sends GUILD_CREATE for each guild and joins it at that moment.
std::unique_ptr<Pump> make_guilds_pump(World& world,
                                       const Presences& presences,
                                       std::vector<protocol::GuildId> guilds);

/// ws:// or wss:// of the node, without path or query.
std::string gateway_url(const services::Settings& settings);
/// The `_trace` array that frames carry.
std::string trace(const services::Settings& settings);

}  // namespace guildhall::gateway
