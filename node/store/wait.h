#pragma once
// A job of the store for who has no loop yet: what is read before the shards run. Never on a shard
// that runs.

#include "node/store/db.h"

namespace guildhall::store {

/// Runs one job and waits for it.
Status write_and_wait(Db& db, UniqueFunction<Status(Tx&)> work);
Status read_and_wait(Db& db, UniqueFunction<Status(Tx&)> work);

}  // namespace guildhall::store
