#pragma once
// Accounts: registering, logging in and out, sessions that can be revoked, and the geneses from
// which user ids follow. One per shard; runs on its shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/auth.h"
#include "protocol/api/user.h"

#include <string>
#include <vector>

namespace guildhall::services {

/// An account that is made but not stored: with the genesis its id follows from, and its keys.
struct NewUser {
    protocol::SharedUser user;
    std::string genesis;
    std::string key_seed;
};
Result<NewUser> make_user(std::string username,
                          bool bot,
                          const federation::Hash32& node_uid,
                          base::Clock& clock,
                          base::Rng& rng);

class Accounts {
  public:
    explicit Accounts(Context& ctx) : ctx_(ctx) {}

    /// From what a client connects; shown in its owner's list of sessions.
    struct Client {
        std::string os, name, address;
    };
    struct LoggedIn {
        protocol::SharedUser user;
        std::string token;
    };

    /// `invited` says that the request carries an invite code that leads somewhere.
    Task<Result<LoggedIn>> register_user(const protocol::api::Register& request,
                                         const Client& client,
                                         bool invited);
    Task<Result<LoggedIn>> login(const protocol::api::Login& request, const Client& client);
    /// The two without a session, for who opens one of another kind with open_session().
    Task<Result<protocol::SharedUser>> create(const protocol::api::Register& request, bool invited);
    struct Verified {
        protocol::SharedUser user;
        /// What the password was held against: a session is only opened while it stands.
        std::string password_hash;
    };
    /// 429 where the account's password was guessed at too often.
    Task<Result<Verified>> authenticate(const protocol::api::Login& request, const Client& client);
    Task<Status> logout(const Actor& actor);

    /// The user's own logins, oldest first.
    Task<Result<std::vector<protocol::AuthSession>>> sessions(const Actor& actor);
    /// Ends those of the user's sessions that are named; unknown names are skipped.
    Task<Status> revoke(const Actor& actor, std::vector<std::string> session_ids);

    /// Makes the account of a bot, without password, under an id of its own genesis; the caller
    /// puts it in its own transaction with insert_user().
    Result<NewUser> make_user(std::string username, bool bot) const {
        return services::make_user(
            std::move(username), bot, ctx_.settings.node_uid, ctx_.clock, ctx_.rng);
    }
    static Status insert_user(store::Tx& tx, const NewUser& made);

    /// A new session in `tx`-to-be: the row to write and the notice that tells the shards.
    struct NewSession {
        std::string token;
        journal::SessionOpened opened;
    };
    NewSession make_session(protocol::UserId user,
                            protocol::SessionKind kind,
                            const Client& client) const;
    /// Stores the session and tells the shards; the user's oldest gives way where there are too
    /// many. Refused when the password has changed since it was verified.
    Task<Status> open_session(NewSession session, std::string verified_hash);

    /// Checks the password of the caller's account; 50035 on `password` when it is wrong. Answers
    /// with the hash that it was held against.
    Task<Result<std::string>> require_password(protocol::UserId user, std::string password);

    /// Puts `opened` in the place of all sessions of its user, inside the transaction of a new
    /// password or a new token; `told` gets what change_account() tells.
    static Status replace_sessions(store::Tx& tx,
                                   const journal::SessionOpened& opened,
                                   std::vector<journal::Notice>& told);

  private:
    /// An account as its rows will be, and the change that makes them.
    struct Prepared {
        protocol::SharedUser user;
        journal::Change change;
    };
    Task<Result<Prepared>> prepare(const protocol::api::Register& request,
                                   bool invited,
                                   const Client* client,
                                   std::string* token);

    Context& ctx_;
};

}  // namespace guildhall::services
