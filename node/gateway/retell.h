#pragma once
// Retell: makes the dispatches of log entries again for one session, as RESUME needs them. What was
// missed goes through the same Fanout as what happens now, with each guild as it was before and
// after each entry. Where what was missed changed neither rights nor the session's own membership,
// the guild as it is now stands for what it was; elsewhere its past is made from its log (past.h).
// On the session's shard.

#include "node/gateway/log_reader.h"
#include "node/gateway/presences.h"
#include "node/gateway/world.h"

#include <vector>

namespace guildhall::gateway {

/// Gives the cold record of an entry its body again. It stays cold when the entry has no body any
/// more (a deleted message): then there is nothing to tell.
void warm(World& world, const RecordRef& record, const ReadEntry& entry);

/// Whether what the entry tells that user depends on what the guild was before it.
bool needs_past(const protocol::Event& event, protocol::UserId user);

/// A guild from which a session missed something.
struct GuildThen {
    protocol::GuildId guild;
    protocol::GuildSnapshot state;
    /// `state` is the guild where what was missed begins; otherwise it is some later one that
    /// differs in nothing that matters.
    bool is_past = false;
    /// The session followed the guild.
    bool was_in = true;
};

/// Appends to the session's ring what it would have been told of the entries. False when that
/// cannot be known; the ring is as it was then.
bool retell(World& world,
            Presences& presences,
            Session& session,
            const std::vector<GuildThen>& guilds,
            const std::vector<ReadEntry>& entries);

}  // namespace guildhall::gateway
