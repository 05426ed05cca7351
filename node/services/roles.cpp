#include "node/services/roles.h"

#include "node/services/commit.h"
#include "node/services/images.h"
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

/// Fields that creating and editing have in common. `colors` is the newer word for `color`.
template <class Request>
void apply_common(Role& role, const Request& request) {
    if (request.name) role.name = *request.name;
    if (request.permissions) role.permissions = request.permissions->bits & permissions::kAll.bits;
    if (request.color) role.color = static_cast<std::uint32_t>(request.color->value);
    if (request.colors)
        role.color = static_cast<std::uint32_t>(request.colors->primary_color.value);
    if (request.hoist) role.hoist = *request.hoist;
    if (request.mentionable) role.mentionable = *request.mentionable;
}

Result<Role> decide_create(const GuildState* guild,
                           UserId actor,
                           RoleId id,
                           const api::RoleCreate& request,
                           const std::string& icon,
                           UnixMs now) {
    TRY(const GuildState* g, require_guild(guild, actor, permissions::kManageRoles, now));
    if (g->roles.size() >= protocol::limits::kRolesMax)
        return make_error(protocol::kMaximumNumberOfGuildRolesReached);
    Role role;
    role.id = id;
    role.name = "new role";
    // Below every other: equal positions rank by age.
    role.position = 1;
    const Permissions own = guild_permissions(*g, actor, now);
    if (const Role* everyone = g->everyone())
        role.permissions = (Permissions(everyone->permissions) & own).bits;
    apply_common(role, request);
    role.icon = icon;
    if (request.unicode_emoji) role.unicodeEmoji = *request.unicode_emoji;
    if (!protocol::may_grant(own, Permissions(role.permissions)))
        return make_error(protocol::kMissingPermissions);
    return role;
}

/// The role, when the actor may edit it at all.
Result<const Role*> require_role(const GuildState* guild, UserId actor, RoleId id, UnixMs now) {
    TRY(const GuildState* g, require_guild(guild, actor, permissions::kManageRoles, now));
    const Role* role = g->roles.find(id);
    if (!role) return make_error(protocol::kUnknownRole);
    if (!outranks_role(*g, actor, *role)) return make_error(protocol::kMissingPermissions);
    return role;
}

Result<Role> decide_edit(const GuildState* guild,
                         UserId actor,
                         RoleId id,
                         const api::RolePatch& request,
                         const std::optional<std::string>& icon,
                         UnixMs now) {
    TRY(const Role* old, require_role(guild, actor, id, now));
    Role role = *old;
    apply_common(role, request);
    if (icon) role.icon = *icon;
    request.unicode_emoji.apply_to(role.unicodeEmoji);
    if (id == protocol::id_cast<RoleId>(guild->guild.id)) {
        // @everyone has rights and nothing else.
        Role everyone = *old;
        everyone.permissions = role.permissions;
        role = std::move(everyone);
    }
    // Bits that the actor lacks may stay as they are, but neither come nor go.
    const Permissions changed(old->permissions ^ role.permissions);
    if (!protocol::may_grant(guild_permissions(*guild, actor, now), changed))
        return make_error(protocol::kMissingPermissions);
    return role;
}

/// All roles but @everyone, lowest rank first.
std::vector<Role> by_rank(const GuildState& guild) {
    std::vector<Role> out;
    guild.roles.for_each([&](RoleId id, const Role& role) {
        if (id.value != guild.guild.id.value) out.push_back(role);
    });
    std::ranges::sort(out, [](const Role& a, const Role& b) { return rank_of(a) < rank_of(b); });
    return out;
}

/// The order that a request asks for, lowest rank first. Where a moved role meets one that stays,
/// it passes it: below it when it came from above, above it when it came from below.
Result<std::vector<Role>> asked_order(const GuildState& guild, const api::RolePositions& request) {
    struct Placed {
        Role role;
        int moved = 0;
    };
    std::vector<Placed> order;
    for (Role& role : by_rank(guild)) order.push_back({std::move(role), 0});
    for (const api::RolePosition& item : request) {
        if (!guild.roles.find(item.id)) return make_error(protocol::kUnknownRole);
        const auto at = std::ranges::find_if(
            order, [&](const Placed& placed) { return placed.role.id == item.id; });
        if (at == order.end() || !item.position) continue;
        const auto position = static_cast<std::int32_t>(item.position->value);
        at->moved = position < at->role.position ? -1 : position > at->role.position;
        at->role.position = position;
    }
    std::ranges::sort(order, [](const Placed& a, const Placed& b) {
        if (a.role.position != b.role.position) return a.role.position < b.role.position;
        if (a.moved != b.moved) return a.moved < b.moved;
        return rank_of(a.role) < rank_of(b.role);
    });
    std::vector<Role> out;
    out.reserve(order.size());
    for (Placed& placed : order) out.push_back(std::move(placed.role));
    return out;
}

/// Clients send the positions of all roles, also of those they may not touch. So what counts is the
/// order that results: the actor's own roles and all above must be where they were.
Result<std::vector<Event>> decide_move(const GuildState* guild,
                                       UserId actor,
                                       const api::RolePositions& request,
                                       UnixMs now) {
    TRY(const GuildState* g, require_guild(guild, actor, permissions::kManageRoles, now));
    const std::vector<Role> before = by_rank(*g);
    TRY(std::vector<Role> after, asked_order(*g, request));
    std::vector<Event> events;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const Role& old = *g->roles.find(after[i].id);
        const bool moved = after[i].id != before[i].id;
        if (moved && (!outranks_role(*g, actor, before[i]) || !outranks_role(*g, actor, old)))
            return make_error(protocol::kMissingPermissions);
        after[i].position = static_cast<std::int32_t>(i + 1);
        if (after[i] != old) events.emplace_back(protocol::RoleUpdated{after[i]});
    }
    return events;
}

Result<std::vector<Event>> decide_assign(
    const GuildState* guild, UserId actor, UserId user, RoleId id, bool held, UnixMs now) {
    TRY(const Role* role, require_role(guild, actor, id, now));
    const Member* member = guild->members.find(user);
    if (!member) return make_error(protocol::kUnknownMember);
    // Everybody has @everyone, and only its bot a managed role.
    if (role->managed || id.value == guild->guild.id.value)
        return make_error(protocol::kInvalidRole);
    Member changed = *member;
    std::erase(changed.roles, id);
    if (held) changed.roles.insert(std::ranges::lower_bound(changed.roles, id), id);
    if (changed == *member) return std::vector<Event>();
    return std::vector<Event>{protocol::MemberUpdated{std::move(changed)}};
}

/// The role under `id` after a commit.
Result<Role> role_in(const protocol::GuildSnapshot& guild, RoleId id) {
    const Role* role = guild->roles.find(id);
    if (!role) return make_error(protocol::kUnknownRole);
    return *role;
}

}  // namespace

Task<Result<Role>> Roles::create(const Actor& actor,
                                 GuildId guild,
                                 const api::RoleCreate& request) {
    const protocol::Snowflake owner = protocol::id_cast<protocol::Snowflake>(guild);
    CO_TRY_VOID(require_guild(
        ctx_.journal.decided(guild), actor.user, permissions::kManageRoles, ctx_.clock.unix_ms()));
    CO_TRY(const std::string icon,
           co_await keep_image(
               ctx_.images, "role-icons", owner, "icon", request.icon.value_or(api::ImageUri())));
    CO_TRY(const RoleId id, co_await new_id<RoleId>(ctx_, guild));
    CO_TRY(Role role,
           decide_create(
               ctx_.journal.decided(guild), actor.user, id, request, icon, ctx_.clock.unix_ms()));
    std::vector<Event> events{protocol::RoleCreated{std::move(role)}};
    CO_TRY(const auto after, co_await commit(ctx_, actor, guild, std::move(events)));
    co_return role_in(after, id);
}

Task<Result<Role>> Roles::edit(const Actor& actor,
                               GuildId guild,
                               RoleId id,
                               const api::RolePatch& request) {
    CO_TRY_VOID(require_role(ctx_.journal.decided(guild), actor.user, id, ctx_.clock.unix_ms()));
    std::optional<std::string> icon;
    if (request.icon) {
        const protocol::Snowflake owner = protocol::id_cast<protocol::Snowflake>(id);
        const api::ImageUri uri = request.icon.value.value_or(api::ImageUri());
        CO_TRY(icon, co_await keep_image(ctx_.images, "role-icons", owner, "icon", uri));
    }
    const GuildState* g = ctx_.journal.decided(guild);
    CO_TRY(Role role, decide_edit(g, actor.user, id, request, icon, ctx_.clock.unix_ms()));
    std::vector<Event> events;
    if (role != *g->roles.find(id)) events.emplace_back(protocol::RoleUpdated{std::move(role)});
    CO_TRY(const auto after, co_await commit(ctx_, actor, guild, std::move(events)));
    co_return role_in(after, id);
}

Task<Status> Roles::remove(const Actor& actor, GuildId guild, RoleId id) {
    CO_TRY(const Role* role,
           require_role(ctx_.journal.decided(guild), actor.user, id, ctx_.clock.unix_ms()));
    if (role->managed || id.value == guild.value) co_return make_error(protocol::kInvalidRole);
    std::vector<Event> events{protocol::RoleDeleted{id}};
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Result<protocol::GuildSnapshot>> Roles::move(const Actor& actor,
                                                  GuildId guild,
                                                  const api::RolePositions& request) {
    CO_TRY(std::vector<Event> events,
           decide_move(ctx_.journal.decided(guild), actor.user, request, ctx_.clock.unix_ms()));
    co_return co_await commit(ctx_, actor, guild, std::move(events));
}

Task<Status> Roles::assign(
    const Actor& actor, GuildId guild, UserId member, RoleId role, bool held) {
    CO_TRY(std::vector<Event> events,
           decide_assign(
               ctx_.journal.decided(guild), actor.user, member, role, held, ctx_.clock.unix_ms()));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

}  // namespace guildhall::services
