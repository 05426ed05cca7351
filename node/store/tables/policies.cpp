#include "node/store/tables/policies.h"

#include "node/store/tables/log_key.h"

namespace guildhall::store::policies {

Result<std::optional<std::string>> last_before(Tx& tx,
                                               protocol::GuildId guild,
                                               std::uint16_t kind,
                                               std::uint64_t size) {
    return tx.first(
        "SELECT body FROM entries WHERE log = $1 AND seq < $2 AND kind = $3"
        " AND body IS NOT NULL ORDER BY seq DESC LIMIT 1",
        [](const Row& row) { return std::string(row.blob(0)); },
        log_key(guild, 0),
        size,
        kind);
}

}  // namespace guildhall::store::policies
