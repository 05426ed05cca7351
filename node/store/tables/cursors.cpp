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
