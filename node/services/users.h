#pragma once
// Users: one's own account and looking at others. One per shard; runs on its shard.

#include "node/services/accounts.h"

#include <optional>
#include <string>

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

    /// Changes a user as the row has it now; runs on the store's thread, so it owns what it uses.
    /// An error refuses the change.
    using Edit = protocol::UniqueFunction<Status(protocol::User&)>;
    /// The one way to change a profile: reads the row, edits it and writes it under its next
    /// version in one transaction, so that of two changes at once neither undoes the other; then
    /// tells the user's sessions and everybody who shares a guild. The caller has the right to.
    Task<Result<protocol::SharedUser>> change(protocol::UserId id, Edit edit);

    /// The images of a request, kept under their hashes: absent where it says nothing of them,
    /// empty where it takes them away.
    struct Images {
        std::optional<std::string> avatar, banner;

        void apply_to(protocol::User& user) const;
    };
    using ImageField = protocol::Field<protocol::api::ImageUri>;
    Task<Result<Images>> keep_images(protocol::UserId owner,
                                     const ImageField& avatar,
                                     const ImageField& banner);

  private:
    struct NewPassword;

    Task<Result<std::string>> check_secrets(const Actor& actor,
                                            const protocol::api::UserPatch& request,
                                            const Accounts::Client& client);
    Task<Result<Edit>> edit_of(const Actor& actor,
                               protocol::api::UserPatch request,
                               bool may_rename);

    Context& ctx_;
    Accounts& accounts_;
};

}  // namespace guildhall::services
