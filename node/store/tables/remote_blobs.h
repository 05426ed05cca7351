#pragma once
// Files of other nodes that this one keeps a copy of: which, how large, and when each was last
// asked for, so that the least used go first when the cache is full. Synchronous, inside a Tx.

#include "federation/bytes.h"
#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace guildhall::store::remote_blobs {

struct BlobRow {
    federation::Hash32 hash{};
    std::uint64_t size = 0;
    protocol::UnixMs last_used_ms = 0;
    /// An image of a user or guild: `hash` is that of its address, and no message names it.
    bool image = false;

    friend bool operator==(const BlobRow&, const BlobRow&) = default;
};

Status put(Tx& tx, const BlobRow& row);
Result<std::optional<BlobRow>> find(Tx& tx, const federation::Hash32& hash);
Status touch(Tx& tx, const federation::Hash32& hash, protocol::UnixMs now_ms);
Status erase(Tx& tx, const federation::Hash32& hash);
/// Bytes of all of them.
Result<std::uint64_t> total_size(Tx& tx);
/// The least recently used, at most `limit`.
Result<std::vector<BlobRow>> oldest(Tx& tx, unsigned limit);
/// Files that no message names any more, images not among them.
Result<std::vector<federation::Hash32>> unused(Tx& tx);

}  // namespace guildhall::store::remote_blobs
