#include "node/store/tables/evidence.h"

namespace guildhall::store::evidence {
namespace {

/// Columns: id, guild, kind, statements, ts_ms.
EvidenceRow row_of(const Row& row) {
    return {row.int64(0),
            row.id<protocol::GuildId>(1),
            static_cast<std::uint8_t>(row.int64(2)),
            std::string(row.blob(3)),
            row.int64(4)};
}

}  // namespace

Status add(Tx& tx, const EvidenceRow& row) {
    TRY(const std::uint64_t kept, count(tx, row.guild, row.kind));
    if (kept >= kOfKindMax) {
        return tx.run(
            "UPDATE evidence SET statements = $3, ts_ms = $4 WHERE id ="
            " (SELECT MAX(id) FROM evidence WHERE guild = $1 AND kind = $2)",
            row.guild,
            row.kind,
            Blob(row.statements),
            row.ts_ms);
    }
    return tx.run(
        "INSERT INTO evidence (id, guild, kind, statements, ts_ms)"
        " SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4 FROM evidence",
        row.guild,
        row.kind,
        Blob(row.statements),
        row.ts_ms);
}

Result<bool> holds(Tx& tx, const EvidenceRow& row) {
    bool out = false;
    TRY_VOID(tx.each(
        "SELECT 1 FROM evidence WHERE guild = $1 AND kind = $2 AND statements = $3 LIMIT 1",
        [&](const Row&) { out = true; },
        row.guild,
        row.kind,
        Blob(row.statements)));
    return out;
}

Result<std::uint64_t> count(Tx& tx, protocol::GuildId guild, std::uint8_t kind) {
    std::uint64_t out = 0;
    TRY_VOID(tx.each(
        "SELECT COUNT(*) FROM evidence WHERE guild = $1 AND kind = $2",
        [&](const Row& row) { out = static_cast<std::uint64_t>(row.int64(0)); },
        guild,
        kind));
    return out;
}

Result<std::vector<EvidenceRow>> after(Tx& tx, std::int64_t id, unsigned limit) {
    std::vector<EvidenceRow> out;
    TRY_VOID(tx.each(
        "SELECT id, guild, kind, statements, ts_ms FROM evidence WHERE id > $1 ORDER BY id"
        " LIMIT $2",
        [&](const Row& row) { out.push_back(row_of(row)); },
        id,
        limit));
    return out;
}

Result<std::vector<EvidenceRow>> newest(Tx& tx, protocol::GuildId guild, unsigned limit) {
    std::vector<EvidenceRow> out;
    TRY_VOID(tx.each(
        "SELECT id, guild, kind, CASE WHEN kind = 0 THEN statements ELSE NULL END, ts_ms"
        " FROM evidence WHERE guild = $1 ORDER BY id DESC LIMIT $2",
        [&](const Row& row) { out.push_back(row_of(row)); },
        guild,
        limit));
    return out;
}

Result<std::vector<EvidenceRow>> of_guild(Tx& tx, protocol::GuildId guild) {
    std::vector<EvidenceRow> out;
    TRY_VOID(tx.each(
        "SELECT id, guild, kind, statements, ts_ms FROM evidence WHERE guild = $1 ORDER BY id"
        " LIMIT $2",
        [&](const Row& row) { out.push_back(row_of(row)); },
        guild,
        kOfGuildMax));
    return out;
}

}  // namespace guildhall::store::evidence
