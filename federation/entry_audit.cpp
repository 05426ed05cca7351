// audit_entry(): the host's permission checks, run again on what it let remote users do. It follows
// node/services, verb by verb, as far as the log alone decides; what depends on more (slow mode,
// rate limits) is not judged.
#include "federation/entry_check.h"
#include "federation/entry_routes.h"
#include "protocol/access.h"

#include <algorithm>

namespace guildhall::federation {
namespace {

namespace p = protocol;
namespace perm = protocol::permissions;

constexpr EntryFinding kAllowed{};
constexpr EntryFinding kEscalation{EntryVerdict::escalation, "the caller had no right to it"};

EntryFinding allow(bool may) { return may ? kAllowed : kEscalation; }

struct Audit {
    const EntryHeader& header;
    const CommandFacts& command;
    const EntryWorld& world;
    p::Access access;

    const p::GuildState& state() const { return world.state; }

    /// None for who cannot see the channel, or where there is none.
    p::Permissions in_channel(p::ChannelId id) const {
        const p::Channel* channel = state().channels.find(id);
        if (!channel || !access.can_view(*channel)) return perm::kNone;
        return access.in_channel(*channel, header.ts_ms);
    }
    p::Permissions in_guild() const { return access.in_guild(header.ts_ms); }
    bool outranks(p::UserId target) const {
        const auto& guild = state().guild;
        return p::outranks(guild.ownerId,
                           command.actor,
                           access.top_rank(),
                           target,
                           p::Access(state(), target).top_rank());
    }
    bool outranks(const p::Role& role) const {
        return p::outranks_role(
            state().guild.ownerId, command.actor, access.top_rank(), p::rank_of(role));
    }

    EntryFinding operator()(const p::MessageCreated& e) const {
        const p::Message& m = e.message;
        // System messages and answers of bots follow from other verbs.
        if (command.route != "/channels/{channel_id}/messages") return kAllowed;
        const p::Channel* channel = state().channels.find(m.channelId);
        if (!channel) return kEscalation;
        p::Permissions need = perm::kViewChannel | p::send_permission(channel->type);
        if (!m.attachments.empty()) need |= perm::kAttachFiles;
        if (m.mentionEveryone) need |= perm::kMentionEveryone;
        if (m.tts) need |= perm::kSendTtsMessages;
        return allow(in_channel(m.channelId).has(need));
    }
    EntryFinding operator()(const p::MessageEdited& e) const {
        if (e.message.authorId == command.actor || e.message.interactionUser) return kAllowed;
        return allow(in_channel(e.message.channelId).has(perm::kManageMessages));
    }
    EntryFinding operator()(const p::MessagesDeleted& e) const {
        if (command.route.starts_with("/webhooks/")) return kAllowed;
        if (command.route.starts_with("/guilds/")) return allow(in_guild().has(perm::kBanMembers));
        const p::Permissions have = in_channel(e.channelId);
        if (have.has(perm::kManageMessages)) return kAllowed;
        if (e.bulk || e.ids.size() != 1 || !have.has(perm::kViewChannel)) return kEscalation;
        if (!world.before || world.before->id != e.ids.front())
            return {EntryVerdict::unproven, "the deleted message is not held"};
        return allow(world.before->authorId == command.actor);
    }
    EntryFinding operator()(const p::ReactionAdded& e) const {
        return allow(in_channel(e.channelId).has(perm::kViewChannel | perm::kReadMessageHistory));
    }
    EntryFinding operator()(const p::ReactionRemoved& e) const {
        const p::Permissions have = in_channel(e.channelId);
        return allow(
            have.has(e.userId == command.actor ? perm::kViewChannel : perm::kManageMessages));
    }
    EntryFinding operator()(const p::ReactionsCleared& e) const {
        return allow(in_channel(e.channelId).has(perm::kManageMessages));
    }
    EntryFinding operator()(const p::PinChanged& e) const {
        return allow(in_channel(e.channelId).has_any(perm::kPinMessages | perm::kManageMessages));
    }

    EntryFinding operator()(const p::GuildUpdated& e) const {
        if (command.route == "/channels/{channel_id}") return kAllowed;
        // Only the owner gives the guild away.
        if (e.guild.ownerId != state().guild.ownerId) return allow(state().is_owner(command.actor));
        return allow(in_guild().has(perm::kManageGuild));
    }
    EntryFinding operator()(const p::GuildDeleted&) const {
        return allow(state().is_owner(command.actor));
    }
    EntryFinding operator()(const p::RoleCreated& e) const {
        if (command.route == "/oauth2/authorize") return allow(in_guild().has(perm::kManageGuild));
        return allow(in_guild().has(perm::kManageRoles) &&
                     p::may_grant(in_guild(), p::Permissions(e.role.permissions)));
    }
    EntryFinding operator()(const p::RoleUpdated& e) const {
        if (command.route == "/oauth2/authorize") return allow(in_guild().has(perm::kManageGuild));
        const p::Role* was = state().roles.find(e.role.id);
        if (!was || !in_guild().has(perm::kManageRoles)) return kEscalation;
        // Moving one role shifts others by a place; a role's rights change only below the caller.
        const p::Permissions changed(was->permissions ^ e.role.permissions);
        if (!p::may_grant(in_guild(), changed)) return kEscalation;
        return allow(command.route == "/guilds/{guild_id}/roles" || outranks(*was));
    }
    EntryFinding operator()(const p::RoleDeleted& e) const {
        const p::Role* was = state().roles.find(e.id);
        if (!was) return kEscalation;
        // The role of a bot that goes.
        if (was->managed && command.route != "/guilds/{guild_id}/roles/{role_id}") return kAllowed;
        return allow(in_guild().has(perm::kManageRoles) && outranks(*was));
    }
    EntryFinding operator()(const p::ChannelCreated&) const {
        return allow(in_guild().has(perm::kManageChannels));
    }
    EntryFinding operator()(const p::ChannelUpdated& e) const {
        if (command.route == "/guilds/{guild_id}/channels")
            return allow(in_guild().has(perm::kManageChannels));
        // The children of a category that goes lose their parent.
        if (command.method == "DELETE" && command.route == "/channels/{channel_id}")
            return kAllowed;
        const p::Channel* was = state().channels.find(e.channel.id);
        if (!was) return kEscalation;
        p::Channel settings = e.channel;
        settings.overwrites = was->overwrites;
        p::Permissions need = settings == *was ? perm::kNone : perm::kManageChannels;
        if (e.channel.overwrites != was->overwrites) need |= perm::kManageRoles;
        return allow(in_channel(e.channel.id).has(need | perm::kViewChannel));
    }
    EntryFinding operator()(const p::ChannelDeleted& e) const {
        return allow(in_channel(e.id).has(perm::kManageChannels));
    }
    EntryFinding operator()(const p::MemberUpdated& e) const { return member_updated(e.member); }
    EntryFinding operator()(const p::MemberLeft& e) const {
        if (e.userId == command.actor) return kAllowed;
        const p::Permissions need =
            e.cause == p::LeaveCause::banned ? perm::kBanMembers : perm::kKickMembers;
        return allow(in_guild().has(need) && outranks(e.userId));
    }
    EntryFinding operator()(const p::BanAdded& e) const {
        return allow(in_guild().has(perm::kBanMembers) && outranks(e.ban.userId));
    }
    EntryFinding operator()(const p::BanRemoved&) const {
        return allow(in_guild().has(perm::kBanMembers));
    }
    EntryFinding operator()(const p::InviteCreated& e) const {
        return allow(in_channel(e.invite.channelId).has(perm::kCreateInstantInvite));
    }
    /// Joining is allowed by the invite, which the admin log has; the rest has no right of its own.
    EntryFinding operator()(const auto&) const { return kAllowed; }

    EntryFinding member_updated(const p::Member& now) const {
        const p::Member* was = state().members.find(now.userId);
        if (!was) return kEscalation;
        if (command.route == "/oauth2/authorize") return kAllowed;
        const bool self = now.userId == command.actor;
        p::Permissions need;
        if (now.nick != was->nick) need |= self ? perm::kChangeNickname : perm::kManageNicknames;
        if (now.roles != was->roles) need |= perm::kManageRoles;
        if (now.timeoutMs != was->timeoutMs) need |= perm::kModerateMembers;
        if (!in_guild().has(need)) return kEscalation;
        if (now.roles != was->roles && !may_change_roles(*was, now)) return kEscalation;
        const bool ranked = now.timeoutMs != was->timeoutMs || (!self && now.nick != was->nick);
        return allow(!ranked || outranks(now.userId));
    }
    /// Every role that comes or goes must be below the caller's.
    bool may_change_roles(const p::Member& was, const p::Member& now) const {
        const auto differs = [&](const std::vector<p::RoleId>& a, const std::vector<p::RoleId>& b) {
            for (const p::RoleId id : a) {
                if (std::ranges::find(b, id) != b.end()) continue;
                const p::Role* role = state().roles.find(id);
                if (!role || !outranks(*role)) return true;
            }
            return false;
        };
        return !differs(was.roles, now.roles) && !differs(now.roles, was.roles);
    }
};

}  // namespace

EntryFinding audit_entry(const EntryHeader& header,
                         const p::Event& event,
                         const CommandFacts& command,
                         const EntryWorld& world) {
    const Audit audit{header, command, world, p::Access(world.state, command.actor)};
    // Who joins is no member yet.
    const bool joins = std::holds_alternative<p::MemberJoined>(event) ||
                       std::holds_alternative<p::InviteUsed>(event);
    if (!joins && !audit.access.is_member()) return kEscalation;
    return std::visit(audit, event);
}

}  // namespace guildhall::federation
