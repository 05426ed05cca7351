#pragma once
// What a request head must satisfy beyond what Beast's parser checks, so that no two readers of one
// request (a proxy before us, and we) can disagree on where it ends or whom it is for. Plain
// functions; any thread.

#include "node/base/http/request.h"

#include <optional>
#include <string_view>

namespace guildhall::base::http {

struct Fault {
    int status = 400;
    std::string_view message;
};

/// Checks the raw bytes of a head, up to and with its empty line: line folding, bare CR.
std::optional<Fault> check_raw_head(std::string_view head);
/// Checks the parsed head: Host, target, Transfer-Encoding against Content-Length.
std::optional<Fault> check_head(const Request& request);

}  // namespace guildhall::base::http
