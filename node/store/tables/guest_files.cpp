#include "node/store/tables/guest_files.h"

namespace guildhall::store::guest_files {

using federation::Hash32;

Result<bool> put(
    Tx& tx, const Hash32& home, const Hash32& hash, std::uint64_t cost, protocol::UnixMs now_ms) {
    TRY(const auto known,
        tx.first(
            "SELECT 1 FROM guest_files WHERE home = $1 AND hash = $2",
            [](const Row&) { return true; },
            Blob(home),
            Blob(hash)));
    TRY_VOID(
        tx.run("INSERT INTO guest_files (home, hash, cost, named_ms) VALUES ($1, $2, $3, $4)"
               " ON CONFLICT (home, hash) DO UPDATE SET named_ms = $4",
               Blob(home),
               Blob(hash),
               cost,
               now_ms));
    return !known.has_value();
}

Status forget_unused(Tx& tx, const Hash32& home, protocol::UnixMs before_ms) {
    // Rows of a deleted channel go little by little; their files go at once.
    return tx.run(
        "DELETE FROM guest_files WHERE home = $1 AND named_ms < $2"
        " AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.hash = guest_files.hash"
        " AND NOT EXISTS (SELECT 1 FROM purges p WHERE p.log = a.channel))"
        " AND NOT EXISTS (SELECT 1 FROM loose_files l WHERE l.hash = guest_files.hash)",
        Blob(home),
        before_ms);
}

Result<std::uint64_t> total_cost(Tx& tx, const Hash32& home) {
    TRY(const auto sum,
        tx.first(
            "SELECT COALESCE(SUM(cost), 0) FROM guest_files WHERE home = $1",
            [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
            Blob(home)));
    return sum.value_or(0);
}

}  // namespace guildhall::store::guest_files
