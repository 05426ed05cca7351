#pragma once
// Applications of this node's developers. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/account.h"

#include <cstddef>
#include <vector>

namespace guildhall::store::applications {

Status put(Tx& tx, const protocol::Application& application);
Result<std::size_t> count_of(Tx& tx, protocol::UserId owner);
/// Ascending by id; at start-up.
Result<std::vector<protocol::Application>> load_all(Tx& tx);

}  // namespace guildhall::store::applications
