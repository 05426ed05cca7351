#pragma once
// Numbers of query strings, with the classic API's 422. Pure; any thread.

#include "node/classic/call.h"

#include <string_view>

namespace guildhall::classic {

/// An integer in [lo, hi]; `otherwise` when it is not there.
Result<int> query_int(const Call& call, std::string_view name, int lo, int hi, int otherwise);

}  // namespace guildhall::classic
