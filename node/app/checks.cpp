// guildhall verify and guildhall rebuild: on a folder that no node uses.
#include "federation/crypto.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/app/progress.h"
#include "node/journal/rebuild.h"
#include "node/journal/verify.h"
#include "node/store/inline_sqlite_db.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/attachments.h"
#include "node/store/tables/hosting.h"
#include "protocol/errors.h"

#include <cinttypes>
#include <cstdio>
#include <filesystem>

namespace guildhall::app {
namespace {

using protocol::Result;
using protocol::Status;

constexpr auto kShowProgress = [](std::uint64_t done, std::uint64_t total) {
    show_progress(done, total, "entries");
};

/// Files that messages have must be there, whole; those of other nodes' guilds need not be there.
Status check_files(store::Tx& tx, const std::string& folder, journal::VerifyReport& report) {
    struct File {
        std::string hash;
        bool hosted = true;
    };
    std::vector<File> files;
    TRY_VOID(tx.each(
        "SELECT a.hash, MIN(COALESCE(h.role, 0)) FROM attachments a"
        " LEFT JOIN logs l ON l.log = a.channel LEFT JOIN hosting h ON h.guild = l.guild"
        " GROUP BY a.hash",
        [&](const store::Row& row) {
            const auto role = static_cast<store::hosting::Role>(row.int64(1));
            files.push_back({std::string(row.blob(0)), role == store::hosting::Role::hosted});
        }));
    for (const auto& [hash, hosted] : files) {
        const std::string hex = federation::to_hex(hash);
        const std::string path = folder + "/files/" + hex.substr(0, 2) + "/" + hex;
        std::string bytes;
        if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
            char buffer[65536];
            for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
                bytes.append(buffer, n);
            }
            std::fclose(file);
        } else if (!hosted) {
            continue;
        }
        if (federation::blake2b(bytes).text() == hash) continue;
        ++report.fault_count;
        report.faults.push_back("attached file " + hex + " is missing or damaged");
    }
    return {};
}

}  // namespace

int verify(const Arguments& arguments) {
    auto db = open_existing(arguments.data_dir);
    if (!db) return fail(2, db.error());
    base::SystemClock clock;
    base::SystemRng rng;
    auto loaded = load(**db, clock, rng);
    if (!loaded) return fail(1, loaded.error());
    auto scratch = store::InlineSqliteDb::open(store::schema::migrations());
    if (!scratch) return fail(1, scratch.error());

    journal::VerifyReport report;
    const auto check = [&](store::Tx& data) -> Status {
        return write_and_wait(**scratch, [&](store::Tx& replayed) -> Status {
            TRY(report, journal::verify(data, replayed, loaded->identity, kShowProgress));
            return check_files(data, arguments.data_dir, report);
        });
    };
    const Status done = read_and_wait(**db, check);
    end_progress();
    (*db)->stop();
    if (!done) return fail(1, done.error());
    std::printf("%s, %s, %" PRIu64 " entries, %" PRIu64 " dropped bodies, %s\n",
                count_of(report.guilds, "guild").c_str(),
                count_of(report.logs, "log").c_str(),
                report.entries,
                report.dropped_bodies,
                count_of(report.fault_count, "fault").c_str());
    for (const std::string& fault : report.faults) std::printf("fault: %s\n", fault.c_str());
    for (const std::string& note : report.notes) std::printf("note: %s\n", note.c_str());
    return report.fault_count == 0 ? 0 : 1;
}

int rebuild(const Arguments& arguments) {
    auto db = open_existing(arguments.data_dir);
    if (!db) return fail(2, db.error());
    const Status done =
        write_and_wait(**db, [](store::Tx& tx) { return journal::rebuild(tx, kShowProgress); });
    end_progress();
    (*db)->stop();
    if (!done) return fail(1, done.error());
    std::printf("rebuilt\n");
    return 0;
}

}  // namespace guildhall::app
