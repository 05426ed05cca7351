#pragma once
// JWT: the tokens of the classic API, HS256 and nothing else. Written here in forty lines over the
// HMAC that the node has anyway: a library would bring every algorithm of the standard, and the
// mistakes made with JWT are made by choosing among them. The session row behind a token is what
// revokes it (classic/auth.cpp). Pure; any thread.

#include "protocol/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::classic {

struct Claims {
    protocol::UserId user;
    /// As it was when the token was made; clients show it, the node never reads it.
    std::string username;
    /// Names the session behind the token.
    std::string session;
    /// Unix seconds.
    std::int64_t expires_s = 0;
};

std::string make_jwt(std::string_view key, const Claims& claims);

/// The claims of a token that `key` signed and that has not ended by `now_ms`.
std::optional<Claims> verify_jwt(std::string_view key,
                                 std::string_view token,
                                 protocol::UnixMs now_ms);

}  // namespace guildhall::classic
