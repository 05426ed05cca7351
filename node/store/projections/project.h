#pragma once
// project(): the only writer of guild tables. It makes the rows follow an entry of a log, the same
// for an entry just decided, received from a host, or replayed by `guildhall rebuild`. Synchronous,
// inside the transaction that holds the entry.

#include "federation/entry.h"
#include "node/store/db.h"
#include "protocol/event.h"
#include "protocol/guild_state.h"

namespace guildhall::store {

Status project(Tx& tx,
               protocol::GuildId guild,
               const federation::EntryHeader& header,
               const protocol::Event& event);

/// For an entry whose body was dropped: keeps its place where later entries refer to it.
Status project_dropped(Tx& tx, const federation::EntryHeader& header);

/// Writes all rows of a guild as a state says it, in place of those it had: how a state that came
/// as a snapshot is kept. Messages are not part of it.
Status put_state(Tx& tx, const protocol::GuildState& state);
/// Adds or replaces members alone.
Status put_members(Tx& tx, protocol::GuildId guild, const std::vector<protocol::Member>& members);
/// Takes the guild's rows out, but for those of its channels' logs.
Status clear_guild(Tx& tx, protocol::GuildId guild);

/// Empties every table that project() writes, for all guilds.
Status clear_projections(Tx& tx);

/// Drops what is left of a deleted channel, at most `limit` rows; true when nothing is left.
/// Deleting a large channel in one transaction would hold up every other write.
Result<bool> purge_step(Tx& tx, unsigned limit);

}  // namespace guildhall::store
