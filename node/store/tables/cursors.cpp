#include "node/store/tables/cursors.h"

namespace guildhall::store::cursors {
namespace {

/// Columns: peer, guild, log_id, size.
Cursor cursor_of(const Row& row) {
    return {std::string(row.blob(0)),
            row.id<protocol::GuildId>(1),
            static_cast<std::uint64_t>(row.int64(2)),
            static_cast<std::uint64_t>(row.int64(3))};
}

}  // namespace

Status put(Tx& tx, const Cursor& c) {
    return tx.run(
        "INSERT INTO cursors (peer, guild, log_id, size) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (peer, guild, log_id) DO UPDATE SET size = $4",
        Blob(c.peer),
        c.guild,
        c.log_id,
        c.size);
}

Result<std::vector<Cursor>> of_peer(Tx& tx, std::string_view peer) {
    std::vector<Cursor> out;
    TRY_VOID(tx.each(
        "SELECT peer, guild, log_id, size FROM cursors WHERE peer = $1 ORDER BY guild, log_id",
        [&](const Row& row) { out.push_back(cursor_of(row)); },
        Blob(peer)));
    return out;
}

Result<std::vector<Cursor>> of_guild(Tx& tx, protocol::GuildId guild) {
    std::vector<Cursor> out;
    TRY_VOID(tx.each(
        "SELECT peer, guild, log_id, size FROM cursors WHERE guild = $1 ORDER BY peer, log_id",
        [&](const Row& row) { out.push_back(cursor_of(row)); },
        guild));
    return out;
}

Result<bool> is_behind(Tx& tx, std::string_view peer, protocol::GuildId guild) {
    bool out = false;
    TRY_VOID(tx.each(
        "SELECT 1 FROM logs l LEFT JOIN cursors c ON c.guild = l.guild AND"
        " c.log_id = l.log_id AND c.peer = $2 WHERE l.guild = $1 AND l.size > 0 AND"
        " COALESCE(c.size, 0) < l.size AND (l.log_id < 2 OR EXISTS"
        " (SELECT 1 FROM channels h WHERE h.guild = $1 AND h.id = l.log_id)) LIMIT 1",
        [&](const Row&) { out = true; },
        guild,
        Blob(peer)));
    return out;
}

Result<std::vector<std::string>> bodies_beyond(
    Tx& tx, std::string_view peer, protocol::GuildId guild, std::uint16_t kind, unsigned limit) {
    std::vector<std::string> out;
    TRY_VOID(tx.each(
        "SELECT e.body FROM logs l JOIN entries e ON e.log = l.log"
        " LEFT JOIN cursors c ON c.guild = l.guild AND c.log_id = l.log_id AND"
        " c.peer = $2 WHERE l.guild = $1 AND l.log_id > 1 AND e.kind = $3 AND"
        " e.body IS NOT NULL AND e.seq >= COALESCE(c.size, 0)"
        " ORDER BY e.ts_ms, e.log, e.seq LIMIT $4",
        [&](const Row& row) { out.emplace_back(row.blob(0)); },
        guild,
        Blob(peer),
        kind,
        limit));
    return out;
}

Status forget(Tx& tx, std::string_view peer, protocol::GuildId guild) {
    return tx.run("DELETE FROM cursors WHERE peer = $1 AND guild = $2", Blob(peer), guild);
}

Status forget(Tx& tx, std::string_view peer, protocol::GuildId guild, std::uint64_t log_id) {
    return tx.run("DELETE FROM cursors WHERE peer = $1 AND guild = $2 AND log_id = $3",
                  Blob(peer),
                  guild,
                  log_id);
}

}  // namespace guildhall::store::cursors
