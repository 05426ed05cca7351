#include "node/store/tables/gateway_sessions.h"

namespace guildhall::store::gateway_sessions {

Status put(Tx& tx, const Row& row) {
    return tx.run(
        "INSERT INTO gateway_sessions (id, user_id, data, saved_ms) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (id) DO UPDATE SET user_id = $2, data = $3, saved_ms = $4",
        row.id,
        row.user,
        Blob(row.data),
        row.saved_ms);
}

Result<std::optional<Row>> find(Tx& tx, std::string_view id) {
    return tx.first(
        "SELECT id, user_id, data, saved_ms FROM gateway_sessions WHERE id = $1",
        [](const store::Row& row) {
            return Row{.id = std::string(row.text(0)),
                       .user = row.id<protocol::UserId>(1),
                       .data = std::string(row.blob(2)),
                       .saved_ms = row.int64(3)};
        },
        id);
}

Status erase(Tx& tx, std::string_view id) {
    return tx.run("DELETE FROM gateway_sessions WHERE id = $1", id);
}

Status erase_before(Tx& tx, protocol::UnixMs ms) {
    return tx.run("DELETE FROM gateway_sessions WHERE saved_ms < $1", ms);
}

}  // namespace guildhall::store::gateway_sessions
