#pragma once
// How what belongs to one account is changed: its rows in one transaction, and what is told of them
// from the shard of the account's id, whichever shard the request came to. What shards hear about
// one account therefore comes in the order in which it was stored: no older profile replaces a
// newer one, and no session that was ended comes back. Called on any shard.

#include "node/services/context.h"

#include <vector>

namespace guildhall::services {

/// Runs on the store's thread in the change's transaction, so it owns what it uses; leaves in
/// `told` what the shards hear when it is durable. An error undoes the change and is the answer.
using AccountRows =
    protocol::UniqueFunction<Status(store::Tx& tx, std::vector<journal::Notice>& told)>;

Task<Status> change_account(Context& ctx, protocol::UserId user, AccountRows rows);

}  // namespace guildhall::services
