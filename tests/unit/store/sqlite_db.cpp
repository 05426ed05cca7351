#include "node/store/sqlite_db.h"

#include "node/store/await.h"
#include "node/store/backup.h"
#include "tests/catch.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/store/support.h"

#include <boost/asio/co_spawn.hpp>

#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace guildhall::store {

using namespace testing;
using tests::TempFolder;

using Ids = std::set<std::int64_t>;

namespace {

SqliteDbOptions in_folder(const std::string& folder) {
    SqliteDbOptions options;
    options.folder = folder;
    options.migrations = one_table();
    return options;
}

/// Keeps the writer inside a job until let go, so that a test decides what waits meanwhile.
class Gate {
  public:
    explicit Gate(Db& db) {
        WriteJob job;
        job.run = [this](Tx&) -> Status {
            entered_.set_value();
            open_.get_future().wait();
            return {};
        };
        job.done = [](Status) {};
        db.write(std::move(job));
        entered_.get_future().wait();
    }
    void open() { open_.set_value(); }

  private:
    std::promise<void> entered_;
    std::promise<void> open_;
};

}  // namespace

TEST_CASE("what waits while a batch is written goes into one transaction") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    Gate gate(*db);
    std::vector<std::future<Status>> told;
    for (int i = 0; i < 100; ++i) {
        auto promise = std::make_shared<std::promise<Status>>();
        told.push_back(promise->get_future());
        WriteJob job;
        job.run = [i](Tx& tx) { return insert(tx, i); };
        job.done = [promise](Status status) { promise->set_value(std::move(status)); };
        db->write(std::move(job));
    }
    CHECK(db->stats().write_queue == 100);
    gate.open();
    for (auto& future : told) CHECK(future.get());
    CHECK(db->stats().batches == 2);
    CHECK(db->stats().jobs == 101);
    CHECK(ids_now(*db).size() == 100);
}

TEST_CASE("what nobody waits for costs no transaction of its own") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    // A slow machine may let one of them go alone in between; not most.
    constexpr int kCount = 20;
    for (int i = 0; i < kCount; ++i) {
        WriteJob job;
        job.run = [i](Tx& tx) { return insert(tx, 100 + i); };
        job.done = [](Status) {};
        job.can_wait = true;
        db->write(std::move(job));
        CHECK(insert_now(*db, i));
    }
    CHECK(db->stats().batches < kCount + kCount / 2);
    CHECK(ids_now(*db).size() == 2 * kCount);
}

TEST_CASE("what nobody waits for is written soon, and before the end") {
    TempFolder folder;
    const auto waiting = [](int id) {
        WriteJob job;
        job.run = [id](Tx& tx) { return insert(tx, id); };
        job.can_wait = true;
        return job;
    };
    {
        auto db = SqliteDb::open(in_folder(folder / "data")).value();
        std::promise<Status> told;
        WriteJob alone = waiting(1);
        alone.done = [&told](Status status) { told.set_value(std::move(status)); };
        db->write(std::move(alone));
        CHECK(told.get_future().get());
        WriteJob last = waiting(2);
        last.done = [](Status) {};
        db->write(std::move(last));
    }
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    CHECK(ids_now(*db) == Ids{1, 2});
}

TEST_CASE("a batch has a bound and the rest follows in the next") {
    TempFolder folder;
    auto options = in_folder(folder / "data");
    options.batch_jobs_max = 10;
    auto db = SqliteDb::open(options).value();
    Gate gate(*db);
    std::atomic<int> kept = 0;
    for (int i = 0; i < 25; ++i) {
        WriteJob job;
        job.run = [i](Tx& tx) { return insert(tx, i); };
        job.done = [&](Status status) { kept += status ? 1 : 0; };
        db->write(std::move(job));
    }
    gate.open();
    db->stop();
    CHECK(kept == 25);
    CHECK(db->stats().batches == 4);
}

TEST_CASE("a write beyond the queue's bound is refused at once with 503") {
    TempFolder folder;
    auto options = in_folder(folder / "data");
    options.write_queue_max = 3;
    auto db = SqliteDb::open(options).value();
    Gate gate(*db);
    std::vector<int> told;
    for (int i = 0; i < 4; ++i) {
        WriteJob job;
        job.run = [i](Tx& tx) { return insert(tx, i); };
        job.done = [&](Status status) { told.push_back(status ? 200 : status.error().status); };
        db->write(std::move(job));
    }
    CHECK(told == std::vector<int>{503});
    gate.open();
    db->stop();
    CHECK(told == std::vector<int>{503, 200, 200, 200});
    CHECK(db->stats().refused == 1);
}

TEST_CASE("a read sees one snapshot, and what was told as written before it") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    CHECK(insert_now(*db, 1));
    std::promise<void> counted;
    std::promise<void> go_on;
    Ids before;
    Ids after;
    Status read;
    std::thread reader([&] {
        read = read_now(*db, [&](Tx& tx) {
            before = ids_in(tx);
            counted.set_value();
            go_on.get_future().wait();
            after = ids_in(tx);
        });
    });
    counted.get_future().wait();
    CHECK(insert_now(*db, 2));
    CHECK(ids_now(*db) == Ids{1, 2});
    go_on.set_value();
    reader.join();
    CHECK(read);
    CHECK(before == Ids{1});
    CHECK(after == Ids{1});
}

TEST_CASE("rows are there after the database is opened again, the file for its user only") {
    TempFolder folder;
    {
        auto db = SqliteDb::open(in_folder(folder / "data")).value();
        CHECK(insert_now(*db, 1));
    }
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    CHECK(ids_now(*db) == Ids{1});
    struct stat file{};
    REQUIRE(::stat(database_path(folder / "data").c_str(), &file) == 0);
    CHECK((file.st_mode & 0777) == 0600);
}

TEST_CASE("a folder in use and a folder that cannot be are refused in one line") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    auto second = SqliteDb::open(in_folder(folder / "data"));
    CHECK(second.error().message ==
          "data folder " + folder / "data" + " is in use by another process");
    CHECK(SqliteDb::open(in_folder(folder / "no/such")).has_error());
    CHECK(insert_now(*db, 1));
}

TEST_CASE("after stop everything is refused and everything queued was done") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    db->stop();
    CHECK(insert_now(*db, 1).error().status == 503);
    CHECK(read_now(*db, [](Tx&) {}).error().status == 503);
    db->stop();
}

TEST_CASE("a checkpoint empties the write-ahead log, and deleted bytes are nowhere") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    const std::string secret = "a text that must be gone";
    CHECK(write_now(
        *db, [&](Tx& tx) { return tx.run("INSERT INTO rows VALUES(1, $1)", Blob(secret)); }));
    CHECK(write_now(*db, [&](Tx& tx) { return tx.run("DELETE FROM rows"); }));
    db->checkpoint();
    db->stop();
    for (const char* end : {"", "-wal"}) {
        std::ifstream in(database_path(folder / "data") + end, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        CHECK(bytes.find(secret) == std::string::npos);
        CHECK((*end == '\0' || bytes.empty()));
    }
}

TEST_CASE("a reader that keeps its snapshot does not keep the writer") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    CHECK(insert_now(*db, 1));
    std::promise<void> begun;
    std::promise<void> let_go;
    Ids seen;
    Status read;
    std::thread reader([&] {
        read = read_now(*db, [&](Tx& tx) {
            seen = ids_in(tx);
            begun.set_value();
            let_go.get_future().wait();
            seen = ids_in(tx);
        });
    });
    begun.get_future().wait();
    CHECK(insert_now(*db, 2));
    db->checkpoint();
    CHECK(insert_now(*db, 3));
    CHECK(db->stats().failed_batches == 0);
    let_go.set_value();
    reader.join();
    CHECK(read);
    CHECK(seen == Ids{1});
}

TEST_CASE("the write-ahead log does not grow without end under readers and writers") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    std::atomic<bool> stop = false;
    std::thread reader([&] {
        while (!stop) (void)ids_now(*db);
    });
    // 1,500 commits of 64 KiB are 94 MiB: the log is folded and started again several times.
    for (int i = 0; i < 1500; ++i) REQUIRE(insert_now(*db, i, 65536));
    stop = true;
    reader.join();
    CHECK(std::filesystem::file_size(database_path(folder / "data") + "-wal") <
          std::size_t{4} * 8000 * 4096 + (1u << 20));
}

TEST_CASE("a backup taken under load is a consistent copy of what was told before") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    std::atomic<std::int64_t> told = 0;
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (std::int64_t id = 1; !stop; ++id) {
            if (insert_now(*db, id, 20000)) told = id;
        }
    });
    while (told < 300) std::this_thread::yield();
    const std::int64_t before = told;
    std::int64_t reports = 0;
    CHECK(backup_database(database_path(folder / "data"),
                          folder / "copy.db",
                          [&](std::int64_t done, std::int64_t total) {
                              ++reports;
                              CHECK(done <= total);
                          }));
    stop = true;
    writer.join();
    CHECK(reports > 0);

    SqliteOptions options;
    options.path = folder / "copy.db";
    auto copy = SqliteConnection::open(options).value();
    const Ids ids = ids_in(copy->tx());
    CHECK(static_cast<std::int64_t>(ids.size()) >= before);
    CHECK(*ids.rbegin() == static_cast<std::int64_t>(ids.size()));  // A prefix without holes.
    const auto verdict = copy->tx().first("PRAGMA integrity_check",
                                          [](const Row& row) { return std::string(row.text(0)); });
    CHECK(verdict.value() == "ok");
}

TEST_CASE("a backup refuses to replace a file and to copy what is not there") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    auto quiet = [](std::int64_t, std::int64_t) {};
    CHECK(backup_database(database_path(folder / "data"), folder / "copy.db", quiet));
    CHECK_FALSE(backup_database(database_path(folder / "data"), folder / "copy.db", quiet));
    CHECK_FALSE(backup_database(folder / "nothing.db", folder / "other.db", quiet));
    CHECK_FALSE(std::filesystem::exists(folder / "other.db"));
}

TEST_CASE("a task reads and writes and goes on where it awaited") {
    TempFolder folder;
    auto db = SqliteDb::open(in_folder(folder / "data")).value();
    boost::asio::io_context io;
    bool finished = false;
    auto task = [](Db& on, bool& out) -> base::Task<void> {
        const auto here = std::this_thread::get_id();
        auto put = [](Tx& tx) -> Result<std::int64_t> {
            TRY_VOID(insert(tx, 4));
            return tx.changes();
        };
        const auto written = co_await write(on, put);
        CHECK(written.value() == 1);
        auto count = [](Tx& tx) -> Result<std::size_t> { return ids_in(tx).size(); };
        const auto counted = co_await read(on, count);
        CHECK(counted.value() == 1);
        auto fail = [](Tx&) -> Result<std::size_t> { return disk_full(); };
        const auto failed = co_await write(on, fail);
        CHECK(failed.error().status == 507);
        CHECK(std::this_thread::get_id() == here);
        on.stop();
        const auto refused = co_await read(on, count);
        CHECK(refused.error().status == 503);
        out = true;
    };
    // Every wait of the task is for the store, which posts back: the guard keeps the loop for that.
    auto guard = boost::asio::make_work_guard(io);
    auto let_go = [&](const std::exception_ptr&) { guard.reset(); };
    boost::asio::co_spawn(io, task(*db, finished), let_go);
    io.run();
    CHECK(finished);
}

}  // namespace guildhall::store
