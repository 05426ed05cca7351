#pragma once
// CORS: browser clients that send credentials need their own origin echoed. Pure; any thread.

#include "node/base/http/request.h"
#include "node/base/http/response.h"

namespace guildhall::rest {

/// The 204 to an OPTIONS request.
base::http::Response preflight(const base::http::Request& request);
/// Adds what an answer to that request needs.
void add_cors(const base::http::Request& request, base::http::Response& response);

}  // namespace guildhall::rest
