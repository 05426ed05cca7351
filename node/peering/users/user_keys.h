#pragma once
// Key logs of users who moved: verified with the keys of the homes that took them in, and written
// into a guild's log together with those. On the shard of peering.

#include "federation/key_chain.h"
#include "node/peering/link/directory.h"
#include "protocol/event.h"
#include "protocol/guild_state.h"

#include <vector>

namespace guildhall::peering {

/// Homes that a user may have moved to, in the log that it shows where it is not known: each has to
/// be met, and its keys go into the guild's log.
inline constexpr std::size_t kHomesMax = 8;
/// Bytes of such a log: a move is 400 of them. What is shown is kept.
inline constexpr std::size_t kUserLogBytesMax = 16 * 1024;

/// The user's keys as the log says, with homes of the directory. An error when it does not hold, or
/// names a home that is not known here.
base::Result<federation::KeyChain> user_chain(const Context& ctx,
                                              const Directory& directory,
                                              const federation::KeyLog& log);

/// Somebody's keys, to be written into a guild's log.
struct Shown {
    federation::Hash32 uid{};
    /// Without a genesis: of a node that is not known here.
    federation::KeyLog log;
};
/// Of the homes that the user moved to, and then of the user: a log that brings them in this order
/// can be verified by whoever has nothing else.
std::vector<Shown> shown_keys(const Context& ctx,
                              const Directory& directory,
                              const federation::Hash32& uid,
                              const federation::KeyLog& log);
/// What the guild's log does not say yet of them. On any shard.
base::Result<std::vector<protocol::Event>> missing_of(const protocol::GuildState& state,
                                                      const std::vector<Shown>& shown);

/// Whether `log` says all that `known` does, and perhaps more. An older copy, which a home that was
/// left still has, does not, nor does another history.
bool goes_on(const federation::KeyLog& log, const std::vector<std::string>& known);

}  // namespace guildhall::peering
