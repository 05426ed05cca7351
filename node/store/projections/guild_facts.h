#pragma once
// The part of project() that other nodes care about: who hosts a guild, whose keys it knows, which
// nodes it banned. Few and small per guild, so they share one table: guild_facts (guild, kind, key,
// data), where data is the object's canonical bytes. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/guild_state.h"

namespace guildhall::store {

Status project_fact(Tx& tx, protocol::GuildId guild, const protocol::GuildCreated& event);
Status project_fact(Tx& tx, protocol::GuildId guild, const protocol::IdentityAdded& event);
Status project_fact(Tx& tx, protocol::GuildId guild, const protocol::HostingChanged& event);
Status project_fact(Tx& tx, protocol::GuildId guild, const protocol::HostingPolicySet& event);
Status project_fact(Tx& tx, protocol::GuildId guild, const protocol::NodeBanned& event);
Status project_fact(Tx& tx, protocol::GuildId guild, const protocol::NodeUnbanned& event);

/// Fills hosting, identities and node_bans of a state whose guild is known.
Status load_facts(Tx& tx, protocol::GuildState& state);
/// Writes the same as rows: how a state that came as a snapshot is kept.
Status put_facts(Tx& tx, const protocol::GuildState& state);

}  // namespace guildhall::store
