// /guilds/{guild}/roles and who holds them.
#include "node/services/roles.h"

#include "node/rest/api.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/guilds.h"
#include "node/services/present/role.h"

#include <map>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::GuildId;
using protocol::JsonWriter;
using protocol::Role;
using protocol::RoleId;
using protocol::UserId;

Reply role_reply(const Role& role) {
    return written([&](JsonWriter& w) { services::write_role(w, role); });
}

Task<Result<Reply>> list_roles(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    co_return written([&](JsonWriter& w) { services::write_roles(w, *guild); });
}

Task<Result<Reply>> get_role(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    const Role* role = guild->roles.find(call.id<RoleId>(1));
    if (!role) co_return protocol::make_error(protocol::kUnknownRole);
    co_return role_reply(*role);
}

/// How many members hold each role, @everyone left out.
Task<Result<Reply>> count_members(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    std::map<RoleId, std::size_t> counts;
    guild->roles.for_each([&](RoleId id, const Role&) { counts[id] = 0; });
    counts.erase(protocol::id_cast<RoleId>(guild->guild.id));
    guild->members.for_each([&](UserId, const protocol::Member& member) {
        for (const RoleId role : member.roles) ++counts[role];
    });
    co_return written([&](JsonWriter& w) {
        w.begin_object();
        for (const auto& [role, count] : counts) w.number(role.str(), count);
        w.end_object();
    });
}

Task<Result<Reply>> create_role(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse_optional<protocol::api::RoleCreate>());
    CO_TRY(const Role role,
           co_await api.services.roles.create(call.actor, call.id<GuildId>(0), request));
    co_return role_reply(role);
}

Task<Result<Reply>> move_roles(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::RolePositions>());
    CO_TRY(const auto guild,
           co_await api.services.roles.move(call.actor, call.id<GuildId>(0), request));
    co_return written([&](JsonWriter& w) { services::write_roles(w, *guild); });
}

Task<Result<Reply>> edit_role(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::RolePatch>());
    CO_TRY(const Role role,
           co_await api.services.roles.edit(
               call.actor, call.id<GuildId>(0), call.id<RoleId>(1), request));
    co_return role_reply(role);
}

Task<Result<Reply>> delete_role(Api& api, Call& call) {
    CO_TRY_VOID(
        co_await api.services.roles.remove(call.actor, call.id<GuildId>(0), call.id<RoleId>(1)));
    co_return Reply::no_content();
}

Task<Result<Reply>> give_role(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.roles.assign(
        call.actor, call.id<GuildId>(0), call.id<UserId>(1), call.id<RoleId>(2), true));
    co_return Reply::no_content();
}

Task<Result<Reply>> take_role(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.roles.assign(
        call.actor, call.id<GuildId>(0), call.id<UserId>(1), call.id<RoleId>(2), false));
    co_return Reply::no_content();
}

constexpr Limit kRoleRead{"role-read", 50, 10};
constexpr Limit kRoleWrite{"role-write", 30, 10};
constexpr Limit kAssign{"member-role", 30, 10};

constexpr Route kRoleRoutes[] = {
    {Method::get,
     "/guilds/{guild_id}/roles",
     Auth::any,
     Home::here,
     kRoleRead,
     list_roles,
     "List the roles of a guild",
     "",
     "Role[]"},
    {Method::post,
     "/guilds/{guild_id}/roles",
     Auth::any,
     Home::guild,
     kRoleWrite,
     create_role,
     "Create a role",
     "RoleCreate",
     "Role"},
    {Method::patch,
     "/guilds/{guild_id}/roles",
     Auth::any,
     Home::guild,
     kRoleWrite,
     move_roles,
     "Reorder roles",
     "RolePosition[]",
     "Role[]"},
    {Method::get,
     "/guilds/{guild_id}/roles/member-counts",
     Auth::any,
     Home::here,
     kRoleRead,
     count_members,
     "Count the members of each role"},
    {Method::get,
     "/guilds/{guild_id}/roles/{role_id}",
     Auth::any,
     Home::here,
     kRoleRead,
     get_role,
     "Get a role",
     "",
     "Role"},
    {Method::patch,
     "/guilds/{guild_id}/roles/{role_id}",
     Auth::any,
     Home::guild,
     kRoleWrite,
     edit_role,
     "Change a role",
     "RolePatch",
     "Role"},
    {Method::del,
     "/guilds/{guild_id}/roles/{role_id}",
     Auth::any,
     Home::guild,
     kRoleWrite,
     delete_role,
     "Delete a role"},
    {Method::put,
     "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
     Auth::any,
     Home::guild,
     kAssign,
     give_role,
     "Give a role to a member"},
    {Method::del,
     "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
     Auth::any,
     Home::guild,
     kAssign,
     take_role,
     "Take a role from a member"},
};

}  // namespace

std::span<const Route> role_routes() { return kRoleRoutes; }

}  // namespace guildhall::rest
