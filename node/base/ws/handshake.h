#pragma once
// The opening handshake of a WebSocket, server side (RFC 6455, section 4.2). Plain functions.

#include "node/base/http/request.h"
#include "node/base/http/response.h"

#include <string>
#include <string_view>

namespace guildhall::base::ws {

/// Whether the request asks for a WebSocket at all (`Upgrade: websocket` with `Connection: Upgrade`
/// on a GET of HTTP/1.1).
bool wants_upgrade(const http::Request& request);
/// Nothing when the handshake is sound; otherwise the answer: 400, or 426 for another version.
std::optional<http::Response> refuse_handshake(const http::Request& request);

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key.
std::string accept_key(std::string_view key);
/// The 101 response, whole.
std::string switching_protocols(const http::Request& request);

}  // namespace guildhall::base::ws
