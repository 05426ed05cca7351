#pragma once
// Commands that applications registered for every guild; those of one guild are guild history.
// Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/model.h"

#include <utility>
#include <vector>

namespace guildhall::store::commands {

/// All global commands of an application, in place of those before.
Status replace(Tx& tx,
               protocol::ApplicationId application,
               const std::vector<protocol::Command>& commands);

/// By application, each list ascending by id; at start-up.
using Registered = std::pair<protocol::ApplicationId, std::vector<protocol::Command>>;
Result<std::vector<Registered>> load_all(Tx& tx);

}  // namespace guildhall::store::commands
