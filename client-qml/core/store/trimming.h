#pragma once
// Trimming: keeps the cache's bounds. Counts what comes, and looks at the tables only when that
// much came that a bound may be passed. Thread of the writer.

#include "client-qml/core/store/cache.h"
#include "client-qml/core/store/database.h"

#include <QHash>

namespace guildhall::client {

class Trimming final {
  public:
    explicit Trimming(CacheLimits limits) : limits_(limits) {}

    /// Messages that were put; trims when it is time to.
    void added(Database& database, Snowflake channel, int count);
    void added_member(Database& database, Snowflake guild);
    /// Looks at everything.
    void trim_all(Database& database);

  private:
    void trim_total(Database& database);
    void trim_members(Database& database, Snowflake guild);

    const CacheLimits limits_;
    QHash<Snowflake, int> added_;          // since each channel was last looked at
    QHash<Snowflake, int> added_members_;  // of guilds
    int added_total_ = 0;
};

}  // namespace guildhall::client
