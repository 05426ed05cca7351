#pragma once
// Saver: writes sessions down, those that changed every few seconds and all when the node stops, so
// that they can resume after a restart. A stop is exact; after a crash a session resumes if its
// client had received no more than was written. Owned by Hub; on its shard.

#include "node/base/task.h"
#include "node/gateway/snapshot.h"
#include "node/gateway/world.h"
#include "node/store/tables/gateway_sessions.h"

#include <string>
#include <vector>

namespace guildhall::gateway {

/// A session as it is now: with bodies for another shard, with places alone for the store.
Snapshot take_snapshot(const World& world,
                       const Session& session,
                       std::size_t ring_max,
                       bool with_bodies);

class Saver {
  public:
    explicit Saver(World& world) : world_(world) {}

    /// A session ended: its row goes with the next save.
    void forget(const std::string& id) { ended_.push_back(id); }
    bool has_work() const { return !ended_.empty(); }
    /// Writes what changed and was not written for a while, a bounded number at a time.
    void sweep();
    base::Task<void> save_all();

  private:
    std::vector<store::gateway_sessions::Row> rows(std::size_t max, std::size_t ring_max);
    base::Task<void> write(std::vector<store::gateway_sessions::Row> rows,
                           std::vector<std::string> ended);

    World& world_;
    std::vector<std::string> ended_;
    bool writing_ = false;
    bool swept_old_ = false;
};

}  // namespace guildhall::gateway
