#pragma once
// The node's database: SQLite in a data folder, one writer thread with group commit at
// synchronous=FULL, a few reader threads. While one batch is being synced the next one gathers; how
// many jobs share a commit follows from how slow the disk is. After a failed batch the next one is
// tried on its own merits: when space or the disk comes back, so do writes.
//
// Owner: node/app. stop() before anything that jobs or hooks refer to is destroyed.

#include "node/store/batch.h"
#include "node/store/data_lock.h"
#include "node/store/db.h"
#include "node/store/migrations.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace guildhall::store {

/// The database file in a data folder.
std::string database_path(const std::string& folder);

struct SqliteDbOptions {
    /// Made if it is missing, for its user only.
    std::string folder;
    /// schema::migrations(), except in tests of migrating.
    std::vector<Migration> migrations;
    /// Reads are short; more threads than this only take cores from the shards.
    unsigned readers = 2;
    /// Waiting jobs beyond which new ones are refused: at 40,000 rows/s some 0.4 s of work, after
    /// which a client's retry serves it better than waiting.
    std::size_t write_queue_max = 16384;
    std::size_t read_queue_max = 16384;
    /// Jobs in one transaction, so that the first of them does not wait for thousands.
    std::size_t batch_jobs_max = 1024;
    std::string vfs;
    base::Log* log = nullptr;
};

class SqliteDb final : public Db {
  public:
    /// Locks the folder, opens the database, migrates it, starts the threads. An error's message is
    /// one line for the operator.
    static Result<std::unique_ptr<SqliteDb>> open(const SqliteDbOptions& options);
    ~SqliteDb() override;

    void set_hooks(BatchHooks hooks) override;
    void write(WriteJob job) override;
    void read(ReadJob job) override;
    void checkpoint() override;
    void stop() override;
    DbStats stats() const override;

  private:
    SqliteDb(const SqliteDbOptions& options, DataLock lock);
    Status connect();
    void start();
    SqliteOptions connection_options(bool read_only) const;

    void write_loop();
    void wait_for_jobs(std::unique_lock<std::mutex>& lock);
    void run_jobs(std::vector<WriteJob>& jobs);
    void fold_log_if_long();
    void fold_log(SqliteConnection::Fold fold);
    void reconnect();
    void read_loop(SqliteConnection& connection);
    static void run_read(SqliteConnection& connection, ReadJob& job);

    const SqliteDbOptions options_;
    DataLock lock_;
    BatchHooks hooks_;
    Counters counters_;
    std::unique_ptr<SqliteConnection> writer_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    /// Pages of the log at the last checkpoint. Writer thread only.
    int folded_pages_ = 0;

    mutable std::mutex write_mutex_;
    std::condition_variable write_ready_;
    std::vector<WriteJob> write_queue_;
    /// Of the queue: jobs that somebody waits for.
    std::size_t urgent_ = 0;
    bool checkpoint_asked_ = false;
    bool stopping_ = false;

    mutable std::mutex read_mutex_;
    std::condition_variable read_ready_;
    std::deque<ReadJob> read_queue_;
    bool reads_stopping_ = false;

    std::vector<std::thread> threads_;
};

}  // namespace guildhall::store
