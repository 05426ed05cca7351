#include "client-qml/core/store/ranges.h"

#include <algorithm>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

std::optional<IdRange> first_of_rows(Rows&& rows) {
    if (!rows.next()) return std::nullopt;
    return IdRange{rows.id(0), rows.id(1)};
}

}  // namespace

std::optional<IdRange> newest_range(Database& database, Snowflake channel) {
    return first_of_rows(
        database.query(u"SELECT oldest, newest FROM ranges WHERE channel=?"
                       u" ORDER BY oldest DESC LIMIT 1"_s,
                       {channel}));
}

std::optional<IdRange> range_at(Database& database, Snowflake channel, Snowflake id) {
    const auto range = first_of_rows(
        database.query(u"SELECT oldest, newest FROM ranges WHERE channel=? AND oldest<=?"
                       u" ORDER BY oldest DESC LIMIT 1"_s,
                       {channel, id}));
    return range && range->newest >= id ? range : std::nullopt;
}

void add_range(Database& database, Snowflake channel, IdRange range) {
    const Snowflake below = range.oldest == 0 ? 0 : range.oldest - 1;
    const Snowflake above = std::min(range.newest, kIdMax - 1) + 1;
    if (const auto left = range_at(database, channel, below)) {
        range.oldest = std::min(range.oldest, left->oldest);
        range.newest = std::max(range.newest, left->newest);
    }
    if (const auto right = range_at(database, channel, above)) {
        range.newest = std::max(range.newest, right->newest);
    }
    database.run(u"DELETE FROM ranges WHERE channel=? AND oldest>=? AND oldest<=?"_s,
                 {channel, range.oldest, range.newest});
    database.run(u"INSERT INTO ranges (channel, oldest, newest) VALUES (?,?,?)"_s,
                 {channel, range.oldest, range.newest});
}

void cut_ranges_below(Database& database, Snowflake channel, Snowflake id) {
    database.run(u"DELETE FROM ranges WHERE channel=? AND newest<?"_s, {channel, id});
    database.run(u"UPDATE ranges SET oldest=? WHERE channel=? AND oldest<?"_s, {id, channel, id});
}

}  // namespace guildhall::client
