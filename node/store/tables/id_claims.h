#pragma once
// Who has a globally unique id on this node: users::claim_id() gives it to whom it sees first.
// Synchronous, inside a Tx.

#include "node/store/db.h"

#include <optional>
#include <string>

namespace guildhall::store::id_claims {

struct Holder {
    std::string uid;
    /// signature ‖ bytes; empty where only the uid is known.
    std::string genesis;
};
Result<std::optional<Holder>> holder_of(Tx& tx, protocol::Snowflake id);

}  // namespace guildhall::store::id_claims
