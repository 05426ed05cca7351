#include "node/services/channel_rules.h"

#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <map>

namespace guildhall::services {

namespace limits = protocol::limits;
namespace permissions = protocol::permissions;
using protocol::Channel;
using protocol::ChannelType;
using protocol::make_error;
using protocol::make_field_error;
using protocol::Overwrite;
using protocol::Status;

namespace {

constexpr std::uint32_t kDefaultBitrate = 64'000;

/// Clients list text-like channels, voice channels and categories apart from each other.
int listing(ChannelType type) {
    if (type == ChannelType::category) return 2;
    return is_voice(type) ? 1 : 0;
}

template <class Optional>
std::uint32_t number(const Optional& value, std::uint32_t otherwise = 0) {
    return value ? static_cast<std::uint32_t>(static_cast<std::int64_t>(*value)) : otherwise;
}

/// Bits that differ between two sets of overwrites, of all targets together.
Permissions changed_bits(const std::vector<Overwrite>& before,
                         const std::vector<Overwrite>& after) {
    std::map<protocol::Snowflake, std::pair<Overwrite, Overwrite>> pairs;
    for (const Overwrite& o : before) pairs[o.id].first = o;
    for (const Overwrite& o : after) pairs[o.id].second = o;
    std::uint64_t changed = 0;
    for (const auto& [id, pair] : pairs) {
        changed |= pair.first.allow ^ pair.second.allow;
        changed |= pair.first.deny ^ pair.second.deny;
    }
    return Permissions(changed);
}

}  // namespace

Channel new_channel(ChannelId id, const protocol::api::ChannelCreate& request) {
    Channel c;
    c.id = id;
    c.type = request.type.value_or(ChannelType::text);
    c.name = request.name;
    c.parentId = request.parent_id.value_or(ChannelId{});
    if (request.position) c.position = static_cast<std::int32_t>(request.position->value);
    if (request.permission_overwrites) {
        c.overwrites = protocol::api::to_overwrites(*request.permission_overwrites);
        sort_overwrites(c.overwrites);
    }
    if (c.type == ChannelType::category) return c;
    c.topic = request.topic.value_or(std::string());
    c.nsfw = request.nsfw.value_or(false);
    c.rateLimitPerUser = number(request.rate_limit_per_user);
    if (is_voice(c.type)) {
        c.bitrate = number(request.bitrate, kDefaultBitrate);
        c.userLimit = number(request.user_limit);
        c.rtcRegion = request.rtc_region.value_or(std::string());
        if (request.video_quality_mode)
            c.videoQualityMode = static_cast<std::uint8_t>(*request.video_quality_mode);
    } else {
        c.autoArchiveMinutes = number(request.default_auto_archive_duration);
        c.threadRateLimit = number(request.default_thread_rate_limit_per_user);
    }
    return c;
}

Status check_channel(const Channel& channel) {
    if (!is_forum(channel.type) && !protocol::fits(channel.topic, limits::kTopicMax))
        return make_field_error(
            "topic", "BASE_TYPE_MAX_LENGTH", "Must be 1024 or fewer in length.");
    if (channel.type == ChannelType::voice && channel.userLimit > limits::kUserLimitMax)
        return make_field_error(
            "user_limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 99.");
    return {};
}

Status check_parent(const GuildState& guild, const Channel& channel, ChannelId parent) {
    if (!parent) return {};
    const Channel* category = guild.channels.find(parent);
    if (!category)
        return make_field_error("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist");
    if (category->type != ChannelType::category || channel.type == ChannelType::category)
        return make_field_error(
            "parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category, or no channel for one");
    std::size_t children = 0;
    guild.channels.for_each([&](ChannelId id, const Channel& c) {
        if (c.parentId == parent && id != channel.id) ++children;
    });
    if (children >= limits::kChannelsPerCategoryMax)
        return make_field_error("parent_id",
                                "CHANNEL_PARENT_MAX_CHANNELS",
                                "Maximum number of channels in category reached (50)");
    return {};
}

std::int32_t next_position(const GuildState& guild, ChannelType type) {
    std::int32_t next = 0;
    guild.channels.for_each([&](ChannelId, const Channel& c) {
        if (listing(c.type) == listing(type)) next = std::max(next, c.position + 1);
    });
    return std::min(next, static_cast<std::int32_t>(limits::kPositionMax));
}

void sort_overwrites(std::vector<Overwrite>& overwrites) {
    std::ranges::sort(overwrites, {}, &Overwrite::id);
}

bool may_change_overwrites(Permissions guild,
                           Permissions channel,
                           const std::vector<Overwrite>& before,
                           const std::vector<Overwrite>& after) {
    const Permissions grantable = guild | (channel & ~permissions::kManageRoles);
    return protocol::may_grant(grantable, changed_bits(before, after));
}

Status check_overwrites(const GuildState& guild, const std::vector<Overwrite>& overwrites) {
    if (overwrites.size() > limits::kOverwritesMax)
        return make_error(protocol::kMaximumNumberOfChannelPermissionOverwritesReached);
    for (const Overwrite& o : overwrites) {
        const bool known = o.type == protocol::OverwriteType::role
                               ? guild.roles.find(RoleId(o.id.value)) != nullptr
                               : guild.members.find(UserId(o.id.value)) != nullptr;
        if (!known) return make_error(protocol::kUnknownPermissionOverwrite);
    }
    return {};
}

}  // namespace guildhall::services
