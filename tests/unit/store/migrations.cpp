#include "node/store/migrations.h"

#include "node/store/sqlite_db.h"
#include "tests/catch.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/store/support.h"

namespace guildhall::store {

using namespace testing;
using tests::TempFolder;

namespace {

std::vector<Migration> three_steps() {
    auto steps = one_table();
    steps.push_back({2,
                     "fill",
                     "INSERT INTO rows VALUES(1, 'one');"
                     "CREATE TABLE more(id BIGINT PRIMARY KEY);"
                     "INSERT INTO more SELECT id FROM rows;"});
    steps.push_back(
        {3, "index", "CREATE INDEX more_by_id ON more(id); INSERT INTO more VALUES(2);"});
    return steps;
}

std::unique_ptr<SqliteConnection> open_file(const std::string& path, const std::string& vfs = "") {
    SqliteOptions options;
    options.path = path;
    options.vfs = vfs;
    return SqliteConnection::open(options).value();
}

std::int64_t number(SqliteConnection& connection, std::string_view sql) {
    return connection.tx()
        .first(sql, [](const Row& row) { return row.int64(0); })
        .value()
        .value_or(-1);
}

}  // namespace

TEST_CASE("missing steps are taken once, in order") {
    TempFolder folder;
    auto steps = three_steps();
    auto connection = open_file(folder / "db");
    CHECK(migrate(*connection, std::span(steps).first(1)));
    CHECK(number(*connection, "SELECT max(version) FROM schema_version") == 1);
    CHECK(migrate(*connection, steps));
    CHECK(migrate(*connection, steps));
    CHECK(number(*connection, "SELECT count(*) FROM schema_version") == 3);
    CHECK(number(*connection, "SELECT count(*) FROM more") == 2);
}

TEST_CASE("a newer database is refused in one line, untouched") {
    TempFolder folder;
    auto steps = three_steps();
    auto connection = open_file(folder / "db");
    CHECK(migrate(*connection, steps));
    const Status refused = migrate(*connection, std::span(steps).first(2));
    CHECK(refused.error().message ==
          "the data folder is of version 3, this program knows versions up to 2: start a newer "
          "guildhall");
    CHECK(number(*connection, "SELECT count(*) FROM schema_version") == 3);
}

TEST_CASE("a step that fails leaves nothing of itself") {
    TempFolder folder;
    auto steps = three_steps();
    steps[1].sql = "CREATE TABLE more(id BIGINT); INSERT INTO nowhere VALUES(1);";
    auto connection = open_file(folder / "db");
    CHECK_FALSE(migrate(*connection, steps));
    CHECK(number(*connection, "SELECT max(version) FROM schema_version") == 1);
    CHECK(number(*connection, "SELECT count(*) FROM sqlite_master WHERE name = 'more'") == 0);
    CHECK(migrate(*connection, three_steps()));
}

TEST_CASE("migrations finish after a power cut at any point") {
    TempFolder folder;
    std::vector<tests::DiskOp> ops;
    {
        tests::FaultVfs vfs("cut-migrations");
        vfs.record();
        auto connection = open_file(folder / "db", "cut-migrations");
        CHECK(migrate(*connection, three_steps()));
        connection.reset();
        ops = vfs.recorded();
    }
    REQUIRE(ops.size() > 10);
    for (std::size_t cut = 0; cut <= ops.size(); ++cut) {
        INFO("cut " << cut);
        const std::string copy = folder / ("cut-" + std::to_string(cut));
        tests::rebuild_disk(ops, cut, cut, copy);
        auto connection = open_file(copy + "/db");
        REQUIRE(migrate(*connection, three_steps()));
        REQUIRE(number(*connection, "SELECT count(*) FROM more") == 2);
    }
}

}  // namespace guildhall::store
