#pragma once
// Requests about members, bans and invites. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/ids.h"
#include "protocol/timestamp.h"

#include <boost/describe/class.hpp>

#include <optional>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// PATCH /guilds/{guild}/members/{user}, and .../@me of which only `nick` counts.
struct MemberPatch {
    Field<Name<0, limits::kNickMax>> nick;
    Field<List<RoleId, limits::kRolesMax>> roles;
    Field<bool> mute;
    Field<bool> deaf;
    Field<ChannelId> channel_id;
    Field<Timestamp> communication_disabled_until;
    Field<Int53> flags;
};
BOOST_DESCRIBE_STRUCT(MemberPatch,
                      (),
                      (nick, roles, mute, deaf, channel_id, communication_disabled_until, flags))

/// PUT /guilds/{guild}/bans/{user}.
struct BanCreate {
    std::optional<Int<0, limits::kBanDeleteSecondsMax>> delete_message_seconds;
    /// The older spelling of the same.
    std::optional<Int<0, limits::kBanDeleteDaysMax>> delete_message_days;
    /// Old clients put here what newer ones put into X-Audit-Log-Reason.
    std::optional<Text<0, limits::kAuditReasonMax>> reason;

    /// How far back the banned user's messages are deleted, in seconds.
    std::int64_t delete_seconds() const;
};
BOOST_DESCRIBE_STRUCT(BanCreate, (), (delete_message_seconds, delete_message_days, reason))

/// POST /guilds/{guild}/bulk-ban.
struct BulkBan {
    List<UserId, limits::kBulkBanMax, 1> user_ids;
    std::optional<Int<0, limits::kBanDeleteSecondsMax>> delete_message_seconds;
};
BOOST_DESCRIBE_STRUCT(BulkBan, (), (user_ids, delete_message_seconds))

/// POST /channels/{channel}/invites.
struct InviteCreate {
    std::optional<Int<0, limits::kInviteAgeSecondsMax>> max_age;
    std::optional<Int<0, limits::kInviteUsesMax>> max_uses;
    std::optional<bool> temporary;
    std::optional<bool> unique;
};
BOOST_DESCRIBE_STRUCT(InviteCreate, (), (max_age, max_uses, temporary, unique))

}  // namespace guildhall::protocol::api
