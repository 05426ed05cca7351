#include "node/store/tables/interactions.h"

namespace guildhall::store::interactions {

Status put(Tx& tx, const Answered& a, protocol::UnixMs oldest_ms) {
    TRY_VOID(tx.run("DELETE FROM interactions WHERE created_ms < $1", oldest_ms));
    return tx.run(
        "INSERT INTO interactions (id, created_ms, type, user_id, name, original, ephemeral,"
        " deferred) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        a.id,
        a.created_ms,
        a.type,
        a.user,
        a.name,
        a.original,
        a.ephemeral,
        a.deferred);
}

Result<std::optional<Answered>> find(Tx& tx, protocol::InteractionId id) {
    return tx.first(
        "SELECT id, created_ms, type, user_id, name, original, ephemeral, deferred"
        " FROM interactions WHERE id = $1",
        [](const Row& row) {
            Answered a;
            a.id = row.id<protocol::InteractionId>(0);
            a.created_ms = row.int64(1);
            a.type = static_cast<std::uint8_t>(row.int64(2));
            a.user = row.id<protocol::UserId>(3);
            a.name = row.text(4);
            a.original = row.id<protocol::MessageId>(5);
            a.ephemeral = row.boolean(6);
            a.deferred = row.boolean(7);
            return a;
        },
        id);
}

}  // namespace guildhall::store::interactions
