#pragma once
// Requests of /users/@me. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/ids.h"

#include <boost/describe/class.hpp>

#include <optional>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// PATCH /users/@me. Bots may only change what has no password about it.
struct UserPatch {
    std::optional<Name<limits::kUsernameMin, limits::kUsernameMax>> username;
    Field<Name<1, limits::kGlobalNameMax>> global_name;
    Field<ImageUri> avatar;
    Field<ImageUri> banner;
    Field<Text<0, limits::kBioMax>> bio;
    Field<Color> accent_color;
    std::optional<Name<1, limits::kEmailMax>> email;
    std::optional<Text<1, 1024>> password;
    std::optional<Text<limits::kPasswordMin, limits::kPasswordMax>> new_password;
};
BOOST_DESCRIBE_STRUCT(
    UserPatch,
    (),
    (username, global_name, avatar, banner, bio, accent_color, email, password, new_password))
void validate(UserPatch& request, FormErrors& errors);

/// POST /users/@me/channels: one recipient opens a DM, more a group.
struct DmCreate {
    std::optional<UserId> recipient_id;
    std::optional<List<UserId, limits::kGroupDmRecipientsMax>> recipients;
};
BOOST_DESCRIBE_STRUCT(DmCreate, (), (recipient_id, recipients))
void validate(DmCreate& request, FormErrors& errors);

}  // namespace guildhall::protocol::api
