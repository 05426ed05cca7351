#pragma once
// A consistent copy of a database while a node writes to it. Reads one snapshot; neither blocks
// writers nor is restarted by them. Called by the backup command, in any process; any thread.

#include "node/store/db.h"

#include <cstdint>
#include <string>

namespace guildhall::store {

/// Pages copied and pages in all; for progress shown to a person.
using BackupProgress = FunctionRef<void(std::int64_t done, std::int64_t total)>;

/// Copies the database file `from` to the new file `to`: durable when this returns. Everything that
/// was committed before the call is in the copy. An existing `to` is refused; a failed copy is
/// removed.
Status backup_database(const std::string& from, const std::string& to, BackupProgress progress);

}  // namespace guildhall::store
