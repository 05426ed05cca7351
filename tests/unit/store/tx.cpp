#include "node/store/inline_sqlite_db.h"
#include "tests/catch.h"
#include "tests/unit/store/support.h"

namespace guildhall::store {

using namespace testing;

namespace {

/// Runs `f(Tx&)` inside a write of a fresh in-memory database.
template <class F>
void in_tx(F f) {
    const auto migrations = one_table();
    auto db = InlineSqliteDb::open(migrations).value();
    CHECK(write_now(*db, [&](Tx& tx) -> Status {
        f(tx);
        return {};
    }));
}

}  // namespace

TEST_CASE("every kind of value reads back as it was written") {
    in_tx([](Tx& tx) {
        CHECK(tx.run("CREATE TABLE kinds(a BIGINT, b TEXT, c BYTEA, d BIGINT, e TEXT, f BYTEA)"));
        const std::string zeros("a\0b", 3);
        CHECK(tx.run("INSERT INTO kinds VALUES($1, $2, $3, $4, $5, $6)",
                     INT64_MIN,
                     zeros,
                     Blob(std::string_view("\xff\x00", 2)),
                     std::optional<int>(),
                     "",
                     Blob(std::string_view())));
        bool seen = false;
        CHECK(tx.each("SELECT a, b, c, d, e, f FROM kinds", [&](const Row& row) {
            seen = true;
            CHECK(row.int64(0) == INT64_MIN);
            CHECK(row.text(1) == zeros);
            CHECK(row.blob(2) == std::string_view("\xff\x00", 2));
            CHECK(row.is_null(3));
            CHECK(row.int64(3) == 0);
            CHECK_FALSE(row.is_null(4));
            CHECK(row.text(4).empty());
            CHECK_FALSE(row.is_null(5));
            CHECK(row.blob(5).empty());
        }));
        CHECK(seen);
    });
}

TEST_CASE("parameters count by their number, not by where they stand") {
    in_tx([](Tx& tx) {
        const auto sum = tx.first(
            "SELECT $2 * 100 + $1 * 10 + $2", [](const Row& row) { return row.int64(0); }, 3, 7);
        CHECK(sum.value() == 737);
        CHECK(tx.run("SELECT $1", 1, 2).error().status == 500);
        CHECK(tx.run("SELECT $1, $2", 1).error().status == 500);
        CHECK(tx.run("SELECT ?", 1).error().status == 500);
    });
}

TEST_CASE("a statement may run others, also itself, between its rows") {
    in_tx([](Tx& tx) {
        for (int id : {1, 2, 3}) CHECK(insert(tx, id));
        static constexpr std::string_view kAll = "SELECT id FROM rows ORDER BY id";
        std::vector<std::int64_t> seen;
        CHECK(tx.each(kAll, [&](const Row& outer) {
            CHECK(tx.each(kAll, [&](const Row& inner) {
                seen.push_back(outer.int64(0) * 10 + inner.int64(0));
            }));
        }));
        CHECK(seen == std::vector<std::int64_t>{11, 12, 13, 21, 22, 23, 31, 32, 33});
    });
}

TEST_CASE("rows stop when the caller has enough") {
    in_tx([](Tx& tx) {
        for (int id : {1, 2, 3}) CHECK(insert(tx, id));
        int rows = 0;
        CHECK(tx.each("SELECT id FROM rows", [&](const Row&) { return ++rows < 2; }));
        CHECK(rows == 2);
        CHECK_FALSE(tx.first("SELECT id FROM rows WHERE id = 9", [](const Row& r) {
                          return r.int64(0);
                      }).value());
    });
}

TEST_CASE("changes and RETURNING say what a statement did") {
    in_tx([](Tx& tx) {
        for (int id : {1, 2, 3}) CHECK(insert(tx, id));
        CHECK(tx.run("DELETE FROM rows WHERE id > $1", 1));
        CHECK(tx.changes() == 2);
        CHECK(tx.run("INSERT INTO rows VALUES(1, '') ON CONFLICT DO NOTHING"));
        CHECK(tx.changes() == 0);
        const auto id = tx.first("INSERT INTO rows VALUES(8, '') RETURNING id",
                                 [](const Row& row) { return row.int64(0); });
        CHECK(id.value() == 8);
        CHECK(ids_in(tx) == std::set<std::int64_t>{1, 8});
    });
}

TEST_CASE("a text that is no literal is found by what it says, not by where it is") {
    in_tx([](Tx& tx) {
        std::string sql = "SELECT 1";
        auto number = [&] {
            return tx.first(sql, [](const Row& row) { return row.int64(0); }).value().value();
        };
        CHECK(number() == 1);
        sql[7] = '2';
        CHECK(number() == 2);
        sql[7] = '1';
        CHECK(number() == 1);
    });
}

TEST_CASE("a broken rule of the schema is an error without values in it") {
    in_tx([](Tx& tx) {
        CHECK(insert(tx, 1));
        const Status again = insert(tx, 1);
        CHECK(again.error().status == 500);
        CHECK(again.error().message == "store: UNIQUE constraint failed: rows.id");
        CHECK(tx.run("SELECT nothing").error().status == 500);
    });
}

}  // namespace guildhall::store
