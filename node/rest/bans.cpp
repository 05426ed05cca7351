// /guilds/{guild}/bans: who may not come back.
#include "node/services/bans.h"

#include "node/rest/api.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/present/user.h"
#include "protocol/limits.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::Ban;
using protocol::GuildId;
using protocol::JsonWriter;
using protocol::UserId;

void write_ban(JsonWriter& w, const Api& api, const Ban& ban) {
    w.begin_object().string_or_null("reason", ban.reason).key("user");
    services::write_user(w, api.ctx.view, ban.userId);
    w.end_object();
}

/// The page that a query asks for, ascending: the first above `after`, or the last below `before`.
std::vector<Ban> page_of(const protocol::GuildState& guild,
                         UserId before,
                         UserId after,
                         std::size_t limit) {
    std::vector<Ban> page;
    guild.bans.for_each_after(after, [&](UserId user, const Ban& ban) {
        if (before && user >= before) return false;
        page.push_back(ban);
        return before || page.size() < limit;
    });
    if (page.size() > limit)
        page.erase(page.begin(), page.end() - static_cast<std::ptrdiff_t>(limit));
    return page;
}

Task<Result<Reply>> list_bans(Api& api, Call& call) {
    constexpr int kMax = protocol::limits::kBansPageMax;
    CO_TRY(const auto guild, api.services.bans.list(call.actor, call.id<GuildId>(0)));
    CO_TRY(const auto before, query_id<UserId>(call.query, "before"));
    CO_TRY(const auto after, query_id<UserId>(call.query, "after"));
    CO_TRY(const unsigned limit, query_limit(call.query, kMax, kMax));
    // As in the API, `before` wins when both are given.
    const UserId above = before ? UserId{} : after.value_or(UserId{});
    const auto page = page_of(*guild, before.value_or(UserId{}), above, limit);
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        for (const Ban& ban : page) write_ban(w, api, ban);
        w.end_array();
    });
}

Task<Result<Reply>> get_ban(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.bans.list(call.actor, call.id<GuildId>(0)));
    const Ban* ban = guild->bans.find(call.id<UserId>(1));
    if (!ban) co_return protocol::make_error(protocol::kUnknownBan);
    co_return written([&](JsonWriter& w) { write_ban(w, api, *ban); });
}

Task<Result<Reply>> put_ban(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse_optional<protocol::api::BanCreate>());
    CO_TRY_VOID(co_await api.services.bans.put(
        call.actor, call.id<GuildId>(0), call.id<UserId>(1), request));
    co_return Reply::no_content();
}

Task<Result<Reply>> delete_ban(Api& api, Call& call) {
    CO_TRY_VOID(
        co_await api.services.bans.remove(call.actor, call.id<GuildId>(0), call.id<UserId>(1)));
    co_return Reply::no_content();
}

Task<Result<Reply>> bulk_ban(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::BulkBan>());
    CO_TRY(const auto outcome,
           co_await api.services.bans.bulk(call.actor, call.id<GuildId>(0), request));
    const auto list = [](JsonWriter& w, std::string_view name, const std::vector<UserId>& ids) {
        w.begin_array(name);
        for (const UserId id : ids) w.id(id);
        w.end_array();
    };
    co_return written([&](JsonWriter& w) {
        w.begin_object();
        list(w, "banned_users", outcome.banned);
        list(w, "failed_users", outcome.failed);
        w.end_object();
    });
}

constexpr Limit kBanRead{"ban-read", 20, 10};
constexpr Limit kBanWrite{"ban-write", 20, 10};
constexpr Limit kBanBulk{"bulk-ban", 5, 10};

constexpr Route kBanRoutes[] = {
    {Method::get,
     "/guilds/{guild_id}/bans",
     Auth::any,
     Home::here,
     kBanRead,
     list_bans,
     "List bans, by before, after and limit",
     "",
     "Ban[]"},
    {Method::get,
     "/guilds/{guild_id}/bans/{user_id}",
     Auth::any,
     Home::here,
     kBanRead,
     get_ban,
     "Get a ban",
     "",
     "Ban"},
    {Method::put,
     "/guilds/{guild_id}/bans/{user_id}",
     Auth::any,
     Home::guild,
     kBanWrite,
     put_ban,
     "Ban a user, and delete what they wrote of late",
     "BanCreate"},
    {Method::del,
     "/guilds/{guild_id}/bans/{user_id}",
     Auth::any,
     Home::guild,
     kBanWrite,
     delete_ban,
     "Lift a ban"},
    {Method::post,
     "/guilds/{guild_id}/bulk-ban",
     Auth::any,
     Home::guild,
     kBanBulk,
     bulk_ban,
     "Ban up to 200 users at once",
     "BulkBan",
     "BulkBanOutcome"},
};

}  // namespace

std::span<const Route> ban_routes() { return kBanRoutes; }

}  // namespace guildhall::rest
