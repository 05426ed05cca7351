#pragma once
// Accounts of this node: users, their sessions, claimed ids. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/account.h"

#include <optional>
#include <string>
#include <vector>

namespace guildhall::store::users {

/// USERNAME_ALREADY_TAKEN or EMAIL_ALREADY_REGISTERED as a field error where the name or address is
/// another's.
Status check_free(Tx& tx, protocol::UserId self, std::string_view username, std::string_view email);
/// A uid stays what it was, once it is known.
Status put(Tx& tx, const protocol::User& user);
Result<std::optional<protocol::User>> find(Tx& tx, protocol::UserId id);
/// Of this node's own users.
Result<std::optional<protocol::User>> find_local(Tx& tx, std::string_view uid);
Status set_password(Tx& tx, protocol::UserId id, std::string_view password_hash);
Result<std::string> password_hash(Tx& tx, protocol::UserId id);

struct Login {
    protocol::UserId id;
    std::string password_hash;
};
/// By username or e-mail address; bots and deleted accounts are not found.
Result<std::optional<Login>> find_login(Tx& tx, std::string_view name_or_email);

/// The first sight of a globally unique id; 409 when another genesis holds it.
Status claim_id(Tx& tx, protocol::Snowflake id, std::string_view uid, std::string_view genesis);
/// The genesis (signature ‖ bytes) of who claimed an id with this uid.
Result<std::optional<std::string>> find_claim(Tx& tx, protocol::Snowflake id, std::string_view uid);

Status put_session(Tx& tx, const protocol::TokenHash& token, const protocol::AuthSession& session);
Status delete_session(Tx& tx, const protocol::TokenHash& token);
/// The sessions of a user, oldest first.
struct StoredSession {
    protocol::TokenHash token;
    protocol::AuthSession session;
};
Result<std::vector<StoredSession>> sessions_of(Tx& tx, protocol::UserId user);

Result<std::vector<protocol::User>> load_all(Tx& tx);
/// Those that have not ended by `now_ms`.
Result<std::vector<StoredSession>> load_sessions(Tx& tx, protocol::UnixMs now_ms);

}  // namespace guildhall::store::users
