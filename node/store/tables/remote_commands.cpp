#include "node/store/tables/remote_commands.h"

#include "protocol/errors.h"

namespace guildhall::store::remote_commands {

using federation::Hash32;
using federation::OriginSeq;
using protocol::GuildId;

Result<OriginSeq> look(
    Tx& tx, GuildId guild, const Hash32& origin, std::uint64_t origin_seq, const Hash32& command) {
    TRY(auto known,
        tx.first(
            "SELECT command_hash FROM receipts WHERE guild = $1 AND origin = $2"
            " AND origin_seq = $3 LIMIT 1",
            [&](const Row& row) { return row.blob(0) == command.text(); },
            guild,
            Blob(origin),
            origin_seq));
    if (known) return *known ? OriginSeq::repeat : OriginSeq::conflict;
    TRY(const std::uint64_t highest, high(tx, guild, origin));
    const bool stale = origin_seq == 0 || origin_seq + federation::kOriginWindow <= highest;
    return stale ? OriginSeq::stale : OriginSeq::fresh;
}

Result<std::uint64_t> high(Tx& tx, GuildId guild, const Hash32& origin) {
    TRY(auto found,
        tx.first(
            "SELECT high FROM origins WHERE guild = $1 AND origin = $2",
            [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
            guild,
            Blob(origin)));
    return found.value_or(0);
}

Status begin(Tx& tx, const ReceiptRow& r) {
    TRY_VOID(
        tx.run("INSERT INTO origins (guild, origin, high) VALUES ($1, $2, $3)"
               " ON CONFLICT (guild, origin) DO UPDATE SET high = $3 WHERE origins.high < $3",
               r.guild,
               Blob(r.origin),
               r.origin_seq));
    return tx.run(
        "INSERT INTO receipts (command_hash, guild, origin, origin_seq, receipt, status, json,"
        " created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        Blob(r.command_hash),
        r.guild,
        Blob(r.origin),
        r.origin_seq,
        Blob(r.receipt),
        r.status,
        r.json,
        r.created_ms);
}

Status set_receipt(Tx& tx, const Hash32& command, std::string_view receipt) {
    return tx.run(
        "UPDATE receipts SET receipt = $2 WHERE command_hash = $1", Blob(command), Blob(receipt));
}

Status set_answer(Tx& tx, const Hash32& command, int status, std::string_view json) {
    return tx.run("UPDATE receipts SET status = $2, json = $3 WHERE command_hash = $1",
                  Blob(command),
                  status,
                  json);
}

Result<std::optional<ReceiptRow>> find_receipt(Tx& tx, const Hash32& command) {
    return tx.first(
        "SELECT guild, origin, origin_seq, receipt, status, json, created_ms FROM receipts"
        " WHERE command_hash = $1",
        [&](const Row& row) {
            return ReceiptRow{.command_hash = command,
                              .guild = row.id<GuildId>(0),
                              .origin = Hash32::from(row.blob(1)).value_or(Hash32{}),
                              .origin_seq = static_cast<std::uint64_t>(row.int64(2)),
                              .receipt = std::string(row.blob(3)),
                              .status = static_cast<int>(row.int64(4)),
                              .json = std::string(row.text(5)),
                              .created_ms = row.int64(6)};
        },
        Blob(command));
}

Status forget_receipts_before(Tx& tx, protocol::UnixMs ms) {
    return tx.run(
        "DELETE FROM receipts WHERE created_ms < $1 AND origin_seq <= COALESCE((SELECT o.high"
        " FROM origins o WHERE o.guild = receipts.guild AND o.origin = receipts.origin), 0) - $2",
        ms,
        federation::kOriginWindow);
}

Result<std::uint64_t> reserve_numbers(Tx& tx,
                                      GuildId guild,
                                      std::uint64_t count,
                                      std::uint64_t floor) {
    TRY(auto next,
        tx.first(
            "INSERT INTO origin_counters (guild, next) VALUES ($1, $3 + $2)"
            " ON CONFLICT (guild) DO UPDATE SET next = CASE WHEN origin_counters.next < $3"
            " THEN $3 ELSE origin_counters.next END + $2 RETURNING next",
            [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
            guild,
            count,
            floor));
    if (!next) return protocol::make_error(0, "no number for a command");
    return *next - count;
}

}  // namespace guildhall::store::remote_commands
