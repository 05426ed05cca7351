#pragma once
// Whom a guild's rows name: its members, and who wrote or reacted in it. For its file. Synchronous,
// inside a Tx.

#include "node/store/db.h"

#include <set>

namespace guildhall::store::guild_people {

/// Ids of users, and of webhooks among the authors.
Result<std::set<protocol::UserId>> all(Tx& tx, protocol::GuildId guild);

}  // namespace guildhall::store::guild_people
