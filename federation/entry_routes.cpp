#include "federation/entry_routes.h"

#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <array>

namespace guildhall::federation {
namespace {

namespace p = protocol;

template <class T>
constexpr EntryRoute row(std::string_view method, std::string_view pattern, unsigned flags = 0) {
    return {static_cast<p::EventKind>(boost::mp11::mp_find<p::Event, T>::value),
            method,
            pattern,
            flags};
}

constexpr std::string_view kMessages = "/channels/{channel_id}/messages";
constexpr std::string_view kMessage = "/channels/{channel_id}/messages/{message_id}";
constexpr std::string_view kCallback =
    "/interactions/{interaction_id}/{interaction_token}/callback";
constexpr std::string_view kHook = "/webhooks/{webhook_id}/{webhook_token}";
constexpr std::string_view kOriginal = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
constexpr std::string_view kFollowUp =
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";
constexpr std::string_view kPin = "/channels/{channel_id}/messages/pins/{message_id}";
constexpr std::string_view kOldPin = "/channels/{channel_id}/pins/{message_id}";
constexpr std::string_view kReactions = "/channels/{channel_id}/messages/{message_id}/reactions";
constexpr std::string_view kReaction =
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}";
constexpr std::string_view kOwnReaction =
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me";
constexpr std::string_view kOwnReactionOfType =
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{reaction_type}/@me";
constexpr std::string_view kTheirReaction =
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}";
constexpr std::string_view kTheirReactionOfType =
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{reaction_type}/{user_id}";
constexpr std::string_view kInvite = "/invites/{invite_code}";
constexpr std::string_view kAuthorize = "/oauth2/authorize";
constexpr std::string_view kBan = "/guilds/{guild_id}/bans/{user_id}";
constexpr std::string_view kNodeBan = "/guilds/{guild_id}/node-bans/{node}";
constexpr std::string_view kBulkBan = "/guilds/{guild_id}/bulk-ban";
constexpr std::string_view kGuild = "/guilds/{guild_id}";
constexpr std::string_view kRoles = "/guilds/{guild_id}/roles";
constexpr std::string_view kRole = "/guilds/{guild_id}/roles/{role_id}";
constexpr std::string_view kGuildChannels = "/guilds/{guild_id}/channels";
constexpr std::string_view kChannel = "/channels/{channel_id}";
constexpr std::string_view kOverwrite = "/channels/{channel_id}/permissions/{overwrite_id}";
constexpr std::string_view kMember = "/guilds/{guild_id}/members/{user_id}";
constexpr std::string_view kMe = "/guilds/{guild_id}/members/@me";
constexpr std::string_view kNick = "/guilds/{guild_id}/members/@me/nick";
constexpr std::string_view kMemberRole = "/guilds/{guild_id}/members/{user_id}/roles/{role_id}";
constexpr std::string_view kMyGuild = "/users/@me/guilds/{guild_id}";
constexpr std::string_view kCommands = "/applications/{application_id}/guilds/{guild_id}/commands";
constexpr std::string_view kCommand =
    "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}";

constexpr EntryRoute kRoutes[] = {
    row<p::MessageCreated>("POST", kMessages, binds::kChannel | binds::kText),
    row<p::MessageCreated>("POST", kCallback, binds::kTextInData),
    row<p::MessageCreated>("POST", kHook, binds::kText),
    row<p::MessageCreated>("PATCH", kOriginal, binds::kText),
    row<p::MessageCreated>("POST", kInvite),
    row<p::MessageCreated>("POST", kAuthorize, binds::kForAnother),
    row<p::MessageCreated>("PUT", kPin, binds::kChannel),
    row<p::MessageCreated>("PUT", kOldPin, binds::kChannel),
    row<p::MessageEdited>("PATCH", kMessage, binds::kChannel | binds::kMessage | binds::kText),
    row<p::MessageEdited>("POST", kCallback, binds::kTextInData),
    row<p::MessageEdited>("POST", kHook, binds::kText),
    row<p::MessageEdited>("PATCH", kOriginal, binds::kText),
    row<p::MessageEdited>("PATCH", kFollowUp, binds::kMessage | binds::kText),
    row<p::MessagesDeleted>("DELETE", kMessage, binds::kChannel | binds::kMessage),
    row<p::MessagesDeleted>("POST", "/channels/{channel_id}/messages/bulk-delete", binds::kChannel),
    row<p::MessagesDeleted>("DELETE", kOriginal),
    row<p::MessagesDeleted>("DELETE", kFollowUp, binds::kMessage),
    row<p::MessagesDeleted>("PUT", kBan),
    row<p::MessagesDeleted>("POST", kBulkBan),
    row<p::ReactionAdded>("PUT", kOwnReaction, binds::kChannel | binds::kMessage),
    row<p::ReactionAdded>("PUT", kOwnReactionOfType, binds::kChannel | binds::kMessage),
    row<p::ReactionRemoved>("DELETE", kOwnReaction, binds::kChannel | binds::kMessage),
    row<p::ReactionRemoved>("DELETE", kOwnReactionOfType, binds::kChannel | binds::kMessage),
    row<p::ReactionRemoved>("DELETE",
                            kTheirReaction,
                            binds::kChannel | binds::kMessage | binds::kUser | binds::kForAnother),
    row<p::ReactionRemoved>("DELETE",
                            kTheirReactionOfType,
                            binds::kChannel | binds::kMessage | binds::kUser | binds::kForAnother),
    row<p::ReactionsCleared>("DELETE", kReactions, binds::kChannel | binds::kMessage),
    row<p::ReactionsCleared>("DELETE", kReaction, binds::kChannel | binds::kMessage),
    row<p::PinChanged>("PUT", kPin, binds::kChannel | binds::kMessage),
    row<p::PinChanged>("PUT", kOldPin, binds::kChannel | binds::kMessage),
    row<p::PinChanged>("DELETE", kPin, binds::kChannel | binds::kMessage),
    row<p::PinChanged>("DELETE", kOldPin, binds::kChannel | binds::kMessage),
    row<p::GuildUpdated>("PATCH", kGuild),
    row<p::GuildUpdated>("DELETE", kChannel),
    row<p::GuildDeleted>("DELETE", kGuild),
    row<p::GuildDeleted>("POST", "/guilds/{guild_id}/delete"),
    row<p::RoleCreated>("POST", kRoles),
    row<p::RoleCreated>("POST", kAuthorize),
    row<p::RoleUpdated>("PATCH", kRole, binds::kRole),
    row<p::RoleUpdated>("PATCH", kRoles),
    row<p::RoleUpdated>("POST", kAuthorize),
    row<p::RoleDeleted>("DELETE", kRole, binds::kRole),
    row<p::RoleDeleted>("DELETE", kMember),
    row<p::RoleDeleted>("PUT", kBan),
    row<p::RoleDeleted>("POST", kBulkBan),
    row<p::RoleDeleted>("DELETE", kMyGuild),
    row<p::ChannelCreated>("POST", kGuildChannels),
    row<p::ChannelUpdated>("PATCH", kChannel, binds::kChannel),
    row<p::ChannelUpdated>("PATCH", kGuildChannels),
    row<p::ChannelUpdated>("PUT", kOverwrite, binds::kChannel),
    row<p::ChannelUpdated>("DELETE", kOverwrite, binds::kChannel),
    row<p::ChannelUpdated>("DELETE", kChannel),
    row<p::ChannelDeleted>("DELETE", kChannel, binds::kChannel),
    row<p::MemberJoined>("POST", kInvite),
    row<p::MemberJoined>("POST", kAuthorize, binds::kForAnother),
    row<p::MemberUpdated>("PATCH", kMember, binds::kUser),
    row<p::MemberUpdated>("PATCH", kMe),
    row<p::MemberUpdated>("PATCH", kNick),
    row<p::MemberUpdated>("PUT", kMemberRole, binds::kUser),
    row<p::MemberUpdated>("DELETE", kMemberRole, binds::kUser),
    row<p::MemberUpdated>("PATCH", "/users/@me/guilds/{guild_id}/member"),
    row<p::MemberUpdated>("POST", kInvite),
    row<p::MemberUpdated>("POST", kAuthorize),
    row<p::MemberLeft>("DELETE", kMember, binds::kUser),
    row<p::MemberLeft>("DELETE", kMyGuild),
    row<p::MemberLeft>("PUT", kBan, binds::kUser),
    row<p::MemberLeft>("POST", kBulkBan),
    row<p::BanAdded>("PUT", kBan, binds::kUser),
    row<p::BanAdded>("POST", kBulkBan),
    row<p::BanRemoved>("DELETE", kBan, binds::kUser),
    row<p::MemberLeft>("PUT", kNodeBan),
    row<p::RoleDeleted>("PUT", kNodeBan),
    row<p::CommandsSet>("PUT", kNodeBan),
    row<p::NodeBanned>("PUT", kNodeBan),
    row<p::NodeUnbanned>("DELETE", kNodeBan),
    row<p::InviteCreated>("POST", "/channels/{channel_id}/invites", binds::kChannel),
    row<p::InviteUsed>("POST", kInvite, binds::kCode),
    row<p::InviteDeleted>("DELETE", kInvite, binds::kCode),
    row<p::HostingPolicySet>("PATCH", "/guilds/{guild_id}/hosting"),
    row<p::CommandsSet>("POST", kCommands),
    row<p::CommandsSet>("PUT", kCommands),
    row<p::CommandsSet>("PATCH", kCommand),
    row<p::CommandsSet>("DELETE", kCommand),
    row<p::CommandsSet>("DELETE", kMember),
};

}  // namespace

const EntryRoute* find_entry_route(p::EventKind kind,
                                   std::string_view method,
                                   std::string_view pattern) {
    const auto at = std::ranges::find_if(kRoutes, [&](const EntryRoute& r) {
        return r.kind == kind && r.method == method && r.pattern == pattern;
    });
    return at == std::end(kRoutes) ? nullptr : at;
}

std::optional<std::string_view> path_parameter(std::string_view pattern,
                                               std::span<const std::string> params,
                                               std::string_view name) {
    std::size_t index = 0;
    for (std::size_t open = pattern.find('{'); open != pattern.npos;
         open = pattern.find('{', open + 1)) {
        const std::size_t close = pattern.find('}', open);
        if (close == pattern.npos) return std::nullopt;
        if (pattern.substr(open + 1, close - open - 1) == name) {
            if (index >= params.size()) return std::nullopt;
            return std::string_view(params[index]);
        }
        ++index;
    }
    return std::nullopt;
}

}  // namespace guildhall::federation
