#pragma once
// Users, their sessions and applications as the node holds them in memory: what one home node knows
// of its own accounts, and of others by their signed profiles, outside any guild's log. Secrets
// (password and token material) are not here. Plain values; any thread. Shared between shards by
// shared_ptr, as the last reader may be any.

#include "protocol/ids.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::protocol {

struct User {
    UserId id;
    /// BLAKE2b-256 of the user's genesis, 32 bytes.
    std::string uid;
    std::string username;
    std::string global_name, avatar, banner, bio, locale = "en-US";
    /// -1: none.
    std::int32_t accent_color = -1;
    std::uint64_t flags = 0;
    bool bot = false;
    /// Own account only; never shown to others.
    std::string email;
    bool verified = true;
    /// Deleted accounts keep their id; their profile is blank.
    bool deleted = false;
    /// Raised at every change; newest wins.
    std::uint64_t version = 1;
    /// The node that the account lives on, 32 bytes; empty: this one. Who lives elsewhere never
    /// logs in here; the name is alice@node then.
    std::string home_uid;

    friend bool operator==(const User&, const User&) = default;
};
using SharedUser = std::shared_ptr<const User>;

/// HMAC-SHA256 of a token under the node's token key: what is stored and compared.
using TokenHash = std::array<std::uint8_t, 32>;

enum class SessionKind : std::uint8_t { user = 0, bot = 1, classic = 2 };

/// One login of a user, or the token of a bot.
struct AuthSession {
    /// Names the session to its owner; not a secret.
    std::string id;
    UserId user;
    SessionKind kind = SessionKind::user;
    UnixMs created_ms = 0;
    /// 0: does not expire.
    UnixMs expires_ms = 0;
    std::string client_os, client_name;

    friend bool operator==(const AuthSession&, const AuthSession&) = default;
};

/// An application and its bot, which have one id.
struct Application {
    ApplicationId id;
    UserId owner;
    std::string name, description, icon, cover_image;
    std::vector<std::string> tags;
    std::uint64_t flags = 0;
    bool bot_public = true, bot_require_code_grant = false, has_bot = true;
    /// Ed25519 key that signs interactions sent over HTTP, hex; shown to the owner.
    std::string verify_key;
    std::string interactions_url, terms_url, privacy_url, install_url, role_connections_url;
    std::vector<std::string> redirect_uris;

    UserId bot_id() const { return id_cast<UserId>(id); }
    friend bool operator==(const Application&, const Application&) = default;
};
using SharedApplication = std::shared_ptr<const Application>;

}  // namespace guildhall::protocol
