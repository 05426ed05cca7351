// /guilds and /users/@me/guilds: guilds themselves.
#include "node/services/guilds.h"

#include "node/rest/api.h"
#include "node/rest/buckets.h"
#include "node/rest/handlers.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/members.h"
#include "node/services/online.h"
#include "node/services/present/guild.h"
#include "node/services/present/member.h"
#include "protocol/limits.h"

#include <optional>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::GuildId;
using protocol::GuildState;
using protocol::JsonWriter;
using services::GuildCounts;

/// The counts, when the query asks for them.
std::optional<GuildCounts> asked_counts(const Api& api, bool asked, const GuildState& guild) {
    if (!asked) return std::nullopt;
    return counts_of(api, guild);
}

Task<Result<Reply>> create_guild(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::GuildCreate>());
    CO_TRY(const auto guild, co_await api.services.guilds.create(call.actor, request));
    co_return written([&](JsonWriter& w) { services::write_guild(w, *guild); }, 201);
}

Task<Result<Reply>> get_guild(Api& api, Call& call) {
    CO_TRY(const bool counted, query_bool(call.query, "with_counts"));
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    co_return written([&](JsonWriter& w) {
        services::write_guild(w, *guild, asked_counts(api, counted, *guild));
    });
}

Task<Result<Reply>> edit_guild(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::GuildPatch>());
    CO_TRY(const auto guild,
           co_await api.services.guilds.edit(call.actor, call.id<GuildId>(0), request));
    co_return written([&](JsonWriter& w) { services::write_guild(w, *guild); });
}

Task<Result<Reply>> delete_guild(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.guilds.remove(call.actor, call.id<GuildId>(0)));
    co_return Reply::no_content();
}

Task<Result<Reply>> get_preview(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    co_return written(
        [&](JsonWriter& w) { services::write_guild_preview(w, *guild, counts_of(api, *guild)); });
}

Task<Result<Reply>> list_mine(Api& api, Call& call) {
    CO_TRY(const bool counted, query_bool(call.query, "with_counts"));
    constexpr int kMax = protocol::limits::kGuildsPageMax;
    services::Guilds::Page page;
    CO_TRY(const auto before, query_id<GuildId>(call.query, "before"));
    CO_TRY(const auto after, query_id<GuildId>(call.query, "after"));
    CO_TRY(page.limit, query_limit(call.query, kMax, kMax));
    page.before = before.value_or(GuildId{});
    page.after = after.value_or(GuildId{});
    const auto guilds = api.services.guilds.mine(call.actor, page);
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        for (const auto& guild : guilds)
            services::write_my_guild(
                w, *guild, call.actor.user, asked_counts(api, counted, *guild));
        w.end_array();
    });
}

Task<Result<Reply>> leave_guild(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.members.leave(call.actor, call.id<GuildId>(0)));
    co_return Reply::no_content();
}

Task<Result<Reply>> get_my_member(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    co_return written([&](JsonWriter& w) {
        services::write_member(w, *guild->members.find(call.actor.user), api.ctx.view);
    });
}

constexpr Limit kGuildRead{"guild-read", 50, 10};
constexpr Limit kGuildWrite{"guild-write", 10, 10};
constexpr Limit kMine{"my-guilds", 20, 10};

constexpr Route kGuildRoutes[] = {
    {Method::post,
     "/guilds",
     Auth::any,
     Home::here,
     buckets::kGuildCreate,
     create_guild,
     "Create a guild",
     "GuildCreate",
     "Guild"},
    {Method::get,
     "/guilds/{guild_id}",
     Auth::any,
     Home::here,
     kGuildRead,
     get_guild,
     "Get a guild; with_counts adds approximate counts",
     "",
     "Guild"},
    {Method::patch,
     "/guilds/{guild_id}",
     Auth::any,
     Home::guild,
     kGuildWrite,
     edit_guild,
     "Change a guild, or hand it to another owner",
     "GuildPatch",
     "Guild"},
    {Method::del,
     "/guilds/{guild_id}",
     Auth::any,
     Home::guild,
     kGuildWrite,
     delete_guild,
     "Delete a guild that you own"},
    {Method::post,
     "/guilds/{guild_id}/delete",
     Auth::any,
     Home::guild,
     kGuildWrite,
     delete_guild,
     "Delete a guild that you own (the user clients' way)"},
    {Method::get,
     "/guilds/{guild_id}/preview",
     Auth::any,
     Home::here,
     kGuildRead,
     get_preview,
     "Get what a guild shows of itself",
     "",
     "GuildPreview"},
    {Method::get,
     "/users/@me/guilds",
     Auth::any,
     Home::here,
     kMine,
     list_mine,
     "List your guilds, by before, after and limit",
     "",
     "MyGuild[]"},
    {Method::del,
     "/users/@me/guilds/{guild_id}",
     Auth::any,
     Home::guild,
     kGuildWrite,
     leave_guild,
     "Leave a guild"},
    {Method::get,
     "/users/@me/guilds/{guild_id}/member",
     Auth::any,
     Home::here,
     kGuildRead,
     get_my_member,
     "Get your own membership",
     "",
     "Member"},
};

}  // namespace

std::span<const Route> guild_routes() { return kGuildRoutes; }

}  // namespace guildhall::rest
