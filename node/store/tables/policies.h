#pragma once
// The hosting policy that held when a guild's control log had some size, out of the entries that
// are here. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::store::policies {

/// The stored body of the last entry of that kind below `size`; nothing where none is held.
Result<std::optional<std::string>> last_before(Tx& tx,
                                               protocol::GuildId guild,
                                               std::uint16_t kind,
                                               std::uint64_t size);

}  // namespace guildhall::store::policies
