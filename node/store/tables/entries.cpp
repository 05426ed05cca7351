#include "node/store/tables/entries.h"

namespace guildhall::store::entries {
namespace {

EntryRow entry_of(const Row& row, std::uint64_t log_id) {
    EntryRow out;
    out.header.log_id = log_id;
    out.header.seq = static_cast<std::uint64_t>(row.int64(0));
    out.header.ts_ms = row.int64(1);
    out.header.kind = static_cast<std::uint16_t>(row.int64(2));
    out.header.object_id = static_cast<std::uint64_t>(row.int64(3));
    out.header.control_seq = static_cast<std::uint64_t>(row.int64(4));
    out.header.body_hash = federation::Hash32::from(row.blob(5)).value_or(federation::Hash32{});
    out.header.command_hash = federation::Hash32::from(row.blob(6)).value_or(federation::Hash32{});
    out.body = row.blob(7);
    return out;
}

LogRow log_of_row(const Row& row) {
    return {.log = row.int64(0),
            .guild = row.id<protocol::GuildId>(1),
            .log_id = static_cast<std::uint64_t>(row.int64(2)),
            .size = static_cast<std::uint64_t>(row.int64(3)),
            .last_ts_ms = row.int64(4),
            .frontier = std::string(row.blob(5)),
            .head = std::string(row.blob(6))};
}

}  // namespace

Status insert(Tx& tx, LogKey log, const federation::EntryHeader& h, std::string_view body) {
    // Local actions have no command: NULL saves 32 bytes a row.
    const Value command = h.command_hash.is_zero() ? Value(nullptr) : Value(Blob(h.command_hash));
    return tx.run(
        "INSERT INTO entries (log, seq, ts_ms, kind, object_id, control_seq, body_hash,"
        " command_hash, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        log,
        h.seq,
        h.ts_ms,
        h.kind,
        h.object_id,
        h.control_seq,
        Blob(h.body_hash),
        command,
        Blob(body));
}

Status drop_body(Tx& tx, LogKey log, std::uint64_t seq) {
    return tx.run("UPDATE entries SET body = NULL WHERE log = $1 AND seq = $2", log, seq);
}

Result<std::optional<EntryRow>> find(Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t seq) {
    return tx.first(
        "SELECT seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash, body"
        " FROM entries WHERE log = $1 AND seq = $2",
        [&](const Row& row) { return entry_of(row, log_id); },
        log,
        seq);
}

Result<std::vector<EntryRow>> range(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, std::uint64_t limit) {
    std::vector<EntryRow> out;
    TRY_VOID(tx.each(
        "SELECT seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash, body"
        " FROM entries WHERE log = $1 AND seq >= $2 ORDER BY seq LIMIT $3",
        [&](const Row& row) { out.push_back(entry_of(row, log_id)); },
        log,
        from,
        limit));
    return out;
}

Result<std::optional<LogRow>> find_log(Tx& tx, LogKey log) {
    return tx.first(
        "SELECT log, guild, log_id, size, last_ts_ms, frontier, head FROM logs WHERE log = $1",
        log_of_row,
        log);
}

Result<std::vector<LogRow>> logs_of(Tx& tx, protocol::GuildId guild) {
    std::vector<LogRow> out;
    TRY_VOID(tx.each(
        "SELECT log, guild, log_id, size, last_ts_ms, frontier, head FROM logs WHERE guild = $1"
        " ORDER BY log",
        [&](const Row& row) { out.push_back(log_of_row(row)); },
        guild));
    return out;
}

Status put_log(Tx& tx, const LogRow& r) {
    return tx.run(
        "INSERT INTO logs (log, guild, log_id, size, last_ts_ms, frontier, head)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (log) DO UPDATE SET"
        " size = $4, last_ts_ms = $5, frontier = $6, head = $7",
        r.log,
        r.guild,
        r.log_id,
        r.size,
        r.last_ts_ms,
        Blob(r.frontier),
        Blob(r.head));
}

Result<std::vector<HostingRow>> hosted(Tx& tx) {
    std::vector<HostingRow> out;
    TRY_VOID(tx.each("SELECT guild, uid, epoch, host_uid, host_name FROM hosting ORDER BY guild",
                     [&](const Row& row) {
                         out.push_back({row.id<protocol::GuildId>(0),
                                        std::string(row.blob(1)),
                                        static_cast<std::uint64_t>(row.int64(2)),
                                        std::string(row.blob(3)),
                                        std::string(row.text(4))});
                     }));
    return out;
}

Status put_hosting(Tx& tx, const HostingRow& row) {
    return tx.run(
        "INSERT INTO hosting (guild, uid, epoch, host_uid, host_name) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (guild) DO UPDATE SET uid = $2, epoch = $3, host_uid = $4, host_name = $5",
        row.guild,
        Blob(row.uid),
        row.epoch,
        Blob(row.host_uid),
        row.host_name);
}

}  // namespace guildhall::store::entries
