#pragma once
// Keys and secrets of the node and of what it keeps in custody (guild root keys, users' keys), by
// name. Never in the log, never in a log line. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::store::secrets {

Status put(Tx& tx, std::string_view name, std::string_view bytes);
Status drop(Tx& tx, std::string_view name);
Result<std::optional<std::string>> get(Tx& tx, std::string_view name);
/// Names with their bytes, of names like the pattern (% stands for anything), ascending.
Result<std::vector<std::pair<std::string, std::string>>> like(Tx& tx, std::string_view pattern);

}  // namespace guildhall::store::secrets
