// Disks that fail and power that goes. The promise: what was told as written is there, whatever
// happened; what was refused is not; reads go on; and writes come back when the disk does.

#include "node/store/sqlite_db.h"
#include "tests/catch.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/store/support.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace guildhall::store {

using namespace testing;
using tests::TempFolder;

namespace {

using Ids = std::set<std::int64_t>;

SqliteDbOptions with_vfs(const std::string& folder, const std::string& vfs) {
    SqliteDbOptions options;
    options.folder = folder;
    options.migrations = one_table();
    options.vfs = vfs;
    return options;
}

/// What a process killed now would find on its next start: the files as they are.
Ids ids_after_kill(const std::string& folder, const std::string& copy) {
    std::filesystem::remove_all(copy);
    std::filesystem::create_directories(copy);
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().string().ends_with("-shm")) continue;
        std::filesystem::copy(file, copy);
    }
    auto db = SqliteDb::open(with_vfs(copy, "")).value();
    return ids_now(*db);
}

bool contains_all(const Ids& all, const Ids& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool contains_none(const Ids& all, const Ids& some) {
    return std::none_of(some.begin(), some.end(), [&](auto id) { return all.contains(id); });
}

struct Told {
    Ids kept;
    Ids refused;

    void write(Db& db, std::int64_t id, int expected_status) {
        const Status status = insert_now(db, id, id % 3 == 0 ? 9000 : 40);
        (status ? kept : refused).insert(id);
        if (!status) {
            // A full disk shows as 507 unless it was a sync that noticed.
            const int got = status.error().status;
            CHECK((got == expected_status || got == 503));
            if (got == 507) CHECK(status.error().message == "Insufficient Storage");
        }
    }
};

/// One run with the `n`th call failing; false when the run makes fewer calls than that.
bool run_with_fault(std::uint64_t n, int code, bool stay) {
    TempFolder folder;
    tests::FaultVfs vfs("faults");
    const std::string data = folder / "data";
    auto db = SqliteDb::open(with_vfs(data, "faults")).value();
    const int expected = code == SQLITE_FULL ? 507 : 503;
    Told told;
    for (std::int64_t id = 0; id < 3; ++id) told.write(*db, id, 0);
    REQUIRE(told.refused.empty());

    vfs.fail_call(n, code, stay);
    for (std::int64_t id = 10; id < 18; ++id) {
        told.write(*db, id, expected);
        if (id % 3 == 0) db->checkpoint();
        REQUIRE(ids_now(*db) == told.kept);  // Reads go on and see what was told.
    }
    const bool fired = vfs.fired();
    REQUIRE(contains_all(ids_after_kill(data, folder / "killed"), told.kept));

    vfs.heal();
    for (std::int64_t id = 20; id < 23; ++id) REQUIRE(insert_now(*db, id));
    for (std::int64_t id = 20; id < 23; ++id) told.kept.insert(id);
    const Ids killed = ids_after_kill(data, folder / "killed");
    REQUIRE(killed == told.kept);
    REQUIRE(contains_none(killed, told.refused));
    db.reset();
    auto again = SqliteDb::open(with_vfs(data, "faults")).value();
    REQUIRE(ids_now(*again) == told.kept);
    return fired;
}

void run_every_fault(int code, bool stay) {
    std::uint64_t n = 1;
    for (; n < 1000; ++n) {
        INFO("call " << n << " code " << code << " stay " << stay);
        if (!run_with_fault(n, code, stay)) break;
    }
    CHECK(n > 20);
    CHECK(n < 1000);
}

}  // namespace

TEST_CASE("an I/O error at any one call loses nothing that was told") {
    run_every_fault(SQLITE_IOERR_WRITE, false);
}

TEST_CASE("a disk that fails from any call on loses nothing that was told") {
    run_every_fault(SQLITE_IOERR_WRITE, true);
}

TEST_CASE("a disk full at any one call answers 507 and loses nothing that was told") {
    run_every_fault(SQLITE_FULL, false);
}

TEST_CASE("a disk full from any call on answers 507 and loses nothing that was told") {
    run_every_fault(SQLITE_FULL, true);
}

TEST_CASE("120 power cuts lose no row that was told as written") {
    constexpr std::size_t kCuts = 120;
    TempFolder folder;
    std::vector<tests::DiskOp> ops;
    std::map<std::int64_t, std::size_t> told_at;
    {
        tests::FaultVfs vfs("cuts");
        vfs.record();
        auto db = SqliteDb::open(with_vfs(folder / "data", "cuts")).value();
        for (std::int64_t id = 0; id < 200; ++id) {
            REQUIRE(insert_now(*db, id, id % 7 == 0 ? 20000 : 100));
            told_at[id] = vfs.position();
            if (id % 60 == 59) db->checkpoint();
        }
        db.reset();
        ops = vfs.recorded();
    }
    const std::size_t first = told_at.at(0);
    for (std::size_t i = 0; i < kCuts; ++i) {
        const std::size_t cut = first + (ops.size() - first) * i / (kCuts - 1);
        INFO("cut " << cut << " of " << ops.size());
        const std::string copy = folder / ("cut-" + std::to_string(i));
        tests::rebuild_disk(ops, cut, i, copy);
        auto db = SqliteDb::open(with_vfs(copy, "")).value();
        const Ids ids = ids_now(*db);
        for (const auto& [id, at] : told_at) REQUIRE((at > cut || ids.contains(id)));
        REQUIRE(insert_now(*db, 1000));
        db.reset();
        std::filesystem::remove_all(copy);
    }
}

}  // namespace guildhall::store
