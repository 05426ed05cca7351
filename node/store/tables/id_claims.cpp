#include "node/store/tables/id_claims.h"

namespace guildhall::store::id_claims {

Result<std::optional<Holder>> holder_of(Tx& tx, protocol::Snowflake id) {
    return tx.first(
        "SELECT uid, genesis FROM id_claims WHERE id = $1",
        [](const Row& row) { return Holder{std::string(row.blob(0)), std::string(row.blob(1))}; },
        id);
}

}  // namespace guildhall::store::id_claims
