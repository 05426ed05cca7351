#pragma once
// Pages and searches over cached messages. Functions on a connection, on its thread. A page comes
// out of one range only: between ranges something may be missing.

#include "client-qml/core/store/cache.h"
#include "client-qml/core/store/ranges.h"

namespace guildhall::client {

/// None: a row cannot be read; the channel should be forgotten.
using PageRead = std::optional<CachedPage>;

PageRead read_newest(Database& database, Snowflake channel, int limit);
PageRead read_before(Database& database, Snowflake channel, Snowflake from, int limit);
PageRead read_after(Database& database, Snowflake channel, Snowflake from, int limit);
PageRead read_around(Database& database, Snowflake channel, Snowflake at, int limit);

struct SearchFor {
    QString words;
    std::vector<Snowflake> channels;  // empty: all
    Snowflake author = 0;
    Snowflake below = 0;  // 0: from the newest
    int limit = 25;
};

std::vector<CachedHit> search_messages(Database& database, const SearchFor& wanted);

}  // namespace guildhall::client
