#include "node/store/tables/users.h"

#include "protocol/errors.h"
#include "protocol/json/codec.h"

#include <boost/describe/class.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace guildhall::store::users {
namespace {

using protocol::User;
using protocol::UserId;

/// The part of a user that is kept as JSON: what is only ever shown.
struct Profile {
    std::string global_name, avatar, banner, bio, locale;
    std::int64_t accent_color = -1;
    std::uint64_t flags = 0;
    bool verified = true;
};
BOOST_DESCRIBE_STRUCT(Profile,
                      (),
                      (global_name, avatar, banner, bio, locale, accent_color, flags, verified))

std::string profile_json(const User& u) {
    const Profile profile{
        u.global_name, u.avatar, u.banner, u.bio, u.locale, u.accent_color, u.flags, u.verified};
    return boost::json::serialize(protocol::encode(profile));
}

/// Columns: id, uid, username, email, bot, deleted, version, profile, home_uid.
Result<User> user_of(const Row& row) {
    User u;
    u.id = row.id<UserId>(0);
    u.uid = row.blob(1);
    u.username = row.text(2);
    u.email = row.text(3);
    u.bot = row.boolean(4);
    u.deleted = row.boolean(5);
    u.version = static_cast<std::uint64_t>(row.int64(6));
    u.home_uid = row.blob(8);
    TRY(Profile p, protocol::decode_text<Profile>(row.text(7)));
    u.global_name = std::move(p.global_name);
    u.avatar = std::move(p.avatar);
    u.banner = std::move(p.banner);
    u.bio = std::move(p.bio);
    u.locale = std::move(p.locale);
    u.accent_color = static_cast<std::int32_t>(p.accent_color);
    u.flags = p.flags;
    u.verified = p.verified;
    return u;
}

/// Columns: token, id, user_id, kind, created_ms, expires_ms, client_os, client_name.
StoredSession session_of(const Row& row) {
    StoredSession out;
    const std::string_view token = row.blob(0);
    std::copy_n(token.begin(), std::min(token.size(), out.token.size()), out.token.begin());
    out.session.id = row.text(1);
    out.session.user = row.id<UserId>(2);
    out.session.kind = static_cast<protocol::SessionKind>(row.int64(3));
    out.session.created_ms = row.int64(4);
    out.session.expires_ms = row.int64(5);
    out.session.client_os = row.text(6);
    out.session.client_name = row.text(7);
    return out;
}

}  // namespace

Status check_free(Tx& tx, UserId self, std::string_view username, std::string_view email) {
    const auto taken = [](const Row&) { return true; };
    TRY(auto by_name,
        tx.first("SELECT 1 FROM users WHERE username = $1 AND id <> $2", taken, username, self));
    if (by_name) {
        return protocol::make_field_error(
            "username", "USERNAME_ALREADY_TAKEN", "Username is unavailable. Try another one.");
    }
    if (email.empty()) return {};
    TRY(auto by_email,
        tx.first("SELECT 1 FROM users WHERE email = $1 AND id <> $2", taken, email, self));
    if (by_email) {
        return protocol::make_field_error(
            "email", "EMAIL_ALREADY_REGISTERED", "Email is already registered.");
    }
    return {};
}

Status put(Tx& tx, const User& u) {
    const Value email = u.email.empty() ? Value(nullptr) : Value(std::string_view(u.email));
    const std::string profile = profile_json(u);
    return tx.run(
        "INSERT INTO users (id, uid, username, email, password_hash, bot, deleted, version,"
        " profile, home_uid)"
        " VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET"
        " uid = CASE WHEN LENGTH(users.uid) = 0 THEN $2 ELSE users.uid END,"
        " username = $3, email = $4, deleted = $6, version = $7, profile = $8, home_uid = $9",
        u.id,
        Blob(u.uid),
        u.username,
        email,
        u.bot,
        u.deleted,
        u.version,
        profile,
        Blob(u.home_uid));
}

Result<std::optional<User>> find(Tx& tx, UserId id) {
    std::optional<Result<User>> found;
    TRY_VOID(tx.each(
        "SELECT id, uid, username, email, bot, deleted, version, profile, home_uid FROM users"
        " WHERE id = $1",
        [&](const Row& row) { found.emplace(user_of(row)); },
        id));
    if (!found) return std::optional<User>();
    TRY(User user, std::move(*found));
    return std::optional<User>(std::move(user));
}

Result<std::optional<User>> find_local(Tx& tx, std::string_view uid) {
    TRY(const auto id,
        tx.first(
            "SELECT id FROM users WHERE uid = $1 AND length(home_uid) = 0",
            [](const Row& row) { return row.id<UserId>(0); },
            Blob(uid)));
    if (!id) return std::optional<User>();
    return find(tx, *id);
}

Status set_password(Tx& tx, UserId id, std::string_view hash) {
    return tx.run("UPDATE users SET password_hash = $2 WHERE id = $1", id, hash);
}

Result<std::string> password_hash(Tx& tx, UserId id) {
    TRY(auto hash,
        tx.first(
            "SELECT password_hash FROM users WHERE id = $1",
            [](const Row& row) { return std::string(row.text(0)); },
            id));
    return hash.value_or(std::string());
}

Result<std::optional<Login>> find_login(Tx& tx, std::string_view name_or_email) {
    return tx.first(
        "SELECT id, password_hash FROM users"
        " WHERE (username = $1 OR email = $1) AND bot = 0 AND deleted = 0"
        " AND length(home_uid) = 0",
        [](const Row& row) { return Login{row.id<UserId>(0), std::string(row.text(1))}; },
        name_or_email);
}

Status claim_id(Tx& tx, protocol::Snowflake id, std::string_view uid, std::string_view genesis) {
    TRY(auto holder,
        tx.first(
            "SELECT uid FROM id_claims WHERE id = $1",
            [](const Row& row) { return std::string(row.blob(0)); },
            id));
    if (holder) {
        if (*holder != uid) return protocol::make_http_error(409);
        if (genesis.empty()) return {};
        // Known by a profile alone until now.
        return tx.run("UPDATE id_claims SET genesis = $2 WHERE id = $1 AND LENGTH(genesis) = 0",
                      id,
                      Blob(genesis));
    }
    return tx.run("INSERT INTO id_claims (id, uid, genesis) VALUES ($1, $2, $3)",
                  id,
                  Blob(uid),
                  Blob(genesis));
}

Result<std::optional<std::string>> find_claim(Tx& tx,
                                              protocol::Snowflake id,
                                              std::string_view uid) {
    return tx.first(
        "SELECT genesis FROM id_claims WHERE id = $1 AND uid = $2",
        [](const Row& row) { return std::string(row.blob(0)); },
        id,
        Blob(uid));
}

Status put_session(Tx& tx, const protocol::TokenHash& token, const protocol::AuthSession& s) {
    return tx.run(
        "INSERT INTO sessions (token, id, user_id, kind, created_ms, expires_ms, client_os,"
        " client_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        token,
        s.id,
        s.user,
        s.kind,
        s.created_ms,
        s.expires_ms,
        s.client_os,
        s.client_name);
}

Status delete_session(Tx& tx, const protocol::TokenHash& token) {
    return tx.run("DELETE FROM sessions WHERE token = $1", token);
}

Result<std::vector<StoredSession>> sessions_of(Tx& tx, UserId user) {
    std::vector<StoredSession> out;
    TRY_VOID(tx.each(
        "SELECT token, id, user_id, kind, created_ms, expires_ms, client_os, client_name"
        " FROM sessions WHERE user_id = $1 ORDER BY created_ms, id",
        [&](const Row& row) { out.push_back(session_of(row)); },
        user));
    return out;
}

Result<std::vector<User>> load_all(Tx& tx) {
    std::vector<User> out;
    Status bad;
    TRY_VOID(tx.each(
        "SELECT id, uid, username, email, bot, deleted, version, profile, home_uid FROM users",
        [&](const Row& row) {
            auto user = user_of(row);
            if (user)
                out.push_back(std::move(*user));
            else
                bad = user.error();
            return bad.has_value();
        }));
    if (!bad) return bad.error();
    return out;
}

Result<std::vector<StoredSession>> load_sessions(Tx& tx, protocol::UnixMs now_ms) {
    std::vector<StoredSession> out;
    TRY_VOID(tx.each(
        "SELECT token, id, user_id, kind, created_ms, expires_ms, client_os, client_name"
        " FROM sessions WHERE expires_ms = 0 OR expires_ms > $1",
        [&](const Row& row) { out.push_back(session_of(row)); },
        now_ms));
    return out;
}

}  // namespace guildhall::store::users
