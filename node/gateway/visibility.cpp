#include "node/gateway/visibility.h"

#include "node/gateway/codes.h"
#include "node/gateway/session.h"
#include "node/services/permission.h"

#include <algorithm>
#include <array>

namespace guildhall::gateway {

using protocol::ChannelId;
using protocol::UserId;

namespace {

constexpr Rule kDefault{"", 0, Scope::guild};
/// A moment after every timeout: what a member is told of does not depend on one.
constexpr protocol::UnixMs kNoTimeout = INT64_MAX;

constexpr std::array kRules{
    Rule{"MESSAGE_CREATE", intent::kMessages, Scope::channel},
    Rule{"MESSAGE_UPDATE", intent::kMessages, Scope::channel},
    Rule{"MESSAGE_DELETE", intent::kMessages, Scope::channel},
    Rule{"MESSAGE_DELETE_BULK", intent::kMessages, Scope::channel},
    Rule{"MESSAGE_REACTION_ADD", intent::kReactions, Scope::channel},
    Rule{"MESSAGE_REACTION_REMOVE", intent::kReactions, Scope::channel},
    Rule{"MESSAGE_REACTION_REMOVE_ALL", intent::kReactions, Scope::channel},
    Rule{"MESSAGE_REACTION_REMOVE_EMOJI", intent::kReactions, Scope::channel},
    Rule{"TYPING_START", intent::kTyping, Scope::channel},
    Rule{"PRESENCE_UPDATE", intent::kPresences, Scope::guild},
    Rule{"CHANNEL_CREATE", intent::kGuilds, Scope::channel},
    Rule{"CHANNEL_UPDATE", intent::kGuilds, Scope::channel},
    Rule{"CHANNEL_DELETE", intent::kGuilds, Scope::channel},
    Rule{"CHANNEL_PINS_UPDATE", intent::kGuilds, Scope::channel},
    Rule{"GUILD_CREATE", intent::kGuilds, Scope::guild},
    Rule{"GUILD_UPDATE", intent::kGuilds, Scope::guild},
    Rule{"GUILD_DELETE", intent::kGuilds, Scope::guild},
    Rule{"GUILD_ROLE_CREATE", intent::kGuilds, Scope::guild},
    Rule{"GUILD_ROLE_UPDATE", intent::kGuilds, Scope::guild},
    Rule{"GUILD_ROLE_DELETE", intent::kGuilds, Scope::guild},
    Rule{"GUILD_MEMBER_ADD", intent::kMembers, Scope::guild},
    Rule{"GUILD_MEMBER_UPDATE", intent::kMembers, Scope::guild, true},
    Rule{"GUILD_MEMBER_REMOVE", intent::kMembers, Scope::guild},
    Rule{"GUILD_BAN_ADD", intent::kModeration, Scope::moderators},
    Rule{"GUILD_BAN_REMOVE", intent::kModeration, Scope::moderators},
    Rule{"GUILD_AUDIT_LOG_ENTRY_CREATE", intent::kModeration, Scope::moderators},
    Rule{"GUILD_EMOJIS_UPDATE", intent::kExpressions, Scope::guild},
    Rule{"GUILD_STICKERS_UPDATE", intent::kExpressions, Scope::guild},
    Rule{"GUILD_INTEGRATIONS_UPDATE", intent::kIntegrations, Scope::guild},
    Rule{"INTEGRATION_CREATE", intent::kIntegrations, Scope::guild},
    Rule{"INTEGRATION_UPDATE", intent::kIntegrations, Scope::guild},
    Rule{"INTEGRATION_DELETE", intent::kIntegrations, Scope::guild},
    Rule{"WEBHOOKS_UPDATE", intent::kWebhooks, Scope::channel},
    Rule{"INVITE_CREATE", intent::kInvites, Scope::channel_managers},
    Rule{"INVITE_DELETE", intent::kInvites, Scope::channel_managers},
};

}  // namespace

const Rule& rule_of(std::string_view name) {
    const auto at = std::find_if(
        kRules.begin(), kRules.end(), [&](const Rule& rule) { return rule.name == name; });
    return at == kRules.end() ? kDefault : *at;
}

ChannelId channel_of(const protocol::Event& event) {
    using namespace protocol;  // The alternatives of Event, all of which are named here.
    return std::visit(Overloaded{
                          [](const ChannelCreated& e) { return e.channel.id; },
                          [](const ChannelUpdated& e) { return e.channel.id; },
                          [](const ChannelDeleted& e) { return e.id; },
                          [](const InviteCreated& e) { return e.invite.channelId; },
                          [](const MessageCreated& e) { return e.message.channelId; },
                          [](const MessageEdited& e) { return e.message.channelId; },
                          [](const MessagesDeleted& e) { return e.channelId; },
                          [](const ReactionAdded& e) { return e.channelId; },
                          [](const ReactionRemoved& e) { return e.channelId; },
                          [](const ReactionsCleared& e) { return e.channelId; },
                          [](const PinChanged& e) { return e.channelId; },
                          [](const auto&) { return ChannelId(); },
                      },
                      event);
}

UserId subject_of(const protocol::Event& event) {
    using namespace protocol;
    return std::visit(Overloaded{
                          [](const MemberJoined& e) { return e.member.userId; },
                          [](const MemberUpdated& e) { return e.member.userId; },
                          [](const MemberLeft& e) { return e.userId; },
                          [](const auto&) { return UserId(); },
                      },
                      event);
}

bool may_see_scope(UserId user, Scope scope, ChannelId channel, const protocol::GuildState& state) {
    namespace p = protocol::permissions;
    const services::Access access(state, user);
    if (!access.is_member()) return false;
    const auto* found = channel ? state.channels.find(channel) : nullptr;
    switch (scope) {
        case Scope::guild:
            return true;
        case Scope::channel:
            return found && access.can_view(*found);
        case Scope::channel_managers:
            if (!found) return access.base().has(p::kManageChannels);
            return access.can_view(*found) &&
                   access.in_channel(*found, kNoTimeout).has(p::kManageChannels);
        case Scope::moderators:
            return access.base().has_any(p::kBanMembers | p::kViewAuditLog);
    }
    return false;
}

}  // namespace guildhall::gateway
