#pragma once
// Signed profiles of users of other nodes, the newest of each. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::store::profiles {

struct ProfileRow {
    protocol::UserId user;
    std::uint64_t version = 0;
    /// signature ‖ profile.
    std::string bytes;

    friend bool operator==(const ProfileRow&, const ProfileRow&) = default;
};

/// False, and nothing changed, unless its version is above the stored one.
Result<bool> put_if_newer(Tx& tx, const ProfileRow& row);
Result<std::optional<ProfileRow>> find(Tx& tx, protocol::UserId user);
Status forget(Tx& tx, protocol::UserId user);

}  // namespace guildhall::store::profiles
