#pragma once
// Numbered steps from an empty database to the present one; forward only. The table schema_version
// names those that were taken. Each step is one transaction together with its row there, so a kill
// at any point leaves a database from which the next start goes on.
//
// To add one: node/store/schema/NNNN.cpp with the SQL as a string literal, and a row in
// node/store/schema/migrations.cpp. A released step never changes.

#include "node/store/sqlite_connection.h"

#include <span>
#include <string_view>
#include <vector>

namespace guildhall::store {

struct Migration {
    /// 1, 2, 3 … without gaps.
    int version;
    std::string_view name;
    std::string_view sql;
    /// Fills what SQL cannot compute, after `sql` and in the same transaction; null: nothing to.
    Status (*fill)(Tx&) = nullptr;
};

/// Takes the steps that are missing. A database with a version that `migrations` does not know is
/// refused untouched, with one line for the operator.
Status migrate(SqliteConnection& connection, std::span<const Migration> migrations);

namespace schema {
/// All steps of this program, oldest first.
std::vector<Migration> migrations();
}  // namespace schema

}  // namespace guildhall::store
