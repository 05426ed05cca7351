#pragma once
// Requests about guilds themselves. Plain values; any thread.

#include "protocol/api/channel.h"
#include "protocol/api/common.h"
#include "protocol/api/role.h"
#include "protocol/enums.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace guildhall::protocol::api {

/// A role of a new guild: `id` is a placeholder that overwrites of the same request name it by. The
/// first one is @everyone.
struct GuildCreateRole : RoleCreate {
    std::optional<Snowflake> id;
};
BOOST_DESCRIBE_STRUCT(GuildCreateRole, (RoleCreate), (id))

/// A channel of a new guild: `id` is a placeholder that `parent_id`s of the same request name it
/// by.
struct GuildCreateChannel : ChannelCreate {
    std::optional<Snowflake> id;
};
BOOST_DESCRIBE_STRUCT(GuildCreateChannel, (ChannelCreate), (id))

using GuildName = Name<limits::kGuildNameMin, limits::kGuildNameMax>;
using LocaleText = Text<2, 16>;

/// POST /guilds.
struct GuildCreate {
    GuildName name;
    std::optional<ImageUri> icon;
    std::optional<VerificationLevel> verification_level;
    std::optional<NotificationLevel> default_message_notifications;
    std::optional<ContentFilter> explicit_content_filter;
    std::optional<List<GuildCreateRole, limits::kRolesMax>> roles;
    std::optional<List<GuildCreateChannel, limits::kChannelsMax>> channels;
    std::optional<Snowflake> afk_channel_id;
    std::optional<Int<60, 3600>> afk_timeout;
    std::optional<Snowflake> system_channel_id;
    std::optional<Int53> system_channel_flags;
    std::optional<LocaleText> preferred_locale;
};
BOOST_DESCRIBE_STRUCT(GuildCreate,
                      (),
                      (name,
                       icon,
                       verification_level,
                       default_message_notifications,
                       explicit_content_filter,
                       roles,
                       channels,
                       afk_channel_id,
                       afk_timeout,
                       system_channel_id,
                       system_channel_flags,
                       preferred_locale))

/// PATCH /guilds/{guild}.
struct GuildPatch {
    std::optional<GuildName> name;
    Field<Text<0, limits::kGuildDescriptionMax>> description;
    Field<ImageUri> icon;
    Field<ImageUri> splash;
    Field<ImageUri> banner;
    Field<VerificationLevel> verification_level;
    Field<NotificationLevel> default_message_notifications;
    Field<ContentFilter> explicit_content_filter;
    Field<ChannelId> afk_channel_id;
    std::optional<Int<60, 3600>> afk_timeout;
    Field<ChannelId> system_channel_id;
    std::optional<Int53> system_channel_flags;
    Field<ChannelId> rules_channel_id;
    Field<ChannelId> public_updates_channel_id;
    Field<LocaleText> preferred_locale;
    std::optional<UserId> owner_id;
    std::optional<List<Text<1, 64>, 100>> features;
    std::optional<bool> premium_progress_bar_enabled;
};
BOOST_DESCRIBE_STRUCT(GuildPatch,
                      (),
                      (name,
                       description,
                       icon,
                       splash,
                       banner,
                       verification_level,
                       default_message_notifications,
                       explicit_content_filter,
                       afk_channel_id,
                       afk_timeout,
                       system_channel_id,
                       system_channel_flags,
                       rules_channel_id,
                       public_updates_channel_id,
                       preferred_locale,
                       owner_id,
                       features,
                       premium_progress_bar_enabled))

}  // namespace guildhall::protocol::api
