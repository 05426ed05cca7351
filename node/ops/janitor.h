#pragma once
// Janitor: the upkeep that goes on beside the work, a little at a time: what is left of deleted
// channels, nonces past their ten minutes, old interactions, files that no message has. Owned by
// node/app; lives on shard 0.

#include "node/base/shard.h"
#include "node/base/worker_pool.h"
#include "node/store/db.h"

#include <string>

namespace guildhall::ops {

class Janitor {
  public:
    Janitor(base::Shard& shard, store::Db& db, base::WorkerPool& disk, std::string data_dir)
        : shard_(shard), db_(db), disk_(disk), data_dir_(std::move(data_dir)) {}

    /// Begins to work; ends with the shard.
    void start();

    /// One round of everything; for tests and for start().
    base::Task<base::Status> run_once();

  private:
    base::Task<void> loop();
    base::Task<base::Status> collect_files();

    base::Shard& shard_;
    store::Db& db_;
    base::WorkerPool& disk_;
    std::string data_dir_;
    base::Nanos next_collection_{0};
};

}  // namespace guildhall::ops
