#include "node/services/present/channel.h"

#include "protocol/enums.h"

namespace guildhall::services {

using protocol::Channel;
using protocol::ChannelType;
using protocol::JsonWriter;
using protocol::Overwrite;
using protocol::Permissions;

namespace {

void write_overwrites(JsonWriter& w, const Channel& channel) {
    w.begin_array("permission_overwrites");
    for (const Overwrite& o : channel.overwrites) {
        w.begin_object()
            .id("id", o.id)
            .number("type", static_cast<int>(o.type))
            .permissions("allow", Permissions(o.allow))
            .permissions("deny", Permissions(o.deny))
            .end_object();
    }
    w.end_array();
}

void write_voice(JsonWriter& w, const Channel& channel) {
    w.number("bitrate", channel.bitrate)
        .number("user_limit", channel.userLimit)
        .string_or_null("rtc_region", channel.rtcRegion);
    if (channel.videoQualityMode != 0) w.number("video_quality_mode", channel.videoQualityMode);
}

/// What channels that hold threads add.
void write_thread_defaults(JsonWriter& w, const Channel& channel) {
    if (channel.autoArchiveMinutes != 0)
        w.number("default_auto_archive_duration", channel.autoArchiveMinutes);
    if (channel.threadRateLimit != 0)
        w.number("default_thread_rate_limit_per_user", channel.threadRateLimit);
}

}  // namespace

void write_channel(JsonWriter& w,
                   const Channel& channel,
                   protocol::GuildId guild,
                   protocol::MessageId last_message) {
    w.begin_object().id("id", channel.id).number("type", static_cast<int>(channel.type));
    if (guild) w.id("guild_id", guild);
    w.string("name", channel.name)
        .number("position", channel.position)
        .number("flags", channel.flags)
        .id_or_null("parent_id", channel.parentId);
    write_overwrites(w, channel);
    const bool category = channel.type == ChannelType::category;
    if (!category) {
        w.boolean("nsfw", channel.nsfw)
            .number("rate_limit_per_user", channel.rateLimitPerUser)
            .id_or_null("last_message_id", last_message);
    }
    if (!category && channel.type != ChannelType::voice) w.string_or_null("topic", channel.topic);
    if (is_voice(channel.type)) {
        write_voice(w, channel);
    } else if (!category) {
        write_thread_defaults(w, channel);
    }
    if (is_forum(channel.type)) {
        w.begin_array("available_tags")
            .end_array()
            .null("default_reaction_emoji")
            .null("default_sort_order")
            .number("default_forum_layout", 0);
    }
    w.end_object();
}

}  // namespace guildhall::services
