#include "node/store/tables/opaque.h"

#include <string>
#include <string_view>

namespace guildhall::store::opaque {

namespace {

constexpr std::string_view kColumns =
    "SELECT l.guild, o.log, l.log_id, l.first, o.kind, o.entries, o.was_read FROM opaque o"
    " JOIN logs l ON l.log = o.log";

Opaque read_opaque(const Row& row) {
    return {.guild = row.id<protocol::GuildId>(0),
            .log = static_cast<LogKey>(row.int64(1)),
            .log_id = static_cast<std::uint64_t>(row.int64(2)),
            .first = static_cast<std::uint64_t>(row.int64(3)),
            .kind = static_cast<protocol::EventKind>(row.int64(4)),
            .entries = static_cast<std::uint64_t>(row.int64(5)),
            .was_read = row.int64(6) != 0};
}

}  // namespace

Result<std::vector<Opaque>> all(Tx& tx) {
    std::vector<Opaque> out;
    TRY_VOID(tx.each(std::string(kColumns) + " ORDER BY o.log, o.kind",
                     [&](const Row& row) { out.push_back(read_opaque(row)); }));
    return out;
}

Result<std::optional<Opaque>> find(Tx& tx, LogKey log, protocol::EventKind kind) {
    return tx.first(std::string(kColumns) + " WHERE o.log = $1 AND o.kind = $2",
                    read_opaque,
                    log,
                    std::int64_t{kind});
}

Status note(Tx& tx, LogKey log, protocol::EventKind kind) {
    return tx.run(
        "INSERT INTO opaque (log, kind, entries) VALUES ($1, $2, 1)"
        " ON CONFLICT (log, kind) DO UPDATE SET entries = opaque.entries + 1, was_read = 0",
        log,
        std::int64_t{kind});
}

Status note_read(Tx& tx, LogKey log, protocol::EventKind kind) {
    return tx.run(
        "UPDATE opaque SET was_read = 1 WHERE log = $1 AND kind = $2", log, std::int64_t{kind});
}

Status forget(Tx& tx, LogKey log, protocol::EventKind kind) {
    return tx.run("DELETE FROM opaque WHERE log = $1 AND kind = $2", log, std::int64_t{kind});
}

}  // namespace guildhall::store::opaque
