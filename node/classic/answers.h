#pragma once
// How the classic API says no: {"detail":"text"}, and 422 with a list of what is wrong and where.
// Errors of services become the prototype's words here. Pure; any thread.

#include "node/base/http/response.h"
#include "protocol/errors.h"

#include <string>
#include <string_view>

namespace guildhall::classic {

/// What a form or a query string lacks or has wrong; `place` is body, query or path.
protocol::Error invalid(std::string_view place,
                        std::string_view field,
                        std::string_view code,
                        std::string message);

/// The whole answer to an error: its status, its body and Retry-After or WWW-Authenticate.
base::http::Response to_response(const protocol::Error& error);

/// The `detail` of an error as text, for the socket's error frames.
std::string detail_of(const protocol::Error& error);

}  // namespace guildhall::classic
