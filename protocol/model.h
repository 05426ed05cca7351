#pragma once
// The things a guild is made of, as plain structs: what events carry, projections store and memory
// holds. Each mirrors the struct of the same name in event.capnp, member for member; the comments
// there are the manual. An id of 0, a time of 0 and an empty text mean "none".
// Plain values; any thread.

#include "protocol/ids.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::protocol {

struct Guild {
    GuildId id;
    std::string uid;
    std::string name, icon, description;
    UserId ownerId;
    std::uint8_t verificationLevel = 0, defaultNotifications = 0, contentFilter = 0;
    ChannelId afkChannelId;
    std::uint32_t afkTimeout = 300;
    ChannelId systemChannelId;
    std::uint32_t systemChannelFlags = 0;
    ChannelId rulesChannelId, publicUpdatesChannelId;
    std::string preferredLocale = "en-US";
    std::vector<std::string> features;
    std::uint8_t nsfwLevel = 0, mfaLevel = 0;
    std::string banner, splash;
    bool progressBar = false;

    friend bool operator==(const Guild&, const Guild&) = default;
};
BOOST_DESCRIBE_STRUCT(Guild,
                      (),
                      (id,
                       uid,
                       name,
                       icon,
                       description,
                       ownerId,
                       verificationLevel,
                       defaultNotifications,
                       contentFilter,
                       afkChannelId,
                       afkTimeout,
                       systemChannelId,
                       systemChannelFlags,
                       rulesChannelId,
                       publicUpdatesChannelId,
                       preferredLocale,
                       features,
                       nsfwLevel,
                       mfaLevel,
                       banner,
                       splash,
                       progressBar))

struct Role {
    RoleId id;
    std::string name;
    std::uint32_t color = 0;
    bool hoist = false;
    std::string icon, unicodeEmoji;
    std::int32_t position = 0;
    std::uint64_t permissions = 0;
    bool managed = false, mentionable = false;
    std::uint32_t flags = 0;
    UserId botId;

    friend bool operator==(const Role&, const Role&) = default;
};
BOOST_DESCRIBE_STRUCT(Role,
                      (),
                      (id,
                       name,
                       color,
                       hoist,
                       icon,
                       unicodeEmoji,
                       position,
                       permissions,
                       managed,
                       mentionable,
                       flags,
                       botId))

enum class OverwriteType : std::uint8_t { role = 0, member = 1 };

struct Overwrite {
    Snowflake id;
    OverwriteType type = OverwriteType::role;
    std::uint64_t allow = 0, deny = 0;

    friend bool operator==(const Overwrite&, const Overwrite&) = default;
};
BOOST_DESCRIBE_STRUCT(Overwrite, (), (id, type, allow, deny))

enum class ChannelType : std::uint8_t {
    text = 0,
    dm = 1,
    voice = 2,
    group_dm = 3,
    category = 4,
    announcement = 5,
    announcement_thread = 10,
    public_thread = 11,
    private_thread = 12,
    stage = 13,
    directory = 14,
    forum = 15,
    media = 16
};

struct Channel {
    ChannelId id;
    ChannelType type = ChannelType::text;
    std::string name, topic;
    std::int32_t position = 0;
    ChannelId parentId;
    bool nsfw = false;
    std::uint32_t rateLimitPerUser = 0;
    std::vector<Overwrite> overwrites;
    std::uint32_t bitrate = 0, userLimit = 0;
    std::string rtcRegion;
    std::uint8_t videoQualityMode = 0;
    std::uint32_t autoArchiveMinutes = 0, flags = 0, threadRateLimit = 0;

    friend bool operator==(const Channel&, const Channel&) = default;
};
BOOST_DESCRIBE_STRUCT(Channel,
                      (),
                      (id,
                       type,
                       name,
                       topic,
                       position,
                       parentId,
                       nsfw,
                       rateLimitPerUser,
                       overwrites,
                       bitrate,
                       userLimit,
                       rtcRegion,
                       videoQualityMode,
                       autoArchiveMinutes,
                       flags,
                       threadRateLimit))

struct Member {
    UserId userId;
    std::string nick, avatar;
    std::vector<RoleId> roles;
    UnixMs joinedMs = 0, timeoutMs = 0;
    std::uint32_t flags = 0;
    bool deaf = false, mute = false, bot = false, temporary = false;
    std::string homeUid;

    friend bool operator==(const Member&, const Member&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Member,
    (),
    (userId, nick, avatar, roles, joinedMs, timeoutMs, flags, deaf, mute, bot, temporary, homeUid))

struct Invite {
    std::string code;
    ChannelId channelId;
    UserId inviterId;
    UnixMs createdMs = 0;
    std::uint32_t maxAge = 0, maxUses = 0;
    bool temporary = false;
    std::uint32_t uses = 0;

    /// When it ends by age, in Unix milliseconds; 0: never.
    UnixMs expires_ms() const { return maxAge == 0 ? 0 : createdMs + UnixMs{maxAge} * 1000; }

    friend bool operator==(const Invite&, const Invite&) = default;
};
BOOST_DESCRIBE_STRUCT(Invite,
                      (),
                      (code, channelId, inviterId, createdMs, maxAge, maxUses, temporary, uses))

struct Ban {
    UserId userId;
    std::string reason;
    UserId moderatorId;

    friend bool operator==(const Ban&, const Ban&) = default;
};
BOOST_DESCRIBE_STRUCT(Ban, (), (userId, reason, moderatorId))

struct Command {
    CommandId id;
    ApplicationId applicationId;
    Snowflake version;
    std::string json;

    friend bool operator==(const Command&, const Command&) = default;
};
BOOST_DESCRIBE_STRUCT(Command, (), (id, applicationId, version, json))

struct Hosting {
    std::string hostUid;
    std::uint64_t epoch = 0;
    std::string hostName;
    std::vector<std::string> endpoints, successors;
    std::uint8_t votes = 0;
    std::uint64_t delayMs = 0;
    std::string firstHostUid;
    std::vector<std::string> places = {};

    friend bool operator==(const Hosting&, const Hosting&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Hosting,
    (),
    (hostUid, epoch, hostName, endpoints, successors, votes, delayMs, firstHostUid, places))

struct Identity {
    std::string uid, genesis;
    std::vector<std::string> events;

    friend bool operator==(const Identity&, const Identity&) = default;
};
BOOST_DESCRIBE_STRUCT(Identity, (), (uid, genesis, events))

struct NodeBan {
    std::string nodeUid, name;
    UserId byUser;

    friend bool operator==(const NodeBan&, const NodeBan&) = default;
};
BOOST_DESCRIBE_STRUCT(NodeBan, (), (nodeUid, name, byUser))

struct Attachment {
    AttachmentId id;
    std::string filename, description, contentType;
    std::uint64_t size = 0;
    std::uint32_t width = 0, height = 0;
    std::string hash;

    friend bool operator==(const Attachment&, const Attachment&) = default;
};
BOOST_DESCRIBE_STRUCT(Attachment,
                      (),
                      (id, filename, description, contentType, size, width, height, hash))

struct Message {
    MessageId id;
    ChannelId channelId;
    UserId authorId;
    std::uint8_t type = 0;
    std::string content;
    std::uint32_t flags = 0;
    bool tts = false, mentionEveryone = false;
    std::vector<UserId> mentions;
    std::vector<RoleId> mentionRoles;
    std::vector<Attachment> attachments;
    std::string embeds, components;
    MessageId replyTo;
    ChannelId replyChannel;
    GuildId replyGuild;
    UnixMs editedMs = 0;
    ApplicationId applicationId;
    InteractionId interactionId;
    UserId interactionUser;
    std::string interactionName;
    std::uint8_t interactionType = 0;
    WebhookId webhookId;

    friend bool operator==(const Message&, const Message&) = default;
};
BOOST_DESCRIBE_STRUCT(Message,
                      (),
                      (id,
                       channelId,
                       authorId,
                       type,
                       content,
                       flags,
                       tts,
                       mentionEveryone,
                       mentions,
                       mentionRoles,
                       attachments,
                       embeds,
                       components,
                       replyTo,
                       replyChannel,
                       replyGuild,
                       editedMs,
                       applicationId,
                       interactionId,
                       interactionUser,
                       interactionName,
                       interactionType,
                       webhookId))

}  // namespace guildhall::protocol
