#pragma once
// The same database without threads: jobs run in write() and read() themselves, in memory, so that
// a test or a simulation is deterministic. A write() made while a batch runs (from a job's `done`)
// waits for the batch's end, as it would in the node. One thread.

#include "node/store/batch.h"
#include "node/store/db.h"
#include "node/store/migrations.h"

#include <optional>
#include <string>
#include <vector>

namespace guildhall::store {

class InlineSqliteDb final : public Db {
  public:
    /// An in-memory database with all migrations taken; `image` is what image() of an earlier one
    /// gave, when a simulated node starts again.
    static Result<std::unique_ptr<InlineSqliteDb>> open(std::span<const Migration> migrations,
                                                        std::string_view image = {});

    void set_hooks(BatchHooks hooks) override { hooks_ = std::move(hooks); }
    void write(WriteJob job) override;
    void read(ReadJob job) override;
    void checkpoint() override {}
    void stop() override {}
    DbStats stats() const override;

    /// What a disk would hold now.
    std::string image() { return connection_->image(); }
    /// Lets the next batch fail before its COMMIT, as a disk does.
    void fail_next_batch(Error error) { failure_ = std::move(error); }
    /// Holds writes back until released, so that a test decides what shares a batch.
    void hold() { held_ = true; }
    void release();

  private:
    explicit InlineSqliteDb(std::unique_ptr<SqliteConnection> connection)
        : connection_(std::move(connection)) {}
    void drain();

    std::unique_ptr<SqliteConnection> connection_;
    BatchHooks hooks_;
    Counters counters_;
    std::vector<WriteJob> queue_;
    std::optional<Error> failure_;
    bool running_ = false;
    bool held_ = false;
};

}  // namespace guildhall::store
