#pragma once
// What users set for their clients, under a name each; a text that only the client understands.
// Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/ids.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::store::user_settings {

/// Empty when never set.
Result<std::string> get(Tx& tx, protocol::UserId user, std::string_view name);
/// Everybody's value under that name.
Result<std::vector<std::pair<protocol::UserId, std::string>>> all(Tx& tx, std::string_view name);
Status put(Tx& tx, protocol::UserId user, std::string_view name, std::string_view value);

}  // namespace guildhall::store::user_settings
