// /guilds/{guild}/node-bans: the nodes of which a guild wants nothing any more. Ours; Discord has
// nothing like it (docs/COMPAT.md).
#include "node/rest/api.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/bans.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::GuildId;
using protocol::JsonWriter;

Task<Result<Reply>> list_node_bans(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.bans.list(call.actor, call.id<GuildId>(0)));
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        guild->node_bans.for_each([&](const std::string& uid, const protocol::NodeBan& ban) {
            w.begin_object()
                .string("node_uid", federation::to_hex(uid))
                .string("name", ban.name)
                .id("by", ban.byUser)
                .end_object();
        });
        w.end_array();
    });
}

Task<Result<Reply>> ban_node(Api& api, Call& call) {
    CO_TRY_VOID(
        co_await api.services.bans.put_node(call.actor, call.id<GuildId>(0), call.params[1]));
    co_return Reply::no_content();
}

Task<Result<Reply>> unban_node(Api& api, Call& call) {
    CO_TRY_VOID(
        co_await api.services.bans.remove_node(call.actor, call.id<GuildId>(0), call.params[1]));
    co_return Reply::no_content();
}

constexpr Limit kNodeBanRead{"node-ban-read", 20, 10};
constexpr Limit kNodeBanWrite{"node-ban-write", 5, 10};

constexpr Route kNodeBanRoutes[] = {
    row({.auth = Auth::any},
        {.method = Method::get,
         .pattern = "/guilds/{guild_id}/node-bans",
         .limit = kNodeBanRead,
         .handler = list_node_bans,
         .summary = "List the nodes that are banned from a guild"}),
    row({.auth = Auth::any, .home = Home::guild},
        {.method = Method::put,
         .pattern = "/guilds/{guild_id}/node-bans/{node}",
         .limit = kNodeBanWrite,
         .handler = ban_node,
         .summary = "Ban a node, by name or uid: its members go, and it gets nothing any more"}),
    row({.auth = Auth::any, .home = Home::guild},
        {.method = Method::del,
         .pattern = "/guilds/{guild_id}/node-bans/{node}",
         .limit = kNodeBanWrite,
         .handler = unban_node,
         .summary = "Lift the ban of a node"}),
};

}  // namespace

std::span<const Route> node_ban_routes() { return kNodeBanRoutes; }

}  // namespace guildhall::rest
