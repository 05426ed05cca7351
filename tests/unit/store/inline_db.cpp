#include "node/store/inline_sqlite_db.h"
#include "tests/catch.h"
#include "tests/unit/store/support.h"

namespace guildhall::store {

using namespace testing;

using Ids = std::set<std::int64_t>;

TEST_CASE("a job that fails is undone alone; its neighbours are kept") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    std::vector<Status> told(3, unavailable(""));
    db->hold();
    for (int i = 0; i < 3; ++i) {
        WriteJob job;
        job.run = [i](Tx& tx) -> Status {
            TRY_VOID(insert(tx, i));
            if (i == 1) return unavailable("this one");
            return {};
        };
        job.done = [&told, i](Status status) { told[i] = std::move(status); };
        db->write(std::move(job));
    }
    db->release();
    CHECK(told[0]);
    CHECK(told[1].error().message == "Service Unavailable: this one");
    CHECK(told[2]);
    CHECK(db->stats().batches == 1);
    CHECK(ids_now(*db) == Ids{0, 2});
}

TEST_CASE("an error of a job without a savepoint fails its whole batch") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    int failed = 0;
    db->hold();
    for (int i = 0; i < 3; ++i) {
        WriteJob job;
        job.savepoint = false;
        job.run = [i](Tx& tx) { return i == 1 ? Status(disk_full()) : insert(tx, i); };
        job.done = [&](Status status) { failed += status.error().status == 507 ? 1 : 0; };
        db->write(std::move(job));
    }
    db->release();
    CHECK(failed == 3);
    CHECK(db->stats().failed_batches == 1);
    CHECK(ids_now(*db).empty());
    CHECK(insert_now(*db, 7));
}

TEST_CASE("the hooks run once a batch, inside its transaction and after it") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    std::vector<std::string> order;
    std::int64_t next_id = 101;
    BatchHooks hooks;
    hooks.before_commit = [&](Tx& tx) {
        order.emplace_back("before");
        return insert(tx, next_id++);
    };
    hooks.after_batch = [&](const Status& status) { order.emplace_back(status ? "kept" : "lost"); };
    db->set_hooks(std::move(hooks));
    db->hold();
    for (int i = 0; i < 2; ++i) {
        WriteJob job;
        job.run = [i](Tx& tx) { return insert(tx, i); };
        job.done = [&](Status status) { order.emplace_back(status ? "done" : "failed"); };
        db->write(std::move(job));
    }
    db->release();
    CHECK(order == std::vector<std::string>{"before", "kept", "done", "done"});
    CHECK(ids_now(*db) == Ids{0, 1, 101});

    order.clear();
    db->fail_next_batch(disk_full());
    CHECK(insert_now(*db, 3).error().status == 507);
    CHECK(order == std::vector<std::string>{"before", "lost"});
    CHECK(ids_now(*db) == Ids{0, 1, 101});
}

TEST_CASE("a batch whose jobs all failed does not bother the hooks") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    int before = 0;
    BatchHooks hooks;
    hooks.before_commit = [&](Tx&) -> Status {
        ++before;
        return {};
    };
    db->set_hooks(std::move(hooks));
    CHECK_FALSE(write_now(*db, [](Tx&) -> Status { return unavailable("no"); }));
    CHECK(before == 0);
}

TEST_CASE("a write made when another is told goes into the next batch") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    bool second = false;
    WriteJob job;
    job.run = [](Tx& tx) { return insert(tx, 1); };
    job.done = [&](Status) {
        WriteJob next;
        next.run = [](Tx& tx) { return insert(tx, 2); };
        next.done = [&](Status status) { second = status.has_value(); };
        db->write(std::move(next));
        CHECK_FALSE(second);
    };
    db->write(std::move(job));
    CHECK(second);
    CHECK(db->stats().batches == 2);
}

TEST_CASE("a read may not write") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    CHECK(read_now(*db, [](Tx& tx) {
        CHECK(insert(tx, 1).error().status == 500);
        CHECK_FALSE(tx.script("DELETE FROM rows"));
    }));
    CHECK(insert_now(*db, 1));
}

TEST_CASE("an image starts another database where this one was") {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    CHECK(insert_now(*db, 5));
    auto again = InlineSqliteDb::open(migrations, db->image()).value();
    CHECK(ids_now(*again) == Ids{5});
    CHECK(insert_now(*again, 6));
    CHECK(ids_now(*db) == Ids{5});
}

}  // namespace guildhall::store
