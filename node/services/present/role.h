#pragma once
// Roles as the API shows them. Pure; any thread.

#include "protocol/guild_state.h"
#include "protocol/json/writer.h"

namespace guildhall::services {

/// One role object.
void write_role(protocol::JsonWriter& w, const protocol::Role& role);
/// An array of all roles of the guild, ascending by id.
void write_roles(protocol::JsonWriter& w, const protocol::GuildState& guild);

}  // namespace guildhall::services
