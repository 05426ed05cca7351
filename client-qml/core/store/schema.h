#pragma once
// Schemas of an account's two files and how older ones become today's: steps, forward only. What
// a file's `user_version` counts is how many of them it has taken. Thread of the connection.

#include "client-qml/core/store/database.h"

namespace guildhall::client {

/// `newer`: made by a later program.
enum class SchemaState { ready, newer, failed };

/// What the node can send again.
SchemaState bring_up_cache(Database& database);
/// Drafts, unsent messages, settings, what was read. A later program's file is used as far as its
/// tables still hold what ours do: it is never set aside for its number alone.
SchemaState bring_up_kept(Database& database);

}  // namespace guildhall::client
