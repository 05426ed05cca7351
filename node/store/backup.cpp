#include "node/store/backup.h"

#include "node/store/sqlite_connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace guildhall::store {

namespace {

/// Pages between two reports of progress: 16 MiB.
constexpr int kPagesPerStep = 4096;

struct Closer {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

Error failed(const std::string& path, std::string_view why) {
    Error error;
    error.status = 503;
    error.message = path + ": ";
    error.message.append(why);
    return error;
}

/// The copy is private to its user from its first byte.
Status create_private(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed(path, std::generic_category().message(errno));
    ::close(descriptor);
    return {};
}

Result<Handle> open_target(const std::string& path) {
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle db(raw);
    if (code != SQLITE_OK) return failed(path, sqlite3_errstr(code));
    sqlite3_exec(raw, "PRAGMA synchronous=FULL", nullptr, nullptr, nullptr);
    return db;
}

Status copy_pages(SqliteConnection& from,
                  sqlite3* to,
                  const std::string& to_path,
                  BackupProgress progress) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from.handle(), "main");
    if (backup == nullptr) return failed(to_path, sqlite3_errmsg(to));
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, kPagesPerStep);
        const std::int64_t total = sqlite3_backup_pagecount(backup);
        progress(total - sqlite3_backup_remaining(backup), total);
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_FULL) return disk_full();
    if (code != SQLITE_DONE) return failed(to_path, sqlite3_errstr(code));
    return {};
}

Status sync_folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failed(folder, std::generic_category().message(errno));
    const int code = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (code != 0) return failed(folder, std::generic_category().message(error));
    return {};
}

Status copy(const std::string& from, const std::string& to, BackupProgress progress) {
    SqliteOptions options;
    options.path = from;
    options.read_only = true;
    TRY(auto source, SqliteConnection::open(std::move(options)));
    TRY(Handle target, open_target(to));
    // The open snapshot is what keeps the copy from starting again at each commit of the node.
    TRY_VOID(source->begin_read());
    TRY_VOID(source->tx().each("SELECT count(*) FROM sqlite_master", [](const Row&) {}));
    TRY_VOID(copy_pages(*source, target.get(), to, progress));
    source->rollback();
    return sync_folder_of(to);
}

}  // namespace

Status backup_database(const std::string& from, const std::string& to, BackupProgress progress) {
    if (::access(from.c_str(), R_OK) != 0) {
        return failed(from, std::generic_category().message(errno));
    }
    TRY_VOID(create_private(to));
    Status status = copy(from, to, progress);
    if (!status) ::unlink(to.c_str());
    return status;
}

}  // namespace guildhall::store
