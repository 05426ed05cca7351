#pragma once
// Guilds, channels, roles, emojis as a node tells of them. Plain values; any thread.

#include "client-qml/core/base/json.h"
#include "client-qml/core/data/user.h"

#include <optional>
#include <vector>

namespace guildhall::client {

struct Role {
    Snowflake id = 0;
    QString name;
    int color = 0;  // 0xRRGGBB; 0: none
    bool hoist = false, managed = false, mentionable = false;
    int position = 0;
    quint64 permissions = 0;
};

struct Overwrite {
    Snowflake id = 0;  // of a role or a member
    bool is_member = false;
    quint64 allow = 0, deny = 0;
};

enum class ChannelType {
    text = 0,
    direct = 1,
    voice = 2,
    group = 3,
    category = 4,
    announcement = 5,
    announcement_thread = 10,
    public_thread = 11,
    private_thread = 12,
    stage = 13,
    forum = 15,
    media = 16,
};

struct Channel {
    Snowflake id = 0;
    Snowflake guild = 0;  // 0: a direct message
    ChannelType type = ChannelType::text;
    Snowflake parent = 0;
    int position = 0;
    QString name, topic;
    Snowflake last_message = 0;
    int slow_mode_s = 0;
    bool nsfw = false;
    std::vector<Overwrite> overwrites;
    std::vector<User> recipients;

    bool is_text() const;  // has a timeline
    bool is_thread() const;
    bool is_voice() const { return type == ChannelType::voice || type == ChannelType::stage; }
};

struct Emoji {
    Snowflake id = 0;  // 0: of Unicode
    QString name;
    bool animated = false;
    bool available = true;

    /// How a message names one of a guild: "<:anchor:123>".
    QString code() const;
};

struct Guild {
    Snowflake id = 0;
    QString name, icon, description, banner;
    Snowflake owner = 0;
    Snowflake system_channel = 0;
    int member_count = 0;
    int default_notifications = 0;  // 0 all messages, 1 mentions only
    int verification_level = 0;
    QString locale;
    std::vector<Role> roles;
    std::vector<Channel> channels;
    std::vector<Emoji> emojis;
    bool unavailable = false;

    const Role* role(Snowflake id) const;
    const Channel* channel(Snowflake id) const;
};

/// What one guild may bring at most: far above what a node allows (500 channels, 250 roles).
inline constexpr qsizetype kChannelsMax = 2'000, kRolesMax = 1'000, kEmojisMax = 2'000,
                           kOverwritesMax = 1'000;

std::optional<Role> parse_role(const QJsonObject& object);
std::optional<Channel> parse_channel(const QJsonObject& object, Snowflake guild);
std::optional<Emoji> parse_emoji(const QJsonObject& object);
/// Both shapes: fields at the top, or below `properties` (capability 10).
std::optional<Guild> parse_guild(const QJsonObject& object);

}  // namespace guildhall::client
