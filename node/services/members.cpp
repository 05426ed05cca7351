#include "node/services/members.h"

#include "node/services/commit.h"
#include "node/services/membership.h"
#include "node/services/permission.h"
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

/// What one decision is about.
struct Ask {
    const GuildState* guild;
    UserId actor;
    UnixMs now;

    Permissions own() const { return guild_permissions(*guild, actor, now); }
};

bool begins_with(std::string_view text, std::string_view prefix) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return text.size() >= prefix.size() &&
           std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower, lower);
}

Status edit_nick(const Ask& ask, Member& member, const api::MemberPatch& request) {
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
Status edit_roles(const Ask& ask, Member& member, const api::MemberPatch& request) {
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
    return {};
}

Status edit_voice(const Ask& ask, Member& member, const api::MemberPatch& request) {
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

Status edit_timeout(const Ask& ask, Member& member, const api::MemberPatch& request) {
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

Status edit_flags(const Ask& ask, Member& member, const api::MemberPatch& request) {
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

Result<Events> decide_edit(const Ask& ask, UserId user, const api::MemberPatch& request) {
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

Result<Events> decide_kick(const Ask& ask, UserId user) {
    TRY_VOID(require_guild(ask.guild, ask.actor, permissions::kKickMembers, ask.now));
    if (!ask.guild->members.find(user)) return make_error(protocol::kUnknownMember);
    if (!outranks_member(*ask.guild, ask.actor, user))
        return make_error(protocol::kMissingPermissions);
    return departure(*ask.guild, user, protocol::LeaveCause::kicked, ask.actor);
}

Result<Events> decide_leave(const Ask& ask) {
    TRY_VOID(require_member(ask.guild, ask.actor));
    // Who owns a guild hands it over or deletes it.
    if (ask.guild->is_owner(ask.actor)) return make_error(protocol::kInvalidGuild);
    return departure(*ask.guild, ask.actor, protocol::LeaveCause::left, UserId{});
}

/// The role that belongs to a bot in this guild.
const Role* bot_role(const GuildState& guild, UserId bot) {
    const Role* found = nullptr;
    guild.roles.for_each([&](RoleId, const Role& role) {
        if (role.botId == bot) found = &role;
    });
    return found;
}

/// The bot's role with `granted` rights, as an event when it is new or changes; its id, or 0 for a
/// bot that gets no rights.
Result<RoleId> grant_bot_role(
    const Ask& ask, const protocol::User& bot, Permissions granted, RoleId new_id, Events& events) {
    if (const Role* old = bot_role(*ask.guild, bot.id)) {
        Role role = *old;
        role.permissions = granted.bits;
        if (role != *old && outranks_role(*ask.guild, ask.actor, *old))
            events.emplace_back(protocol::RoleUpdated{std::move(role)});
        return old->id;
    }
    if (granted.empty()) return RoleId{};
    if (ask.guild->roles.size() >= protocol::limits::kRolesMax)
        return make_error(protocol::kMaximumNumberOfGuildRolesReached);
    Role role;
    role.id = new_id;
    role.name = bot.global_name.empty() ? bot.username : bot.global_name;
    role.position = 1;
    role.permissions = granted.bits;
    role.managed = true;
    role.botId = bot.id;
    events.emplace_back(protocol::RoleCreated{std::move(role)});
    return new_id;
}

Result<Events> decide_add_bot(const Ask& ask,
                              const journal::View& view,
                              const protocol::User& bot,
                              Permissions wanted,
                              RoleId new_id) {
    TRY_VOID(require_guild(ask.guild, ask.actor, permissions::kManageGuild, ask.now));
    if (!bot.bot) return make_error(protocol::kOAuth2ApplicationDoesNotHaveBot);
    const Member* present = ask.guild->members.find(bot.id);
    if (!present) TRY_VOID(check_may_join(view, *ask.guild, bot.id));
    Events events;
    TRY(const RoleId role, grant_bot_role(ask, bot, wanted & ask.own(), new_id, events));
    Member member = present ? *present : new_member(bot, ask.now);
    if (role && !std::ranges::binary_search(member.roles, role))
        member.roles.insert(std::ranges::lower_bound(member.roles, role), role);
    if (!present)
        events.emplace_back(protocol::MemberJoined{std::move(member), {}});
    else if (member != *present)
        events.emplace_back(protocol::MemberUpdated{std::move(member)});
    return events;
}

Ask ask(Context& ctx, GuildId guild, const Actor& actor) {
    return {ctx.journal.decided(guild), actor.user, ctx.clock.unix_ms()};
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
    CO_TRY(Events events, decide_edit(ask(ctx_, guild, actor), member, request));
    CO_TRY(const auto after, co_await commit(ctx_, guild, std::move(events)));
    co_return member_in(after, member);
}

Task<Status> Members::kick(const Actor& actor, GuildId guild, UserId member) {
    CO_TRY(Events events, decide_kick(ask(ctx_, guild, actor), member));
    CO_TRY_VOID(co_await commit(ctx_, guild, std::move(events)));
    co_return Status();
}

Task<Status> Members::leave(const Actor& actor, GuildId guild) {
    CO_TRY(Events events, decide_leave(ask(ctx_, guild, actor)));
    CO_TRY_VOID(co_await commit(ctx_, guild, std::move(events)));
    co_return Status();
}

Task<Result<Member>> Members::add_bot(const Actor& actor,
                                      GuildId guild,
                                      UserId bot,
                                      Permissions permissions) {
    const protocol::SharedUser* known = ctx_.view.user(bot);
    if (!known) co_return make_error(protocol::kUnknownUser);
    const protocol::SharedUser user = *known;
    CO_TRY(const RoleId role, co_await new_id<RoleId>(ctx_, guild));
    CO_TRY(Events events,
           decide_add_bot(ask(ctx_, guild, actor), ctx_.view, *user, permissions, role));
    CO_TRY(const auto after, co_await commit(ctx_, guild, std::move(events)));
    co_return member_in(after, bot);
}

}  // namespace guildhall::services
