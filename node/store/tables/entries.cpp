#include "node/store/tables/entries.h"

#include "federation/command.h"

namespace guildhall::store::entries {
namespace {

/// From the first seven columns.
federation::EntryHeader header_of(const Row& row, std::uint64_t log_id) {
    federation::EntryHeader out;
    out.log_id = log_id;
    out.seq = static_cast<std::uint64_t>(row.int64(0));
    out.ts_ms = row.int64(1);
    out.kind = static_cast<std::uint16_t>(row.int64(2));
    out.object_id = static_cast<std::uint64_t>(row.int64(3));
    out.control_seq = static_cast<std::uint64_t>(row.int64(4));
    out.body_hash = federation::Hash32::from(row.blob(5)).value_or(federation::Hash32{});
    out.command_hash = federation::Hash32::from(row.blob(6)).value_or(federation::Hash32{});
    return out;
}

EntryRow entry_of(const Row& row, std::uint64_t log_id) {
    EntryRow out;
    out.header = header_of(row, log_id);
    out.body = row.blob(7);
    out.command = row.blob(8);
    return out;
}

LogRow log_of_row(const Row& row) {
    return {.log = row.int64(0),
            .guild = row.id<protocol::GuildId>(1),
            .log_id = static_cast<std::uint64_t>(row.int64(2)),
            .size = static_cast<std::uint64_t>(row.int64(3)),
            .last_ts_ms = row.int64(4),
            .frontier = std::string(row.blob(5)),
            .head = std::string(row.blob(6)),
            .first = static_cast<std::uint64_t>(row.int64(7))};
}

}  // namespace

Status insert(Tx& tx,
              LogKey log,
              const federation::EntryHeader& h,
              std::string_view body,
              std::string_view command) {
    // Local actions have no command: NULL saves 32 bytes a row.
    const Value hash = h.command_hash.is_zero() ? Value(nullptr) : Value(Blob(h.command_hash));
    const auto or_null = [](std::string_view b) { return b.empty() ? Value(nullptr) : Blob(b); };
    return tx.run(
        "INSERT INTO entries (log, seq, ts_ms, kind, object_id, control_seq, body_hash,"
        " command_hash, body, command) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        log,
        h.seq,
        h.ts_ms,
        h.kind,
        h.object_id,
        h.control_seq,
        Blob(h.body_hash),
        hash,
        or_null(body),
        or_null(command));
}

Status drop_body(Tx& tx, LogKey log, std::uint64_t seq) {
    TRY(auto command,
        tx.first(
            "SELECT command FROM entries WHERE log = $1 AND seq = $2 AND command IS NOT NULL",
            [](const Row& row) { return std::string(row.blob(0)); },
            log,
            seq));
    if (!command) {
        return tx.run("UPDATE entries SET body = NULL WHERE log = $1 AND seq = $2", log, seq);
    }
    // What cannot be read cannot be stripped, and must not stay either.
    const std::string stripped = federation::without_body(*command).value_or(std::string());
    return tx.run("UPDATE entries SET body = NULL, command = $3 WHERE log = $1 AND seq = $2",
                  log,
                  seq,
                  Blob(stripped));
}

Result<bool> drop_some_bodies(Tx& tx, LogKey log, unsigned limit) {
    std::vector<std::uint64_t> commanded;
    TRY_VOID(tx.each(
        "SELECT seq FROM entries WHERE log = $1 AND body IS NOT NULL AND command IS NOT NULL"
        " LIMIT $2",
        [&](const Row& row) { commanded.push_back(static_cast<std::uint64_t>(row.int64(0))); },
        log,
        limit));
    for (const std::uint64_t seq : commanded) TRY_VOID(drop_body(tx, log, seq));
    if (!commanded.empty()) return false;
    TRY_VOID(
        tx.run("UPDATE entries SET body = NULL WHERE log = $1 AND seq IN"
               " (SELECT seq FROM entries WHERE log = $1 AND body IS NOT NULL LIMIT $2)",
               log,
               limit));
    return tx.changes() == 0;
}

Result<std::optional<EntryRow>> find(Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t seq) {
    return tx.first(
        "SELECT seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash, body,"
        " command"
        " FROM entries WHERE log = $1 AND seq = $2",
        [&](const Row& row) { return entry_of(row, log_id); },
        log,
        seq);
}

Result<std::vector<EntryRow>> range(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, std::uint64_t limit) {
    std::vector<EntryRow> out;
    TRY_VOID(tx.each(
        "SELECT seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash, body,"
        " command"
        " FROM entries WHERE log = $1 AND seq >= $2 ORDER BY seq LIMIT $3",
        [&](const Row& row) { out.push_back(entry_of(row, log_id)); },
        log,
        from,
        limit));
    return out;
}

Status walk(Tx& tx,
            LogKey log,
            std::uint64_t log_id,
            std::uint64_t from,
            FunctionRef<bool(EntryRow)> each) {
    return tx.each(
        "SELECT seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash, body,"
        " command"
        " FROM entries WHERE log = $1 AND seq >= $2 ORDER BY seq",
        [&](const Row& row) { return each(entry_of(row, log_id)); },
        log,
        from);
}

Result<std::vector<federation::Hash32>> leaves(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, std::uint64_t to) {
    std::vector<federation::Hash32> out;
    TRY_VOID(tx.each(
        "SELECT seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash"
        " FROM entries WHERE log = $1 AND seq >= $2 AND seq < $3 ORDER BY seq",
        [&](const Row& row) { out.push_back(federation::leaf_hash(header_of(row, log_id))); },
        log,
        from,
        to));
    return out;
}

Result<bool> is_bare_after(Tx& tx,
                           LogKey log,
                           protocol::EventKind kind,
                           std::uint64_t object,
                           std::uint64_t after,
                           std::uint64_t within) {
    TRY(const auto found,
        tx.first(
            "SELECT 1 FROM entries WHERE log = $1 AND seq > $2 AND seq <= $3 AND kind = $4"
            " AND object_id = $5 AND (body IS NULL OR length(body) = 0) LIMIT 1",
            [](const Row&) { return true; },
            log,
            after,
            after + within,
            std::int64_t{kind},
            object));
    return found.has_value();
}

Result<std::optional<LogRow>> find_log(Tx& tx, LogKey log) {
    return tx.first(
        "SELECT log, guild, log_id, size, last_ts_ms, frontier, head, first FROM logs"
        " WHERE log = $1",
        log_of_row,
        log);
}

Result<std::vector<LogRow>> logs_of(Tx& tx, protocol::GuildId guild) {
    std::vector<LogRow> out;
    TRY_VOID(tx.each(
        "SELECT log, guild, log_id, size, last_ts_ms, frontier, head, first FROM logs"
        " WHERE guild = $1 ORDER BY log",
        [&](const Row& row) { out.push_back(log_of_row(row)); },
        guild));
    return out;
}

Result<std::uint64_t> bytes_of_guild(Tx& tx, protocol::GuildId guild) {
    // A row without its bodies takes about 150 bytes.
    TRY(const auto bytes,
        tx.first(
            "SELECT COUNT(*) * 150 + COALESCE(SUM(LENGTH(body)), 0) +"
            " COALESCE(SUM(LENGTH(command)), 0) FROM entries"
            " WHERE log IN (SELECT log FROM logs WHERE guild = $1)",
            [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
            guild));
    return bytes.value_or(0);
}

Status put_log(Tx& tx, const LogRow& r) {
    return tx.run(
        "INSERT INTO logs (log, guild, log_id, size, last_ts_ms, frontier, head, first)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (log) DO UPDATE SET"
        " size = $4, last_ts_ms = $5, frontier = $6, head = $7, first = $8",
        r.log,
        r.guild,
        r.log_id,
        r.size,
        r.last_ts_ms,
        Blob(r.frontier),
        Blob(r.head),
        r.first);
}

}  // namespace guildhall::store::entries
