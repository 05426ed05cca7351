#pragma once
// Tokens: base64(user id) . base64url(time) . base64url(32 random bytes). Clients read the user id
// out of the first part; what the node stores is only a keyed hash of the whole. Pure; any thread.

#include "node/base/rng.h"
#include "protocol/account.h"

#include <string>
#include <string_view>

namespace guildhall::services {

std::string make_token(protocol::UserId user, protocol::UnixMs now_ms, base::Rng& rng);
protocol::TokenHash hash_token(std::string_view token_key, std::string_view token);

/// `bytes` random characters of 0-9A-Za-z: codes, session ids. About 5.95 bits each.
std::string random_code(base::Rng& rng, std::size_t length);

/// What an Authorization header or an IDENTIFY says, with its scheme taken off.
struct Credentials {
    enum class Scheme { bare, bot, bearer };
    Scheme scheme = Scheme::bare;
    std::string_view token;
};
Credentials parse_credentials(std::string_view text);

}  // namespace guildhall::services
