#pragma once
// Reading a request's body into a Call: JSON, urlencoded form, or multipart with payload_json and
// files. Pure; any thread.

#include "node/base/http/request.h"
#include "node/rest/call.h"

namespace guildhall::rest {

/// Fills `call.body` and `call.files`. Fields of a form become strings; a multipart part other than
/// payload_json and files becomes a field, parsed as JSON where it is JSON.
protocol::Status read_body(const base::http::Request& request, Call& call);

}  // namespace guildhall::rest
