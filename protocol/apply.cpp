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

void move_member(GuildState& s, const MemberMoved& e) {
    const Member* member = s.members.find(e.userId);
    if (!member) return;
    Member moved = *member;
    moved.homeUid = e.homeUid;
    s.members.insert_or_assign(e.userId, std::move(moved));
}

void create_guild(GuildState& s, const GuildCreated& e) {
    s.guild = e.guild;
    s.hosting = first_hosting(e);
}

void set_commands(GuildState& s, const CommandsSet& e) {
    if (e.commands.empty())
        s.commands.erase(e.applicationId);
    else
        s.commands.insert_or_assign(e.applicationId, e.commands);
}

// Where a guild's signed genesis names its host (docs/FEDERATION.md, "Geneses"): after the
// signature (64), version and kind (2), created_ms (8), nonce (16), format (2) and the owner's uid
// (32).
constexpr std::size_t kGenesisHostAt = 124;
constexpr std::size_t kUidBytes = 32;

}  // namespace

Hosting first_hosting(const GuildCreated& e) {
    Hosting out;
    if (e.genesis.size() >= kGenesisHostAt + kUidBytes)
        out.hostUid = e.genesis.substr(kGenesisHostAt, kUidBytes);
    out.firstHostUid = out.hostUid;
    out.hostName = e.hostName;
    out.endpoints = e.endpoints;
    return out;
}

void change_hosting(Hosting& hosting, const HostingChanged& e) {
    hosting.hostUid = e.hostUid;
    hosting.epoch = e.epoch;
    hosting.hostName = e.hostName;
    hosting.endpoints = e.endpoints;
}

void change_hosting(Hosting& hosting, const HostingPolicySet& e) {
    hosting.successors = e.successors;
    hosting.votes = e.votes;
    hosting.delayMs = e.delayMs;
    hosting.places = e.places;
}

Identity grown_identity(const Identity* known, const IdentityAdded& e) {
    Identity out = known ? *known : Identity{e.uid, e.genesis, {}};
    out.events.insert(out.events.end(), e.events.begin(), e.events.end());
    return out;
}

void apply(GuildState& s, const Event& event) {
    if (log_of(event) == kControlLog) ++s.control_size;
    const Overloaded change{
        [&](const GuildCreated& e) { create_guild(s, e); },
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
        [&](const IdentityAdded& e) {
            s.identities.insert_or_assign(e.uid, grown_identity(s.identities.find(e.uid), e));
        },
        [&](const HostingChanged& e) { change_hosting(s.hosting, e); },
        [&](const HostingPolicySet& e) { change_hosting(s.hosting, e); },
        [&](const NodeBanned& e) {
            s.node_bans.insert_or_assign(e.nodeUid, NodeBan{e.nodeUid, e.name, e.byUser});
        },
        [&](const NodeUnbanned& e) { s.node_bans.erase(e.nodeUid); },
        [&](const MemberMoved& e) { move_member(s, e); },
    };
    std::visit(change, event);
}

}  // namespace guildhall::protocol
