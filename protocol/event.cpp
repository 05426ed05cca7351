#include "protocol/event.h"

namespace guildhall::protocol {
namespace {

template <class T>
concept HasChannel = requires(const T& e) { e.channelId; };
template <class T>
concept HasMessage = requires(const T& e) { e.message.channelId; };

constexpr Overloaded kObjectOf{
    [](const GuildCreated& e) { return e.guild.id.value; },
    [](const GuildUpdated& e) { return e.guild.id.value; },
    [](const GuildDeleted&) { return std::uint64_t{0}; },
    [](const RoleCreated& e) { return e.role.id.value; },
    [](const RoleUpdated& e) { return e.role.id.value; },
    [](const RoleDeleted& e) { return e.id.value; },
    [](const ChannelCreated& e) { return e.channel.id.value; },
    [](const ChannelUpdated& e) { return e.channel.id.value; },
    [](const ChannelDeleted& e) { return e.id.value; },
    [](const MemberJoined& e) { return e.member.userId.value; },
    [](const MemberUpdated& e) { return e.member.userId.value; },
    [](const MemberLeft& e) { return e.userId.value; },
    [](const BanAdded& e) { return e.ban.userId.value; },
    [](const BanRemoved& e) { return e.userId.value; },
    [](const InviteCreated& e) { return e.invite.channelId.value; },
    [](const InviteUsed& e) { return e.userId.value; },
    [](const InviteDeleted& e) { return e.byUser.value; },
    [](const CommandsSet& e) { return e.applicationId.value; },
    [](const MessageCreated& e) { return e.message.id.value; },
    [](const MessageEdited& e) { return e.message.id.value; },
    [](const MessagesDeleted& e) { return e.ids.empty() ? 0 : e.ids.front().value; },
    [](const ReactionAdded& e) { return e.messageId.value; },
    [](const ReactionRemoved& e) { return e.messageId.value; },
    [](const ReactionsCleared& e) { return e.messageId.value; },
    [](const PinChanged& e) { return e.messageId.value; },
    [](const IdentityAdded&) { return std::uint64_t{0}; },
    [](const HostingChanged&) { return std::uint64_t{0}; },
    [](const HostingPolicySet& e) { return e.byUser.value; },
    [](const NodeBanned& e) { return e.byUser.value; },
    [](const NodeUnbanned& e) { return e.byUser.value; },
    [](const MemberMoved& e) { return e.userId.value; },
};

}  // namespace

std::uint64_t log_of(const Event& event) {
    return std::visit(
        []<class T>(const T& e) -> std::uint64_t {
            if constexpr (HasChannel<T>)
                return e.channelId.value;
            else if constexpr (HasMessage<T>)
                return e.message.channelId.value;
            else if constexpr (std::is_same_v<T, BanAdded> || std::is_same_v<T, BanRemoved> ||
                               std::is_same_v<T, InviteCreated> || std::is_same_v<T, InviteUsed> ||
                               std::is_same_v<T, InviteDeleted>)
                return kAdminLog;
            else
                return kControlLog;
        },
        event);
}

std::uint64_t object_of(const Event& event) { return std::visit(kObjectOf, event); }

}  // namespace guildhall::protocol
