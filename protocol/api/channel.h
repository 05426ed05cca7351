#pragma once
// Requests about guild channels and their overwrites. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/enums.h"
#include "protocol/permissions.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <vector>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// An overwrite within a channel request. Without `type` it is a role's.
struct OverwriteInput {
    Snowflake id;
    std::optional<OverwriteType> type;
    std::optional<Permissions> allow;
    std::optional<Permissions> deny;
};
BOOST_DESCRIBE_STRUCT(OverwriteInput, (), (id, type, allow, deny))
using OverwriteInputs = List<OverwriteInput, limits::kOverwritesMax>;

/// Body of PUT /channels/{channel}/permissions/{id}.
struct OverwritePut {
    std::optional<OverwriteType> type;
    std::optional<Permissions> allow;
    std::optional<Permissions> deny;
};
BOOST_DESCRIBE_STRUCT(OverwritePut, (), (type, allow, deny))

Overwrite to_overwrite(const OverwriteInput& input);
Overwrite to_overwrite(Snowflake id, const OverwritePut& input);
/// All of them; the last of equal ids wins.
std::vector<Overwrite> to_overwrites(const OverwriteInputs& inputs);

/// POST /guilds/{guild}/channels.
struct ChannelCreate {
    Name<1, limits::kChannelNameMax> name;
    std::optional<ChannelType> type;
    std::optional<Text<0, limits::kForumTopicMax>> topic;
    std::optional<Position> position;
    std::optional<ChannelId> parent_id;
    std::optional<bool> nsfw;
    std::optional<SlowModeSeconds> rate_limit_per_user;
    std::optional<OverwriteInputs> permission_overwrites;
    std::optional<Int<limits::kBitrateMin, limits::kBitrateMax>> bitrate;
    std::optional<Int<0, limits::kStageUserLimitMax>> user_limit;
    std::optional<Text<0, 64>> rtc_region;
    std::optional<VideoQuality> video_quality_mode;
    std::optional<Int<60, 10'080>> default_auto_archive_duration;
    std::optional<SlowModeSeconds> default_thread_rate_limit_per_user;
};
BOOST_DESCRIBE_STRUCT(ChannelCreate,
                      (),
                      (name,
                       type,
                       topic,
                       position,
                       parent_id,
                       nsfw,
                       rate_limit_per_user,
                       permission_overwrites,
                       bitrate,
                       user_limit,
                       rtc_region,
                       video_quality_mode,
                       default_auto_archive_duration,
                       default_thread_rate_limit_per_user))
/// Also brings the name into the form its type wants (content.h).
void validate(ChannelCreate& request, FormErrors& errors);

/// PATCH /channels/{channel}. The name is normalised by the service, which knows the type.
struct ChannelPatch {
    std::optional<Name<1, limits::kChannelNameMax>> name;
    std::optional<ChannelType> type;
    Field<Text<0, limits::kForumTopicMax>> topic;
    Field<Position> position;
    Field<ChannelId> parent_id;
    Field<bool> nsfw;
    Field<SlowModeSeconds> rate_limit_per_user;
    Field<OverwriteInputs> permission_overwrites;
    Field<Int<limits::kBitrateMin, limits::kBitrateMax>> bitrate;
    Field<Int<0, limits::kStageUserLimitMax>> user_limit;
    Field<Text<0, 64>> rtc_region;
    Field<VideoQuality> video_quality_mode;
    Field<Int<60, 10'080>> default_auto_archive_duration;
    std::optional<SlowModeSeconds> default_thread_rate_limit_per_user;
    std::optional<Int53> flags;
};
BOOST_DESCRIBE_STRUCT(ChannelPatch,
                      (),
                      (name,
                       type,
                       topic,
                       position,
                       parent_id,
                       nsfw,
                       rate_limit_per_user,
                       permission_overwrites,
                       bitrate,
                       user_limit,
                       rtc_region,
                       video_quality_mode,
                       default_auto_archive_duration,
                       default_thread_rate_limit_per_user,
                       flags))
void validate(ChannelPatch& request, FormErrors& errors);

/// One item of PATCH /guilds/{guild}/channels.
struct ChannelPosition {
    ChannelId id;
    std::optional<Position> position;
    Field<ChannelId> parent_id;
    std::optional<bool> lock_permissions;
};
BOOST_DESCRIBE_STRUCT(ChannelPosition, (), (id, position, parent_id, lock_permissions))
using ChannelPositions = List<ChannelPosition, limits::kChannelsMax>;

}  // namespace guildhall::protocol::api
