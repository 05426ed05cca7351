// apply(): what each event does to a guild's state in memory.
#include "protocol/guild_state.h"

#include <algorithm>

namespace guildhall::protocol {
namespace {

/// A deleted role leaves its members and the channels' overwrites.
void remove_role(GuildState& s, RoleId id) {
    std::vector<Member> holders;
    s.members.for_each([&](UserId, const Member& m) {
        if (std::binary_search(m.roles.begin(), m.roles.end(), id)) holders.push_back(m);
    });
    for (Member& m : holders) {
        std::erase(m.roles, id);
        s.members.insert_or_assign(m.userId, m);
    }
    std::vector<Channel> channels;
    const auto names_role = [&](const Overwrite& o) { return o.id.value == id.value; };
    s.channels.for_each([&](ChannelId, const Channel& c) {
        if (std::any_of(c.overwrites.begin(), c.overwrites.end(), names_role))
            channels.push_back(c);
    });
    for (Channel& c : channels) {
        std::erase_if(c.overwrites, names_role);
        s.channels.insert_or_assign(c.id, c);
    }
    s.roles.erase(id);
}

/// Invites lead into a channel and end with it.
void remove_channel(GuildState& s, ChannelId id) {
    std::vector<std::string> codes;
    s.invites.for_each([&](const std::string& code, const Invite& invite) {
        if (invite.channelId == id) codes.push_back(code);
    });
    for (const std::string& code : codes) s.invites.erase(code);
    s.channels.erase(id);
}

void use_invite(GuildState& s, const std::string& code) {
    const Invite* invite = s.invites.find(code);
    if (!invite) return;
    Invite used = *invite;
    ++used.uses;
    if (used.maxUses != 0 && used.uses >= used.maxUses)
        s.invites.erase(code);
    else
        s.invites.insert_or_assign(code, std::move(used));
}

void set_commands(GuildState& s, const CommandsSet& e) {
    if (e.commands.empty())
        s.commands.erase(e.applicationId);
    else
        s.commands.insert_or_assign(e.applicationId, e.commands);
}

}  // namespace

void apply(GuildState& s, const Event& event) {
    if (log_of(event) == kControlLog) ++s.control_size;
    const Overloaded change{
        [&](const GuildCreated& e) { s.guild = e.guild; },
        [&](const GuildUpdated& e) { s.guild = e.guild; },
        [&](const GuildDeleted&) { s.deleted = true; },
        [&](const RoleCreated& e) { s.roles.insert_or_assign(e.role.id, e.role); },
        [&](const RoleUpdated& e) { s.roles.insert_or_assign(e.role.id, e.role); },
        [&](const RoleDeleted& e) { remove_role(s, e.id); },
        [&](const ChannelCreated& e) { s.channels.insert_or_assign(e.channel.id, e.channel); },
        [&](const ChannelUpdated& e) { s.channels.insert_or_assign(e.channel.id, e.channel); },
        [&](const ChannelDeleted& e) { remove_channel(s, e.id); },
        [&](const MemberJoined& e) { s.members.insert_or_assign(e.member.userId, e.member); },
        [&](const MemberUpdated& e) { s.members.insert_or_assign(e.member.userId, e.member); },
        [&](const MemberLeft& e) { s.members.erase(e.userId); },
        [&](const BanAdded& e) { s.bans.insert_or_assign(e.ban.userId, e.ban); },
        [&](const BanRemoved& e) { s.bans.erase(e.userId); },
        [&](const InviteCreated& e) { s.invites.insert_or_assign(e.invite.code, e.invite); },
        [&](const InviteUsed& e) { use_invite(s, e.code); },
        [&](const InviteDeleted& e) { s.invites.erase(e.code); },
        [&](const CommandsSet& e) { set_commands(s, e); },
        [](const MessageCreated&) {},
        [](const MessageEdited&) {},
        [](const MessagesDeleted&) {},
        [](const ReactionAdded&) {},
        [](const ReactionRemoved&) {},
        [](const ReactionsCleared&) {},
        [](const PinChanged&) {},
    };
    std::visit(change, event);
}

}  // namespace guildhall::protocol
