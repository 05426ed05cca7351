#include "node/store/tables/remote_blobs.h"

namespace guildhall::store::remote_blobs {
namespace {

using federation::Hash32;

/// Columns: hash, size, last_used_ms, image.
BlobRow row_of(const Row& row) {
    return {Hash32::from(row.blob(0)).value_or(Hash32{}),
            static_cast<std::uint64_t>(row.int64(1)),
            row.int64(2),
            row.boolean(3)};
}

}  // namespace

Status put(Tx& tx, const BlobRow& row) {
    return tx.run(
        "INSERT INTO remote_blobs (hash, size, last_used_ms, image) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (hash) DO UPDATE SET size = $2, last_used_ms = $3",
        Blob(row.hash),
        row.size,
        row.last_used_ms,
        row.image);
}

Result<std::optional<BlobRow>> find(Tx& tx, const Hash32& hash) {
    return tx.first("SELECT hash, size, last_used_ms, image FROM remote_blobs WHERE hash = $1",
                    row_of,
                    Blob(hash));
}

Status touch(Tx& tx, const Hash32& hash, protocol::UnixMs now_ms) {
    return tx.run("UPDATE remote_blobs SET last_used_ms = $2 WHERE hash = $1", Blob(hash), now_ms);
}

Status erase(Tx& tx, const Hash32& hash) {
    return tx.run("DELETE FROM remote_blobs WHERE hash = $1", Blob(hash));
}

Result<std::uint64_t> total_size(Tx& tx) {
    TRY(auto sum, tx.first("SELECT COALESCE(SUM(size), 0) FROM remote_blobs", [](const Row& row) {
        return static_cast<std::uint64_t>(row.int64(0));
    }));
    return sum.value_or(0);
}

Result<std::vector<BlobRow>> oldest(Tx& tx, unsigned limit) {
    std::vector<BlobRow> out;
    TRY_VOID(tx.each(
        "SELECT hash, size, last_used_ms, image FROM remote_blobs ORDER BY last_used_ms, hash "
        "LIMIT $1",
        [&](const Row& row) { out.push_back(row_of(row)); },
        limit));
    return out;
}

Result<std::vector<Hash32>> unused(Tx& tx) {
    std::vector<Hash32> out;
    // Rows of a deleted channel go little by little; their files go at once.
    TRY_VOID(
        tx.each("SELECT hash FROM remote_blobs b WHERE image = 0"
                " AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.hash = b.hash"
                " AND NOT EXISTS (SELECT 1 FROM purges p WHERE p.log = a.channel))"
                " AND NOT EXISTS (SELECT 1 FROM loose_files l WHERE l.hash = b.hash)",
                [&](const Row& row) {
                    if (const auto hash = Hash32::from(row.blob(0))) out.push_back(*hash);
                }));
    return out;
}

}  // namespace guildhall::store::remote_blobs
