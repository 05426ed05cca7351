#include "node/services/members.h"

#include "node/services/commit.h"
#include "node/services/guild_ask.h"
#include "node/services/membership.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::services {

namespace api = protocol::api;
namespace permissions = protocol::permissions;
using protocol::Event;
using protocol::GuildId;
using protocol::make_error;
using protocol::Member;
using protocol::Role;

namespace {

using Events = std::vector<Event>;

/// The one member flag that a moderator may set: BYPASSES_VERIFICATION.
constexpr std::uint32_t kSettableFlags = 1 << 2;

bool begins_with(std::string_view text, std::string_view prefix) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return text.size() >= prefix.size() &&
           std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower, lower);
}

Status edit_nick(const GuildAsk& ask, Member& member, const api::MemberPatch& request) {
    if (!request.nick) return {};
    const bool self = member.userId == ask.actor;
    const bool may =
        self ? ask.own().has_any(permissions::kChangeNickname | permissions::kManageNicknames)
             : ask.own().has(permissions::kManageNicknames) &&
                   outranks_member(*ask.guild, ask.actor, member.userId);
    if (!may) return make_error(protocol::kMissingPermissions);
    request.nick.apply_to(member.nick);
    return {};
}

/// The list replaces the member's roles; what comes and what goes must be the actor's to give.
Status edit_roles(const GuildAsk& ask, Member& member, const api::MemberPatch& request) {
    if (!request.roles) return {};
    std::vector<RoleId> wanted;
    if (request.roles.value)
        wanted.assign(request.roles.value->begin(), request.roles.value->end());
    const RoleId everyone = protocol::id_cast<RoleId>(ask.guild->guild.id);
    std::erase(wanted, everyone);
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (!ask.own().has(permissions::kManageRoles)) return make_error(protocol::kMissingPermissions);
    std::vector<RoleId> changed;
    std::ranges::set_symmetric_difference(wanted, member.roles, std::back_inserter(changed));
    for (const RoleId id : changed) {
        const Role* role = ask.guild->roles.find(id);
        if (!role) return make_error(protocol::kUnknownRole);
        if (role->managed) return make_error(protocol::kInvalidRole);
        if (!outranks_role(*ask.guild, ask.actor, *role))
            return make_error(protocol::kMissingPermissions);
    }
    member.roles = std::move(wanted);
    // Who was once given a role stays, also after it is gone again.
    if (!member.roles.empty()) member.temporary = false;
    return {};
}

Status edit_voice(const GuildAsk& ask, Member& member, const api::MemberPatch& request) {
    const auto set = [&](const auto& field, Permissions wanted, bool& target) -> Status {
        if (!field) return {};
        if (!ask.own().has(wanted)) return make_error(protocol::kMissingPermissions);
        field.apply_to(target);
        return {};
    };
    TRY_VOID(set(request.mute, permissions::kMuteMembers, member.mute));
    TRY_VOID(set(request.deaf, permissions::kDeafenMembers, member.deaf));
    if (!request.channel_id) return {};
    if (!ask.own().has(permissions::kMoveMembers)) return make_error(protocol::kMissingPermissions);
    // Nobody is connected to voice on this node, so nobody can be moved.
    return make_error(protocol::kTargetUserIsNotConnectedToVoice);
}

Status edit_timeout(const GuildAsk& ask, Member& member, const api::MemberPatch& request) {
    if (!request.communication_disabled_until) return {};
    if (!ask.own().has(permissions::kModerateMembers) ||
        !outranks_member(*ask.guild, ask.actor, member.userId))
        return make_error(protocol::kMissingPermissions);
    const auto& until = request.communication_disabled_until.value;
    if (!until || until->ms <= ask.now) {
        member.timeoutMs = 0;
        return {};
    }
    if (guild_permissions(*ask.guild, member.userId).has(permissions::kAdministrator))
        return make_error(protocol::kMissingPermissions);
    if (until->ms - ask.now > protocol::limits::kTimeoutMsMax)
        return protocol::make_field_error(
            "communication_disabled_until", "DATE_TIME_MAX", "A timeout lasts at most 28 days.");
    member.timeoutMs = until->ms;
    return {};
}

Status edit_flags(const GuildAsk& ask, Member& member, const api::MemberPatch& request) {
    if (!request.flags) return {};
    if (!ask.own().has_any(permissions::kManageGuild | permissions::kModerateMembers))
        return make_error(protocol::kMissingPermissions);
    const auto wanted =
        request.flags.value
            ? static_cast<std::uint32_t>(request.flags.value->value & kSettableFlags)
            : 0;
    member.flags = (member.flags & ~kSettableFlags) | wanted;
    return {};
}

Result<Events> decide_edit(const GuildAsk& ask, UserId user, const api::MemberPatch& request) {
    TRY_VOID(require_member(ask.guild, ask.actor));
    const Member* old = ask.guild->members.find(user);
    if (!old) return make_error(protocol::kUnknownMember);
    Member member = *old;
    TRY_VOID(edit_nick(ask, member, request));
    TRY_VOID(edit_roles(ask, member, request));
    TRY_VOID(edit_voice(ask, member, request));
    TRY_VOID(edit_timeout(ask, member, request));
    TRY_VOID(edit_flags(ask, member, request));
    if (member == *old) return Events();
    return Events{protocol::MemberUpdated{std::move(member)}};
}

Result<Events> decide_kick(const GuildAsk& ask, UserId user) {
    TRY_VOID(require_guild(ask.guild, ask.actor, permissions::kKickMembers, ask.now));
    if (!ask.guild->members.find(user)) return make_error(protocol::kUnknownMember);
    if (!outranks_member(*ask.guild, ask.actor, user))
        return make_error(protocol::kMissingPermissions);
    return departure(*ask.guild, user, protocol::LeaveCause::kicked, ask.actor);
}

Result<Events> decide_leave(const GuildAsk& ask) {
    TRY_VOID(require_member(ask.guild, ask.actor));
    // Who owns a guild hands it over or deletes it.
    if (ask.guild->is_owner(ask.actor)) return make_error(protocol::kInvalidGuild);
    return departure(*ask.guild, ask.actor, protocol::LeaveCause::left, UserId{});
}

Events decide_end_temporary(const GuildAsk& ask) {
    const Member* member = ask.guild ? ask.guild->members.find(ask.actor) : nullptr;
    if (!member || !member->temporary || ask.guild->is_owner(ask.actor)) return {};
    return departure(*ask.guild, ask.actor, protocol::LeaveCause::left, UserId{});
}

Result<Events> decide_join(const GuildAsk& ask,
                           const Context& ctx,
                           const protocol::User& user,
                           protocol::MessageId message) {
    if (!ask.guild) return make_error(protocol::kUnknownGuild);
    if (ask.guild->members.find(ask.actor)) return Events();
    const auto& features = ask.guild->guild.features;
    if (std::ranges::find(features, "DISCOVERABLE") == features.end())
        return make_error(protocol::kMissingAccess);
    TRY_VOID(check_may_join(ctx.view, *ask.guild, ask.actor));
    protocol::Member member = new_member(*ask.guild, user, ctx.settings.node_uid, ask.now);
    Events events{protocol::MemberJoined{std::move(member), {}}};
    std::ranges::move(join_message(*ask.guild, ask.actor, message), std::back_inserter(events));
    return events;
}

Result<Member> member_in(const protocol::GuildSnapshot& guild, UserId id) {
    const Member* member = guild->members.find(id);
    if (!member) return make_error(protocol::kUnknownMember);
    return *member;
}

}  // namespace

Result<std::vector<Member>> Members::search(const Actor& actor,
                                            GuildId guild,
                                            std::string_view query,
                                            std::size_t limit) const {
    const protocol::GuildSnapshot* state = ctx_.view.guild(guild);
    TRY(const GuildState* g, require_member(state ? state->get() : nullptr, actor.user));
    std::vector<Member> found;
    g->members.for_each([&](UserId id, const Member& member) {
        const protocol::SharedUser* user = ctx_.view.user(id);
        if (begins_with(member.nick, query) || (user && (begins_with((*user)->username, query) ||
                                                         begins_with((*user)->global_name, query))))
            found.push_back(member);
        return found.size() < limit;
    });
    return found;
}

Task<Result<Member>> Members::edit(const Actor& actor,
                                   GuildId guild,
                                   UserId member,
                                   const api::MemberPatch& request) {
    CO_TRY(Events events, decide_edit(ask_guild(ctx_, guild, actor.user), member, request));
    CO_TRY(const auto after, co_await commit(ctx_, actor, guild, std::move(events)));
    co_return member_in(after, member);
}

Task<Status> Members::kick(const Actor& actor, GuildId guild, UserId member) {
    CO_TRY(Events events, decide_kick(ask_guild(ctx_, guild, actor.user), member));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Result<protocol::GuildSnapshot>> Members::join(const Actor& actor, GuildId guild) {
    if (actor.is_bot()) co_return make_error(protocol::kBotsCannotUseThisEndpoint);
    const protocol::SharedUser* known = ctx_.view.user(actor.user);
    if (!known) co_return make_error(protocol::kUnknownUser);
    const protocol::SharedUser user = *known;
    CO_TRY(const auto message, co_await new_id<protocol::MessageId>(ctx_, guild));
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Events events, decide_join(ask, ctx_, *user, message));
    co_return co_await commit(ctx_, actor, guild, std::move(events));
}

Task<Status> Members::leave(const Actor& actor, GuildId guild) {
    CO_TRY(Events events, decide_leave(ask_guild(ctx_, guild, actor.user)));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Members::end_temporary(GuildId guild, UserId user) {
    Events events = decide_end_temporary(ask_guild(ctx_, guild, user));
    if (events.empty()) co_return Status();
    CO_TRY_VOID(co_await commit(ctx_, Actor(), guild, std::move(events)));
    co_return Status();
}

}  // namespace guildhall::services
