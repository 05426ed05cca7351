#pragma once
// Files that other nodes handed over for guilds hosted here, by the node whose users named them,
// and what each costs of that node's room. A row stays for some time after its file, until somebody
// counts. Synchronous, inside a Tx.

#include "federation/bytes.h"
#include "node/store/db.h"
#include "protocol/ids.h"

#include <cstdint>

namespace guildhall::store::guest_files {

/// False when it was there already.
Result<bool> put(Tx& tx,
                 const federation::Hash32& home,
                 const federation::Hash32& hash,
                 std::uint64_t cost,
                 protocol::UnixMs now_ms);
/// Forgets the home's files that nothing has any more and that were named before that time: what
/// is named is not in a message at once.
Status forget_unused(Tx& tx, const federation::Hash32& home, protocol::UnixMs before_ms);
/// Of all files of the home.
Result<std::uint64_t> total_cost(Tx& tx, const federation::Hash32& home);

}  // namespace guildhall::store::guest_files
