#pragma once
// Event: one thing that happened in a guild, as a C++ value; event.capnp is its wire form and
// manual. event_codec.h turns one into the other. The order of the alternatives is the order of the
// union there: index() is the kind in an entry's header. Plain values; any thread.

#include "protocol/model.h"

#include <string>
#include <variant>
#include <vector>

namespace guildhall::protocol {

struct GuildCreated {
    Guild guild;
    std::string genesis;
    std::string hostName;
    std::vector<std::string> endpoints;
};
BOOST_DESCRIBE_STRUCT(GuildCreated, (), (guild, genesis, hostName, endpoints))
struct GuildUpdated {
    Guild guild;
};
BOOST_DESCRIBE_STRUCT(GuildUpdated, (), (guild))
struct GuildDeleted {
    UserId byUser;
};
BOOST_DESCRIBE_STRUCT(GuildDeleted, (), (byUser))

struct RoleCreated {
    Role role;
};
BOOST_DESCRIBE_STRUCT(RoleCreated, (), (role))
struct RoleUpdated {
    Role role;
};
BOOST_DESCRIBE_STRUCT(RoleUpdated, (), (role))
struct RoleDeleted {
    RoleId id;
};
BOOST_DESCRIBE_STRUCT(RoleDeleted, (), (id))

struct ChannelCreated {
    Channel channel;
};
BOOST_DESCRIBE_STRUCT(ChannelCreated, (), (channel))
struct ChannelUpdated {
    Channel channel;
};
BOOST_DESCRIBE_STRUCT(ChannelUpdated, (), (channel))
struct ChannelDeleted {
    ChannelId id;
};
BOOST_DESCRIBE_STRUCT(ChannelDeleted, (), (id))

struct MemberJoined {
    Member member;
    std::string inviteCode;
};
BOOST_DESCRIBE_STRUCT(MemberJoined, (), (member, inviteCode))
struct MemberUpdated {
    Member member;
};
BOOST_DESCRIBE_STRUCT(MemberUpdated, (), (member))
enum class LeaveCause : std::uint8_t { left = 0, kicked = 1, banned = 2 };
struct MemberLeft {
    UserId userId;
    LeaveCause cause = LeaveCause::left;
    UserId byUser;
};
BOOST_DESCRIBE_STRUCT(MemberLeft, (), (userId, cause, byUser))

struct BanAdded {
    Ban ban;
};
BOOST_DESCRIBE_STRUCT(BanAdded, (), (ban))
struct BanRemoved {
    UserId userId, byUser;
};
BOOST_DESCRIBE_STRUCT(BanRemoved, (), (userId, byUser))

struct InviteCreated {
    Invite invite;
};
BOOST_DESCRIBE_STRUCT(InviteCreated, (), (invite))
struct InviteUsed {
    std::string code;
    UserId userId;
};
BOOST_DESCRIBE_STRUCT(InviteUsed, (), (code, userId))
struct InviteDeleted {
    std::string code;
    UserId byUser;
};
BOOST_DESCRIBE_STRUCT(InviteDeleted, (), (code, byUser))

struct CommandsSet {
    ApplicationId applicationId;
    std::vector<Command> commands;
};
BOOST_DESCRIBE_STRUCT(CommandsSet, (), (applicationId, commands))

struct MessageCreated {
    Message message;
};
BOOST_DESCRIBE_STRUCT(MessageCreated, (), (message))
struct MessageEdited {
    Message message;
};
BOOST_DESCRIBE_STRUCT(MessageEdited, (), (message))
struct MessagesDeleted {
    ChannelId channelId;
    std::vector<MessageId> ids;
    UserId byUser;
    bool bulk = false;
};
BOOST_DESCRIBE_STRUCT(MessagesDeleted, (), (channelId, ids, byUser, bulk))

struct ReactionAdded {
    ChannelId channelId;
    MessageId messageId;
    UserId userId;
    EmojiId emojiId;
    std::string emojiName;
    UserId authorId;
};
BOOST_DESCRIBE_STRUCT(ReactionAdded,
                      (),
                      (channelId, messageId, userId, emojiId, emojiName, authorId))
struct ReactionRemoved {
    ChannelId channelId;
    MessageId messageId;
    UserId userId;
    EmojiId emojiId;
    std::string emojiName;
};
BOOST_DESCRIBE_STRUCT(ReactionRemoved, (), (channelId, messageId, userId, emojiId, emojiName))
struct ReactionsCleared {
    ChannelId channelId;
    MessageId messageId;
    EmojiId emojiId;
    std::string emojiName;
};
BOOST_DESCRIBE_STRUCT(ReactionsCleared, (), (channelId, messageId, emojiId, emojiName))

struct PinChanged {
    ChannelId channelId;
    MessageId messageId;
    bool pinned = false;
    UserId byUser;
};
BOOST_DESCRIBE_STRUCT(PinChanged, (), (channelId, messageId, pinned, byUser))

struct IdentityAdded {
    std::string uid, genesis;
    std::vector<std::string> events;
};
BOOST_DESCRIBE_STRUCT(IdentityAdded, (), (uid, genesis, events))

struct HostingChanged {
    std::string certificate, hostUid;
    std::uint64_t epoch = 0;
    std::string hostName;
    std::vector<std::string> endpoints;
};
BOOST_DESCRIBE_STRUCT(HostingChanged, (), (certificate, hostUid, epoch, hostName, endpoints))
struct HostingPolicySet {
    std::vector<std::string> successors;
    std::uint8_t votes = 0;
    std::uint64_t delayMs = 0;
    UserId byUser;
    std::vector<std::string> places = {};
};
BOOST_DESCRIBE_STRUCT(HostingPolicySet, (), (successors, votes, delayMs, byUser, places))

struct NodeBanned {
    std::string nodeUid, name;
    UserId byUser;
};
BOOST_DESCRIBE_STRUCT(NodeBanned, (), (nodeUid, name, byUser))
struct NodeUnbanned {
    std::string nodeUid;
    UserId byUser;
};
BOOST_DESCRIBE_STRUCT(NodeUnbanned, (), (nodeUid, byUser))

struct MemberMoved {
    UserId userId;
    std::string homeUid;
};
BOOST_DESCRIBE_STRUCT(MemberMoved, (), (userId, homeUid))

using Event = std::variant<GuildCreated,
                           GuildUpdated,
                           GuildDeleted,
                           RoleCreated,
                           RoleUpdated,
                           RoleDeleted,
                           ChannelCreated,
                           ChannelUpdated,
                           ChannelDeleted,
                           MemberJoined,
                           MemberUpdated,
                           MemberLeft,
                           BanAdded,
                           BanRemoved,
                           InviteCreated,
                           InviteUsed,
                           InviteDeleted,
                           CommandsSet,
                           MessageCreated,
                           MessageEdited,
                           MessagesDeleted,
                           ReactionAdded,
                           ReactionRemoved,
                           ReactionsCleared,
                           PinChanged,
                           IdentityAdded,
                           HostingChanged,
                           HostingPolicySet,
                           NodeBanned,
                           NodeUnbanned,
                           MemberMoved>;

using EventKind = std::uint16_t;

/// The ordinal of the event in event.capnp's union.
inline EventKind kind_of(const Event& event) { return static_cast<EventKind>(event.index()); }

/// Ids of a guild's fixed logs; a channel's log has the channel's own id.
inline constexpr std::uint64_t kControlLog = 0;
inline constexpr std::uint64_t kAdminLog = 1;

/// The log of its guild that an event belongs to.
std::uint64_t log_of(const Event& event);
/// The id of the object an event is about: the `object_id` of its entry's header.
std::uint64_t object_of(const Event& event);

/// Visits with one lambda per alternative; a missing one does not compile.
template <class... Lambdas>
struct Overloaded : Lambdas... {
    using Lambdas::operator()...;
};

}  // namespace guildhall::protocol
