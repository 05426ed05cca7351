#include "node/store/inline_sqlite_db.h"

#include <utility>

namespace guildhall::store {

Result<std::unique_ptr<InlineSqliteDb>> InlineSqliteDb::open(std::span<const Migration> migrations,
                                                             std::string_view image) {
    SqliteOptions options;
    options.path = ":memory:";
    TRY(auto connection, SqliteConnection::open(std::move(options)));
    if (!image.empty()) TRY_VOID(connection->load_image(image));
    TRY_VOID(migrate(*connection, migrations));
    return std::unique_ptr<InlineSqliteDb>(new InlineSqliteDb(std::move(connection)));
}

void InlineSqliteDb::write(WriteJob job) {
    queue_.push_back(std::move(job));
    drain();
}

void InlineSqliteDb::release() {
    held_ = false;
    drain();
}

void InlineSqliteDb::drain() {
    if (running_ || held_) return;
    running_ = true;
    while (!queue_.empty()) {
        std::vector<WriteJob> jobs = std::exchange(queue_, {});
        BatchHooks hooks;
        hooks.before_commit = [this](Tx& tx) -> Status {
            if (hooks_.before_commit) TRY_VOID(hooks_.before_commit(tx));
            if (failure_) return *std::exchange(failure_, std::nullopt);
            return {};
        };
        hooks.after_batch = [this](const Status& status) {
            if (hooks_.after_batch) hooks_.after_batch(status);
        };
        run_batch(*connection_, hooks, jobs, counters_);
    }
    running_ = false;
}

void InlineSqliteDb::read(ReadJob job) {
    SqliteTx& tx = connection_->tx();
    tx.set_read_only(true);
    job.run(tx);
    tx.set_read_only(false);
}

DbStats InlineSqliteDb::stats() const {
    DbStats out;
    out.jobs = counters_.jobs;
    out.batches = counters_.batches;
    out.failed_batches = counters_.failed_batches;
    out.refused = counters_.refused;
    out.write_queue = queue_.size();
    return out;
}

}  // namespace guildhall::store
