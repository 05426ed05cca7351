#pragma once
// How many entries of each log are of a kind that this version did not know when they came: they
// stand in their logs and in no projection. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "node/store/tables/log_key.h"
#include "protocol/event.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace guildhall::store::opaque {

struct Opaque {
    protocol::GuildId guild;
    LogKey log = 0;
    std::uint64_t log_id = 0;
    /// The first entry of the log that is held without holes up to the end.
    std::uint64_t first = 0;
    protocol::EventKind kind = 0;
    std::uint64_t entries = 0;
    /// By a version that knows the kind, which could not read or apply all of them.
    bool was_read = false;
};

/// Ascending by log and kind.
Result<std::vector<Opaque>> all(Tx& tx);
/// One entry more.
Status note(Tx& tx, LogKey log, protocol::EventKind kind);
/// Nothing where the log has no such entries.
Result<std::optional<Opaque>> find(Tx& tx, LogKey log, protocol::EventKind kind);
/// Some of them stay in the log alone.
Status note_read(Tx& tx, LogKey log, protocol::EventKind kind);
/// They are projected now.
Status forget(Tx& tx, LogKey log, protocol::EventKind kind);

}  // namespace guildhall::store::opaque
