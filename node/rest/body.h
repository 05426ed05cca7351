#pragma once
// Reading a request's body into a Call: JSON, urlencoded form, or multipart with payload_json and
// files. Pure; any thread.

#include "node/base/http/request.h"
#include "node/rest/call.h"

namespace guildhall::rest {

/// Fills `call.body` and `call.files`. Fields of a form become strings, also those of a multipart
/// body beside payload_json: a message that says 123 is no number.
protocol::Status read_body(const base::http::Request& request, Call& call);

}  // namespace guildhall::rest
