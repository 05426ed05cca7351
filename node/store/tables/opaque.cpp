#include "node/store/tables/opaque.h"

namespace guildhall::store::opaque {

Result<std::vector<Opaque>> all(Tx& tx) {
    std::vector<Opaque> out;
    TRY_VOID(
        tx.each("SELECT l.guild, o.log, l.log_id, l.first, o.kind, o.entries FROM opaque o"
                " JOIN logs l ON l.log = o.log ORDER BY o.log, o.kind",
                [&](const Row& row) {
                    out.push_back({.guild = row.id<protocol::GuildId>(0),
                                   .log = static_cast<LogKey>(row.int64(1)),
                                   .log_id = static_cast<std::uint64_t>(row.int64(2)),
                                   .first = static_cast<std::uint64_t>(row.int64(3)),
                                   .kind = static_cast<protocol::EventKind>(row.int64(4)),
                                   .entries = static_cast<std::uint64_t>(row.int64(5))});
                }));
    return out;
}

Status note(Tx& tx, LogKey log, protocol::EventKind kind) {
    return tx.run(
        "INSERT INTO opaque (log, kind, entries) VALUES ($1, $2, 1)"
        " ON CONFLICT (log, kind) DO UPDATE SET entries = opaque.entries + 1",
        log,
        std::int64_t{kind});
}

Status forget(Tx& tx, LogKey log, protocol::EventKind kind) {
    return tx.run("DELETE FROM opaque WHERE log = $1 AND kind = $2", log, std::int64_t{kind});
}

}  // namespace guildhall::store::opaque
