#pragma once
// Gateway sessions written down so that they can resume after a restart. What `data` means is the
// gateway's. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::store::gateway_sessions {

struct Row {
    std::string id;
    protocol::UserId user;
    std::string data;
    protocol::UnixMs saved_ms = 0;
};

Status put(Tx& tx, const Row& row);
Result<std::optional<Row>> find(Tx& tx, std::string_view id);
Status erase(Tx& tx, std::string_view id);
/// Those saved before `ms`: nobody may resume them any more.
Status erase_before(Tx& tx, protocol::UnixMs ms);

}  // namespace guildhall::store::gateway_sessions
