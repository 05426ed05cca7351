// guildhall backup and guildhall restore.
#include "node/store/backup.h"

#include "node/app/archive.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/app/progress.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/hosting.h"
#include "protocol/errors.h"

#include <cstdio>
#include <filesystem>

namespace guildhall::app {
namespace {

namespace fs = std::filesystem;
using protocol::Status;

constexpr auto kShowPages = [](std::int64_t done, std::int64_t total) {
    show_progress(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total), "pages");
};

void list_files(const std::string& folder,
                const std::string& name,
                std::vector<ArchiveEntry>& out) {
    std::error_code ec;
    for (const auto& file : fs::recursive_directory_iterator(folder + "/" + name, ec)) {
        const std::string path = file.path().string();
        if (!file.is_regular_file(ec) || path.find(".new-") != path.npos) continue;
        out.push_back({path, path.substr(folder.size() + 1)});
    }
}

Status back_up(const std::string& folder, const std::string& file) {
    TRY_VOID(require_data(folder));
    const std::string database = store::database_path(folder);
    // write_archive() refuses it too, but only after the database was copied.
    if (fs::exists(file)) return protocol::make_error(0, file + " is there already");
    // The database first: files that its messages have were there before it was copied.
    const std::string copy = file + ".database";
    TRY_VOID(store::backup_database(database, copy, kShowPages));
    end_progress();
    std::vector<ArchiveEntry> entries{{copy, fs::path(database).filename().string()}};
    list_files(folder, "files", entries);
    list_files(folder, "images", entries);
    auto done = write_archive(file, entries, kShowFiles);
    end_progress();
    std::error_code ec;
    fs::remove(copy, ec);
    if (done) {
        std::fprintf(stderr, "backed up %s into %s\n", folder.c_str(), file.c_str());
    }
    return done;
}

/// What was signed after the backup was made must not meet what is signed from here on.
Status begin_new_epoch(const std::string& folder) {
    store::SqliteDbOptions options{.folder = folder};
    options.migrations = store::schema::migrations();
    TRY(auto db, store::SqliteDb::open(options));
    auto done = write_and_wait(*db, [](store::Tx& tx) { return store::hosting::raise_epochs(tx); });
    db->stop();
    return done;
}

Status restore_into(const std::string& file, const std::string& folder) {
    std::error_code ec;
    if (fs::exists(folder) && !fs::is_empty(folder, ec)) {
        return protocol::make_error(0, folder + " is not empty");
    }
    fs::create_directories(folder, ec);
    fs::permissions(folder, fs::perms::owner_all, ec);
    TRY_VOID(read_archive(file, folder));
    if (!fs::exists(store::database_path(folder))) {
        return protocol::make_error(0, file + " is not a backup of a node");
    }
    return begin_new_epoch(folder);
}

}  // namespace

int backup(const Arguments& arguments) {
    if (arguments.words.size() != 1) {
        return fail(2, usage_error("backup"));
    }
    const Status done = back_up(arguments.data_dir, arguments.words[0]);
    return done ? 0 : fail(2, done.error());
}

int restore(const Arguments& arguments) {
    if (arguments.words.size() != 1) {
        return fail(2, usage_error("restore"));
    }
    const Status done = restore_into(arguments.words[0], arguments.data_dir);
    if (!done) return fail(2, done.error());
    std::fprintf(stderr, "restored %s\n", arguments.data_dir.c_str());
    return 0;
}

}  // namespace guildhall::app
