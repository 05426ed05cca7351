#include "node/store/sqlite_db.h"

#include "node/base/log.h"
#include "protocol/check.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace guildhall::store {

namespace {

/// Pages of the write-ahead log after which it is folded into the database (32 MiB): large, because
/// a checkpoint costs two syncs and rewrites each page once, however often it changed.
constexpr int kFoldPages = 8000;
/// When readers kept the log from being restarted for so long, the writer waits for them.
constexpr int kRestartPages = 4 * kFoldPages;
/// A reader sees hot pages only; the writer needs the upper levels of every tree.
constexpr std::int64_t kReaderCacheKib = 32768;
/// What can wait goes alone after that: some syncs of a slow disk, and no more loss at a power cut
/// than that of the second in which the power went.
constexpr std::chrono::milliseconds kPatience{50};

Status make_folder(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
    return unavailable("data folder " + folder + ": " + std::generic_category().message(errno));
}

/// Makes the database file for its user only (SQLite gives its mode to the files beside it), and
/// makes its name durable.
Status make_file(const std::string& folder, const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool made = file >= 0 && directory >= 0 && ::fsync(directory) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    if (directory >= 0) ::close(directory);
    if (made) return {};
    return unavailable("data folder " + folder + ": " + std::generic_category().message(error));
}

}  // namespace

std::string database_path(const std::string& folder) { return folder + "/guildhall.db"; }

Result<std::unique_ptr<SqliteDb>> SqliteDb::open(const SqliteDbOptions& options) {
    TRY_VOID(make_folder(options.folder));
    TRY(DataLock lock, DataLock::take(options.folder));
    TRY_VOID(make_file(options.folder, database_path(options.folder)));
    std::unique_ptr<SqliteDb> db(new SqliteDb(options, std::move(lock)));
    TRY_VOID(db->connect());
    db->start();
    return db;
}

SqliteDb::SqliteDb(const SqliteDbOptions& options, DataLock lock)
    : options_(options), lock_(std::move(lock)) {}

SqliteDb::~SqliteDb() {
    stop();
    readers_.clear();  // The last connection to close folds the log; the writer may.
    writer_.reset();
}

SqliteOptions SqliteDb::connection_options(bool read_only) const {
    SqliteOptions out;
    out.path = database_path(options_.folder);
    out.read_only = read_only;
    if (read_only) out.cache_kib = kReaderCacheKib;
    out.vfs = options_.vfs;
    out.log = options_.log;
    return out;
}

Status SqliteDb::connect() {
    TRY(writer_, SqliteConnection::open(connection_options(false)));
    TRY_VOID(migrate(*writer_, options_.migrations));
    for (unsigned i = 0; i < options_.readers; ++i) {
        TRY(auto reader, SqliteConnection::open(connection_options(true)));
        readers_.push_back(std::move(reader));
    }
    return {};
}

void SqliteDb::start() {
    threads_.emplace_back([this] { write_loop(); });
    for (auto& reader : readers_) {
        threads_.emplace_back([this, connection = reader.get()] { read_loop(*connection); });
    }
}

void SqliteDb::set_hooks(BatchHooks hooks) {
    const std::lock_guard guard(write_mutex_);
    CHECK(write_queue_.empty());
    hooks_ = std::move(hooks);
}

void SqliteDb::write(WriteJob job) {
    {
        const std::lock_guard guard(write_mutex_);
        if (!stopping_ && write_queue_.size() < options_.write_queue_max) {
            const bool is_urgent = !job.can_wait;
            write_queue_.push_back(std::move(job));
            if (is_urgent) ++urgent_;
            if (write_queue_.size() == 1 || (is_urgent && urgent_ == 1)) write_ready_.notify_one();
            return;
        }
    }
    ++counters_.refused;
    job.done(unavailable("too many writes are waiting"));
}

void SqliteDb::read(ReadJob job) {
    {
        const std::lock_guard guard(read_mutex_);
        if (!reads_stopping_ && read_queue_.size() < options_.read_queue_max) {
            read_queue_.push_back(std::move(job));
            read_ready_.notify_one();
            return;
        }
    }
    ++counters_.refused;
    job.failed(unavailable("too many reads are waiting"));
}

void SqliteDb::checkpoint() {
    const std::lock_guard guard(write_mutex_);
    checkpoint_asked_ = true;
    write_ready_.notify_one();
}

void SqliteDb::stop() {
    {
        const std::lock_guard guard(write_mutex_);
        stopping_ = true;
        write_ready_.notify_one();
    }
    {
        const std::lock_guard guard(read_mutex_);
        reads_stopping_ = true;
        read_ready_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

DbStats SqliteDb::stats() const {
    DbStats out;
    out.jobs = counters_.jobs;
    out.batches = counters_.batches;
    out.failed_batches = counters_.failed_batches;
    out.refused = counters_.refused;
    {
        const std::lock_guard guard(write_mutex_);
        out.write_queue = write_queue_.size();
    }
    const std::lock_guard guard(read_mutex_);
    out.read_queue = read_queue_.size();
    return out;
}

// Until stopped and drained: take all that wait, run them, fold the log if it is time. The log is
// folded after the jobs were told, so that no answer waits for it.
void SqliteDb::write_loop() {
    std::vector<WriteJob> jobs;
    for (;;) {
        bool fold = false;
        {
            std::unique_lock lock(write_mutex_);
            wait_for_jobs(lock);
            if (write_queue_.empty() && !checkpoint_asked_) return;
            jobs.swap(write_queue_);
            urgent_ = 0;
            fold = jobs.empty() && std::exchange(checkpoint_asked_, false);
        }
        run_jobs(jobs);
        jobs.clear();
        if (fold) {
            fold_log(SqliteConnection::Fold::truncate);
        }
    }
}

void SqliteDb::wait_for_jobs(std::unique_lock<std::mutex>& lock) {
    const auto is_time = [this] { return urgent_ > 0 || checkpoint_asked_ || stopping_; };
    write_ready_.wait(lock, [&] { return !write_queue_.empty() || is_time(); });
    if (!is_time()) write_ready_.wait_for(lock, kPatience, is_time);
}

void SqliteDb::run_jobs(std::vector<WriteJob>& jobs) {
    std::span<WriteJob> rest(jobs);
    while (!rest.empty()) {
        const auto batch = rest.first(std::min(rest.size(), options_.batch_jobs_max));
        rest = rest.subspan(batch.size());
        if (!run_batch(*writer_, hooks_, batch, counters_)) reconnect();
        fold_log_if_long();
    }
}

void SqliteDb::fold_log_if_long() {
    const int pages = writer_->wal_pages();
    // A commit that found the log folded and unread starts it again from its beginning.
    if (pages < folded_pages_) folded_pages_ = 0;
    if (pages - folded_pages_ < kFoldPages) return;
    fold_log(pages >= kRestartPages ? SqliteConnection::Fold::restart
                                    : SqliteConnection::Fold::passive);
}

void SqliteDb::fold_log(SqliteConnection::Fold fold) {
    const Status folded = writer_->checkpoint(fold);
    if (!folded && options_.log != nullptr) {
        options_.log->warn("store", "the write-ahead log could not be folded; it grows");
    }
    // Also after a failure: the next attempt is worth its syncs when the log has grown again.
    folded_pages_ = writer_->wal_pages();
}

// A connection that cannot even roll back is replaced. If that fails too, the next batch's BEGIN
// fails on the old one and comes here again.
void SqliteDb::reconnect() {
    auto fresh = SqliteConnection::open(connection_options(false));
    if (!fresh) return;
    writer_ = std::move(*fresh);
    folded_pages_ = 0;
}

void SqliteDb::read_loop(SqliteConnection& connection) {
    for (;;) {
        ReadJob job;
        bool stopping = false;
        {
            std::unique_lock lock(read_mutex_);
            read_ready_.wait(lock, [this] { return !read_queue_.empty() || reads_stopping_; });
            if (read_queue_.empty()) return;
            job = std::move(read_queue_.front());
            read_queue_.pop_front();
            stopping = reads_stopping_;
        }
        if (stopping) {
            job.failed(unavailable("the node is stopping"));
        } else {
            run_read(connection, job);
        }
    }
}

void SqliteDb::run_read(SqliteConnection& connection, ReadJob& job) {
    if (Status begun = connection.begin_read(); !begun) {
        connection.rollback();
        job.failed(std::move(begun).error());
        return;
    }
    job.run(connection.tx());
    connection.rollback();
}

}  // namespace guildhall::store
