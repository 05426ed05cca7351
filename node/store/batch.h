#pragma once
// Group commit: runs waiting jobs as one transaction. Shared by the drivers. On the writer's
// thread.

#include "node/store/sqlite_connection.h"

#include <atomic>
#include <span>

namespace guildhall::store {

/// The counters behind DbStats, written by one thread and read by any.
struct Counters {
    std::atomic<std::uint64_t> jobs{0};
    std::atomic<std::uint64_t> batches{0};
    std::atomic<std::uint64_t> failed_batches{0};
    std::atomic<std::uint64_t> refused{0};
};

/// Runs `jobs` in one transaction, commits, tells the hooks, then each job's `done`. Afterwards
/// there is no transaction on `connection`; false when it is of no further use.
bool run_batch(SqliteConnection& connection,
               BatchHooks& hooks,
               std::span<WriteJob> jobs,
               Counters& counters);

}  // namespace guildhall::store
