#include "node/services/membership.h"

#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

namespace guildhall::services {

using protocol::Event;
using protocol::GuildState;
using protocol::make_error;
using protocol::Status;
using protocol::UserId;

namespace {

/// system_channel_flags: SUPPRESS_JOIN_NOTIFICATIONS.
constexpr std::uint32_t kSuppressJoins = 1;

}  // namespace

Status check_guild_count(const journal::View& view, UserId user) {
    if (view.guilds_of(user).size() >= protocol::limits::kGuildsPerUserMax)
        return make_error(protocol::kMaximumNumberOfGuildsReached);
    return {};
}

Status check_may_join(const journal::View& view, const GuildState& guild, UserId user) {
    const protocol::SharedUser* known = view.user(user);
    const bool is_banned =
        guild.bans.find(user) || (known && guild.node_bans.find((*known)->home_uid));
    if (is_banned) return make_error(protocol::kUserBannedFromThisGuild);
    return check_guild_count(view, user);
}

bool has_ended(const protocol::Invite& invite, protocol::UnixMs now) {
    const bool too_old = invite.expires_ms() != 0 && invite.expires_ms() <= now;
    return too_old || (invite.maxUses != 0 && invite.uses >= invite.maxUses);
}

protocol::Member new_member(const protocol::User& user, protocol::UnixMs now) {
    protocol::Member member;
    member.userId = user.id;
    member.joinedMs = now;
    member.bot = user.bot;
    return member;
}

protocol::Member new_member(const GuildState& guild,
                            const protocol::User& user,
                            const federation::Hash32& node_uid,
                            protocol::UnixMs now) {
    protocol::Member member = new_member(user, now);
    const std::string home = user.home_uid.empty() ? std::string(node_uid.text()) : user.home_uid;
    if (home != guild.hosting.firstHostUid) member.homeUid = home;
    return member;
}

std::vector<Event> departure(const GuildState& guild,
                             UserId user,
                             protocol::LeaveCause cause,
                             UserId by) {
    std::vector<Event> events{protocol::MemberLeft{user, cause, by}};
    const protocol::Member* member = guild.members.find(user);
    if (!member || !member->bot) return events;
    guild.roles.for_each([&](protocol::RoleId id, const protocol::Role& role) {
        if (role.botId == user) events.emplace_back(protocol::RoleDeleted{id});
    });
    // An application and its bot have one id.
    const auto application = protocol::id_cast<protocol::ApplicationId>(user);
    if (guild.commands.find(application))
        events.emplace_back(protocol::CommandsSet{application, {}});
    return events;
}

std::vector<Event> join_message(const GuildState& guild, UserId user, protocol::MessageId id) {
    const protocol::ChannelId channel = guild.guild.systemChannelId;
    if (!guild.channels.find(channel) || (guild.guild.systemChannelFlags & kSuppressJoins) != 0)
        return {};
    protocol::Message message;
    message.id = id;
    message.channelId = channel;
    message.authorId = user;
    message.type = static_cast<std::uint8_t>(protocol::MessageType::user_join);
    return {protocol::MessageCreated{std::move(message)}};
}

}  // namespace guildhall::services
