#pragma once
// What a guild's log does not say yet of somebody's keys, for whoever writes it there: before the
// first command of a node or user, before a policy that names a node, before a move. Pure; any
// thread.

#include "federation/key_chain.h"
#include "protocol/event.h"
#include "protocol/guild_state.h"

#include <optional>
#include <vector>

namespace guildhall::federation {

/// The event to be written; nothing when the log has every event of `log`. It goes by what the
/// events are, not by how many there are: one that was made void by a later one stays in the
/// guild's log, which then has more events than the key log. An error when the guild has as many
/// identities as fit: mirrors would refuse one more.
protocol::Result<std::optional<protocol::IdentityAdded>> missing_keys(
    const protocol::GuildState& state, const Hash32& uid, const KeyLog& log);

/// The homes that a user moved to, as the key log says, each once, in order: their keys countersign
/// the moves, so that who verifies the log needs them. Unverified.
std::vector<Hash32> homes_moved_to(const KeyLog& log);

}  // namespace guildhall::federation
