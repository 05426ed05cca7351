#pragma once
// Users: one's own account and looking at others. One per shard; runs on its shard.

#include "node/services/accounts.h"

namespace guildhall::services {

class Users {
  public:
    Users(Context& ctx, Accounts& accounts) : ctx_(ctx), accounts_(accounts) {}

    Result<protocol::SharedUser> get(protocol::UserId id) const;

    struct Patched {
        protocol::SharedUser user;
        /// A new token, when the password changed and all others were revoked.
        std::string token;
    };
    Task<Result<Patched>> patch(const Actor& actor,
                                protocol::api::UserPatch request,
                                const Accounts::Client& client);

    /// Stores a changed user under its next version and tells everybody. The caller has the right
    /// to.
    Task<Result<protocol::SharedUser>> save(protocol::User user);

  private:
    Task<Status> change_images(const protocol::api::UserPatch& request, protocol::User& user);
    Task<Status> check_secrets(const Actor& actor,
                               const protocol::api::UserPatch& request,
                               const protocol::User& user);

    Context& ctx_;
    Accounts& accounts_;
};

}  // namespace guildhall::services
