#pragma once
// Ranges: of which ids of a channel everything is known, as a table of disjoint intervals that do
// not touch. Both ends belong to a range. Functions on a connection, on its thread.

#include "client-qml/core/base/snowflake.h"
#include "client-qml/core/store/database.h"

#include <optional>

namespace guildhall::client {

struct IdRange {
    Snowflake oldest = 0, newest = 0;
    friend bool operator==(const IdRange&, const IdRange&) = default;
};

/// SQLite keeps signed numbers; ids beyond are refused where they come in.
inline constexpr Snowflake kIdMax = Snowflake(INT64_MAX);

std::optional<IdRange> newest_range(Database& database, Snowflake channel);
/// The one that holds `id`.
std::optional<IdRange> range_at(Database& database, Snowflake channel, Snowflake id);
/// Adds one; those that it overlaps or touches become one with it.
void add_range(Database& database, Snowflake channel, IdRange range);
/// Nothing below `id` is known any more.
void cut_ranges_below(Database& database, Snowflake channel, Snowflake id);

}  // namespace guildhall::client
