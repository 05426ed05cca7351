#include "client-qml/core/data/guild.h"

#include "client-qml/core/base/snowflake.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNameMax = 128, kTopicMax = 4'096, kHashMax = 64;
constexpr qsizetype kRecipientsMax = 100;

std::optional<Overwrite> parse_overwrite(const QJsonObject& object) {
    Overwrite overwrite;
    overwrite.id = id_of(object, "id"_L1);
    if (overwrite.id == 0) return std::nullopt;
    // A number in version 8 and later, a word before.
    overwrite.is_member =
        object["type"_L1].toInt() == 1 || object["type"_L1].toString() == "member"_L1;
    overwrite.allow = bits_of(object, "allow"_L1);
    overwrite.deny = bits_of(object, "deny"_L1);
    return overwrite;
}

template <class Item>
const Item* find(const std::vector<Item>& items, Snowflake id) {
    const auto at = std::ranges::find(items, id, &Item::id);
    return at == items.end() ? nullptr : &*at;
}

}  // namespace

bool Channel::is_text() const {
    return type != ChannelType::category && type != ChannelType::forum &&
           type != ChannelType::media;
}

bool Channel::is_thread() const {
    return type == ChannelType::announcement_thread || type == ChannelType::public_thread ||
           type == ChannelType::private_thread;
}

const Role* Guild::role(Snowflake wanted) const { return find(roles, wanted); }
const Channel* Guild::channel(Snowflake wanted) const { return find(channels, wanted); }

QString Emoji::code() const {
    return QStringLiteral("<%1:%2:%3>")
        .arg(animated ? QStringLiteral("a") : QString(), name, id_text(id));
}

std::optional<Role> parse_role(const QJsonObject& object) {
    Role role;
    role.id = id_of(object, "id"_L1);
    if (role.id == 0) return std::nullopt;
    role.name = text_of(object, "name"_L1, kNameMax);
    role.color = int(number_of(object, "color"_L1, 0, 0xFFFFFF));
    role.hoist = flag_of(object, "hoist"_L1);
    role.managed = flag_of(object, "managed"_L1);
    role.mentionable = flag_of(object, "mentionable"_L1);
    role.position = int(number_of(object, "position"_L1, 0, 100'000));
    role.permissions = bits_of(object, "permissions"_L1);
    return role;
}

std::optional<Channel> parse_channel(const QJsonObject& object, Snowflake guild) {
    Channel channel;
    channel.id = id_of(object, "id"_L1);
    if (channel.id == 0) return std::nullopt;
    channel.guild = guild != 0 ? guild : id_of(object, "guild_id"_L1);
    channel.type = ChannelType(number_of(object, "type"_L1, 0, 100));
    channel.parent = id_of(object, "parent_id"_L1);
    channel.position = int(number_of(object, "position"_L1, 0, 100'000));
    channel.name = text_of(object, "name"_L1, kNameMax);
    channel.topic = text_of(object, "topic"_L1, kTopicMax);
    channel.last_message = id_of(object, "last_message_id"_L1);
    channel.slow_mode_s = int(number_of(object, "rate_limit_per_user"_L1, 0, 21'600));
    channel.nsfw = flag_of(object, "nsfw"_L1);
    channel.overwrites =
        list_of(object, "permission_overwrites"_L1, kOverwritesMax, parse_overwrite);
    channel.recipients = list_of(object, "recipients"_L1, kRecipientsMax, parse_user);
    return channel;
}

std::optional<Emoji> parse_emoji(const QJsonObject& object) {
    Emoji emoji;
    emoji.id = id_of(object, "id"_L1);
    emoji.name = text_of(object, "name"_L1, 64);
    if (emoji.id == 0 && emoji.name.isEmpty()) return std::nullopt;
    emoji.animated = flag_of(object, "animated"_L1);
    emoji.available = flag_of(object, "available"_L1, true);
    return emoji;
}

std::optional<Guild> parse_guild(const QJsonObject& object) {
    const QJsonObject inner = object_of(object, "properties"_L1);
    const QJsonObject& top = inner.isEmpty() ? object : inner;
    Guild guild;
    guild.id = id_of(object, "id"_L1);
    if (guild.id == 0) return std::nullopt;
    guild.unavailable = flag_of(object, "unavailable"_L1);
    guild.name = text_of(top, "name"_L1, kNameMax);
    guild.icon = text_of(top, "icon"_L1, kHashMax);
    guild.description = text_of(top, "description"_L1, kTopicMax);
    guild.banner = text_of(top, "banner"_L1, kHashMax);
    guild.owner = id_of(top, "owner_id"_L1);
    guild.system_channel = id_of(top, "system_channel_id"_L1);
    guild.member_count = int(number_of(object, "member_count"_L1, 0, 100'000'000));
    guild.default_notifications = int(number_of(top, "default_message_notifications"_L1, 0, 1));
    guild.verification_level = int(number_of(top, "verification_level"_L1, 0, 4));
    guild.locale = text_of(top, "preferred_locale"_L1, 16);
    guild.roles = list_of(object, "roles"_L1, kRolesMax, parse_role);
    const auto channel_here = [&](const QJsonObject& one) { return parse_channel(one, guild.id); };
    guild.channels = list_of(object, "channels"_L1, kChannelsMax, channel_here);
    guild.emojis = list_of(object, "emojis"_L1, kEmojisMax, parse_emoji);
    return guild;
}

}  // namespace guildhall::client
