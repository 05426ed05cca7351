// /guilds/{guild}/hosting: who hosts a guild and who may after that node is gone. Ours; Discord has
// nothing like it (docs/COMPAT.md).
#include "node/services/hosting.h"

#include "node/rest/api.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::GuildId;
using protocol::JsonWriter;

Task<Reply> hosting_reply(const Api& api, protocol::GuildSnapshot guild) {
    const auto now = co_await api.services.hosting.now(guild);
    co_return written(
        [&](JsonWriter& w) { services::write_hosting(w, *guild, now, api.ctx.settings); });
}

Task<Result<Reply>> get_hosting(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.hosting.get(call.actor, call.id<GuildId>(0)));
    co_return co_await hosting_reply(api, guild);
}

Task<Result<Reply>> set_hosting(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::HostingPatch>());
    CO_TRY(const auto guild,
           co_await api.services.hosting.set(call.actor, call.id<GuildId>(0), request));
    co_return co_await hosting_reply(api, guild);
}

Task<Result<Reply>> transfer(Api& api, Call& call) {
    CO_TRY(auto request, call.parse<protocol::api::HostingTransfer>());
    CO_TRY_VOID(co_await api.services.hosting.transfer(
        call.actor, call.id<GuildId>(0), std::move(request.node)));
    co_return Reply::no_content();
}

Task<Result<Reply>> withdraw(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.hosting.withdraw(call.actor, call.id<GuildId>(0)));
    co_return Reply::no_content();
}

constexpr Limit kHostingRead{"hosting-read", 50, 10};
constexpr Limit kHostingWrite{"hosting-write", 5, 10};
constexpr RouteKind kOfGuild{.auth = Auth::any, .home = Home::guild};

constexpr Route kHostingRoutes[] = {
    row({.auth = Auth::any},
        {.method = Method::get,
         .pattern = "/guilds/{guild_id}/hosting",
         .limit = kHostingRead,
         .handler = get_hosting,
         .summary = "Get who hosts a guild, and its successors",
         .response = "Hosting"}),
    row(kOfGuild,
        {.method = Method::patch,
         .pattern = "/guilds/{guild_id}/hosting",
         .limit = kHostingWrite,
         .handler = set_hosting,
         .summary = "Say which nodes may take over a guild that you own, and when",
         .request = "HostingPatch",
         .response = "Hosting"}),
    row(kOfGuild,
        {.method = Method::post,
         .pattern = "/guilds/{guild_id}/hosting/transfer",
         .limit = kHostingWrite,
         .handler = transfer,
         .summary = "Hand a guild that you own to one of its successors",
         .request = "HostingTransfer"}),
    row(kOfGuild,
        {.method = Method::del,
         .pattern = "/guilds/{guild_id}/hosting/transfer",
         .limit = kHostingWrite,
         .handler = withdraw,
         .summary = "Take back a guild whose new host never answered"}),
};

}  // namespace

std::span<const Route> hosting_routes() { return kHostingRoutes; }

}  // namespace guildhall::rest
