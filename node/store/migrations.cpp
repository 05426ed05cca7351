#include "node/store/migrations.h"

#include "protocol/check.h"

namespace guildhall::store {

namespace {

Result<std::int64_t> current_version(Tx& tx) {
    bool exists = false;
    TRY_VOID(tx.each("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
                     [&](const Row&) { exists = true; }));
    if (!exists) return 0;
    TRY(auto version,
        tx.first("SELECT coalesce(max(version), 0) FROM schema_version",
                 [](const Row& row) { return row.int64(0); }));
    return version.value_or(0);
}

Status take_step(SqliteConnection& connection, const Migration& step) {
    Tx& tx = connection.tx();
    TRY_VOID(connection.begin_write());
    Status status = tx.script(
        "CREATE TABLE IF NOT EXISTS schema_version(version BIGINT PRIMARY KEY, name TEXT NOT "
        "NULL)");
    if (status) status = tx.script(step.sql);
    if (status && step.fill) status = step.fill(tx);
    if (status) {
        status = tx.run(
            "INSERT INTO schema_version(version, name) VALUES($1, $2)", step.version, step.name);
    }
    if (status) status = connection.commit();
    if (!status) connection.rollback();
    return status;
}

}  // namespace

Status migrate(SqliteConnection& connection, std::span<const Migration> migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        CHECK(migrations[i].version == static_cast<int>(i) + 1);
    }
    TRY(const std::int64_t version, current_version(connection.tx()));
    if (version > static_cast<std::int64_t>(migrations.size())) {
        Error error;
        error.status = 503;
        error.message = "the data folder is of version " + std::to_string(version) +
                        ", this program knows versions up to " + std::to_string(migrations.size()) +
                        ": start a newer guildhall";
        return error;
    }
    for (const Migration& step : migrations.subspan(static_cast<std::size_t>(version))) {
        TRY_VOID(take_step(connection, step));
    }
    return {};
}

}  // namespace guildhall::store
