#include "node/services/accounts.h"

#include "federation/genesis.h"
#include "node/services/account_change.h"
#include "node/services/login_limits.h"
#include "node/services/password.h"
#include "node/services/tokens.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

#include <algorithm>
#include <optional>

namespace guildhall::services {
namespace {

namespace f = federation;
namespace users = store::users;
using protocol::User;
using protocol::UserId;

// Sessions of one user: far more than people have devices; older ones give way.
constexpr std::size_t kSessionsMax = 50;

Error invalid_login() {
    protocol::FormErrors errors;
    errors.add("login", "INVALID_LOGIN", "Login or password is invalid.");
    errors.add("password", "INVALID_LOGIN", "Login or password is invalid.");
    return errors.take();
}

Status end_session(store::Tx& tx,
                   const users::StoredSession& stored,
                   std::vector<journal::Notice>& told) {
    told.emplace_back(journal::SessionClosed{stored.token, stored.session.user});
    return users::delete_session(tx, stored.token);
}

}  // namespace

Result<NewUser> make_user(
    std::string username, bool bot, const f::Hash32& node_uid, base::Clock& clock, base::Rng& rng) {
    f::Seed seed, next;
    rng.fill(seed);
    rng.fill(next);
    const f::SecretKey key = f::SecretKey::from_seed(seed);
    f::UserGenesis genesis;
    genesis.created_ms = clock.unix_ms();
    rng.fill(genesis.nonce);
    genesis.signing_key = key.public_key();
    genesis.home_node_uid = node_uid;
    genesis.next_key_commit = f::key_commit(f::SecretKey::from_seed(next).public_key());
    const f::SignedGenesis signed_genesis = f::sign(f::Genesis(genesis), key);
    const f::Hash32 uid = f::uid_of(signed_genesis.bytes);
    const auto id = f::derived_id(uid, genesis.created_ms);
    if (!id) return protocol::make_http_error(503);

    User user;
    user.id = protocol::id_cast<UserId>(*id);
    user.uid = uid.text();
    user.username = std::move(username);
    user.bot = bot;
    // Both seeds are in the node's custody until the user takes them over.
    return NewUser{std::make_shared<const User>(std::move(user)),
                   f::encode(signed_genesis),
                   std::string(seed.text()) + std::string(next.text())};
}

Status Accounts::insert_user(store::Tx& tx, const NewUser& made) {
    const User& user = *made.user;
    TRY_VOID(users::check_free(tx, user.id, user.username, user.email));
    TRY_VOID(users::claim_id(tx, protocol::Snowflake(user.id.value), user.uid, made.genesis));
    TRY_VOID(store::secrets::put(tx, "user." + user.id.str(), made.key_seed));
    return users::put(tx, user);
}

Accounts::NewSession Accounts::make_session(UserId user,
                                            protocol::SessionKind kind,
                                            const Client& client) const {
    NewSession out;
    out.token = make_token(user, ctx_.clock.unix_ms(), ctx_.rng);
    out.opened.token = hash_token(ctx_.secrets.token_key, out.token);
    out.opened.session = {.id = random_code(ctx_.rng, 32),
                          .user = user,
                          .kind = kind,
                          .created_ms = ctx_.clock.unix_ms(),
                          .client_os = client.os,
                          .client_name = client.name};
    return out;
}

Task<Result<Accounts::Prepared>> Accounts::prepare(const protocol::api::Register& request,
                                                   bool invited,
                                                   const Client* client,
                                                   std::string* token) {
    const std::string& mode = ctx_.settings.registration;
    if (mode == "closed" || (mode == "invite" && !invited)) {
        co_return protocol::make_error(protocol::kMissingAccess,
                                       "Registration on this node is not open");
    }
    CO_TRY(auto hash, co_await hash_password(ctx_.hashers, request.password));
    CO_TRY(NewUser made, make_user(request.username, false));
    User user = *made.user;
    if (request.email) user.email = *request.email;
    if (request.global_name) user.global_name = *request.global_name;
    made.user = std::make_shared<const User>(std::move(user));

    Prepared out{made.user, {}};
    out.change.notices.emplace_back(journal::UserChanged{made.user});
    std::optional<journal::SessionOpened> opened;
    if (client) {
        NewSession session = make_session(made.user->id, protocol::SessionKind::user, *client);
        *token = std::move(session.token);
        opened = session.opened;
        out.change.notices.emplace_back(std::move(session.opened));
    }
    out.change.rows = [made, hash, opened](store::Tx& tx) -> Status {
        TRY_VOID(insert_user(tx, made));
        TRY_VOID(users::set_password(tx, made.user->id, hash));
        return opened ? users::put_session(tx, opened->token, opened->session) : Status();
    };
    co_return out;
}

Task<Result<Accounts::LoggedIn>> Accounts::register_user(const protocol::api::Register& request,
                                                         const Client& client,
                                                         bool invited) {
    std::string token;
    CO_TRY(Prepared made, co_await prepare(request, invited, &client, &token));
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(made.change)));
    co_return LoggedIn{made.user, std::move(token)};
}

Task<Result<protocol::SharedUser>> Accounts::create(const protocol::api::Register& request,
                                                    bool invited) {
    CO_TRY(Prepared made, co_await prepare(request, invited, nullptr, nullptr));
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(made.change)));
    co_return made.user;
}

Task<Result<Accounts::LoggedIn>> Accounts::login(const protocol::api::Login& request,
                                                 const Client& client) {
    CO_TRY(Verified in, co_await authenticate(request, client));
    NewSession session = make_session(in.user->id, protocol::SessionKind::user, client);
    std::string token = session.token;
    CO_TRY_VOID(co_await open_session(std::move(session), std::move(in.password_hash)));
    co_return LoggedIn{std::move(in.user), std::move(token)};
}

Task<Result<Accounts::Verified>> Accounts::authenticate(const protocol::api::Login& request,
                                                        const Client& client) {
    const double wait_s = ctx_.logins ? ctx_.logins->take(request.identifier(), client.address) : 0;
    if (wait_s > 0) co_return protocol::make_rate_limited(wait_s);
    auto find = [name = request.identifier()](store::Tx& tx) {
        return users::find_login(tx, name);
    };
    CO_TRY(auto found, co_await store::read(ctx_.db, std::move(find)));
    std::string stored = found ? found->password_hash : std::string();
    CO_TRY(auto check, co_await check_password(ctx_.hashers, std::move(stored), request.password));
    if (!found || !check.matches) co_return invalid_login();
    const protocol::SharedUser* user = ctx_.view.user(found->id);
    if (!user) co_return invalid_login();
    const protocol::SharedUser owner = *user;
    if (ctx_.logins) ctx_.logins->succeeded(request.identifier(), client.address);
    std::string verified = found->password_hash;
    if (check.outdated) {
        CO_TRY(auto hash, co_await hash_password(ctx_.hashers, request.password));
        journal::Change rehash;
        rehash.rows = [id = found->id, hash, verified](store::Tx& tx) -> Status {
            TRY(const std::string stands, users::password_hash(tx, id));
            if (stands != verified) return invalid_login();
            return users::set_password(tx, id, hash);
        };
        CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(rehash)));
        verified = hash;
    }
    co_return Verified{owner, std::move(verified)};
}

Task<Status> Accounts::open_session(NewSession session, std::string verified_hash) {
    const UserId user = session.opened.session.user;
    auto rows = [opened = std::move(session.opened), verified = std::move(verified_hash)](
                    store::Tx& tx, std::vector<journal::Notice>& told) -> Status {
        TRY(const std::string stands, users::password_hash(tx, opened.session.user));
        if (stands != verified) return invalid_login();
        TRY(const auto present, users::sessions_of(tx, opened.session.user));
        for (std::size_t i = 0; i + kSessionsMax <= present.size(); ++i)
            TRY_VOID(end_session(tx, present[i], told));
        told.emplace_back(opened);
        return users::put_session(tx, opened.token, opened.session);
    };
    co_return co_await change_account(ctx_, user, std::move(rows));
}

Task<Status> Accounts::logout(const Actor& actor) {
    std::vector<std::string> own{actor.session_id};
    co_return co_await revoke(actor, std::move(own));
}

Task<Result<std::vector<protocol::AuthSession>>> Accounts::sessions(const Actor& actor) {
    auto list = [id = actor.user](store::Tx& tx) { return users::sessions_of(tx, id); };
    CO_TRY(auto stored, co_await store::read(ctx_.db, std::move(list)));
    std::vector<protocol::AuthSession> out;
    for (auto& s : stored) out.push_back(std::move(s.session));
    co_return out;
}

Task<Status> Accounts::revoke(const Actor& actor, std::vector<std::string> session_ids) {
    auto rows = [user = actor.user, named = std::move(session_ids)](
                    store::Tx& tx, std::vector<journal::Notice>& told) -> Status {
        TRY(const auto present, users::sessions_of(tx, user));
        for (const auto& s : present) {
            if (std::find(named.begin(), named.end(), s.session.id) == named.end()) continue;
            TRY_VOID(end_session(tx, s, told));
        }
        return {};
    };
    co_return co_await change_account(ctx_, actor.user, std::move(rows));
}

Status Accounts::replace_sessions(store::Tx& tx,
                                  const journal::SessionOpened& opened,
                                  std::vector<journal::Notice>& told) {
    TRY(const auto present, users::sessions_of(tx, opened.session.user));
    for (const auto& old : present) TRY_VOID(end_session(tx, old, told));
    told.emplace_back(opened);
    return users::put_session(tx, opened.token, opened.session);
}

Task<Result<std::string>> Accounts::require_password(UserId user, std::string password) {
    auto find = [user](store::Tx& tx) { return users::password_hash(tx, user); };
    CO_TRY(auto hash, co_await store::read(ctx_.db, std::move(find)));
    CO_TRY(auto check, co_await check_password(ctx_.hashers, hash, std::move(password)));
    if (!check.matches) co_return wrong_password();
    co_return hash;
}

}  // namespace guildhall::services
