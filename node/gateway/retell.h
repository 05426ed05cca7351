#pragma once
// Retell: makes the dispatches of log entries again for one session, as RESUME needs them. The
// guild as it is now stands for what it was: what depends on the difference (who could see what
// before a role changed) is not told again but refused, and the session begins anew. On the
// session's shard.

#include "node/gateway/log_reader.h"
#include "node/gateway/world.h"

#include <vector>

namespace guildhall::gateway {

/// Gives the cold record of an entry its body again. It stays cold when the entry has no body any
/// more (a deleted message): then there is nothing to tell.
void warm(World& world, const RecordRef& record, const ReadEntry& entry);

/// Whether the entry can be told to that user from the present state alone.
bool can_retell(const protocol::Event& event, protocol::UserId user);

/// Appends to the session's ring what it may see of the entries. False when one cannot be retold.
bool retell(World& world, Session& session, const std::vector<ReadEntry>& entries);

}  // namespace guildhall::gateway
