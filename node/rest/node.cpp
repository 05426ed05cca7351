// /node: what a client may know of the node that it talks to: before anybody has logged in who it
// is and what it offers, afterwards with which others it works. Ours; Discord has nothing like it
// (docs/COMPAT.md).
#include "federation/bytes.h"
#include "node/base/version.h"
#include "node/rest/api.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/rest/router.h"
#include "node/services/nodes.h"
#include "protocol/limits.h"

#include <algorithm>
#include <array>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::JsonWriter;
namespace limits = protocol::limits;

/// What some nodes offer and others do not, and the row of the route table that it stands on: what
/// is told is what is there.
struct Feature {
    std::string_view name;
    Method method;
    std::string_view pattern;
};
constexpr std::array kFeatures{
    Feature{"audit_log", Method::get, "/guilds/{guild_id}/audit-logs"},
    Feature{"bots", Method::post, "/applications"},
    Feature{"direct_messages", Method::post, "/users/@me/channels"},
    Feature{"emojis", Method::post, "/guilds/{guild_id}/emojis"},
    Feature{"friends", Method::put, "/users/@me/relationships/{user_id}"},
    Feature{"guild_hosting", Method::get, "/guilds/{guild_id}/hosting"},
    Feature{"message_search", Method::get, "/guilds/{guild_id}/messages/search"},
    Feature{"node_bans", Method::get, "/guilds/{guild_id}/node-bans"},
    Feature{"node_peers", Method::get, "/node/peers"},
    Feature{"read_states", Method::post, "/channels/{channel_id}/messages/{message_id}/ack"},
    Feature{"recovery", Method::post, "/users/@me/recovery"},
    Feature{"slash_commands", Method::post, "/interactions"},
    Feature{"stickers", Method::post, "/guilds/{guild_id}/stickers"},
    Feature{"threads", Method::post, "/channels/{channel_id}/threads"},
    Feature{"webhooks", Method::post, "/channels/{channel_id}/webhooks"},
};

bool is_offered(const std::vector<const Route*>& routes, const Feature& feature) {
    return std::ranges::any_of(routes, [&](const Route* route) {
        return route->method == feature.method && route->pattern == feature.pattern;
    });
}

Task<Result<Reply>> get_node(Api& api, Call&) {
    const services::Settings& own = api.ctx.settings;
    co_return written([&](JsonWriter& w) {
        w.begin_object().string("name", own.name).string("uid", federation::to_hex(own.node_uid));
        w.string("software", "guildhall").string("version", base::kVersion);
        w.string("registration", own.registration);
        w.boolean("federation", api.ctx.other_nodes != nullptr).begin_array("features");
        const auto routes = all_routes();
        for (const Feature& feature : kFeatures) {
            if (is_offered(routes, feature)) w.string(feature.name);
        }
        w.end_array().begin_object("limits");
        w.number("attachment_bytes", limits::kAttachmentBytesMax);
        w.number("attachments", limits::kAttachmentsMax);
        w.number("message_characters", limits::kContentMax);
        w.end_object().end_object();
    });
}

/// A page; nodes are few, and a list of more is asked for piece by piece.
constexpr int kPeersDefault = 100, kPeersMax = 500;

Task<Result<Reply>> list_peers(Api& api, Call& call) {
    CO_TRY(const unsigned limit, query_limit(call.query, kPeersDefault, kPeersMax));
    std::string after(call.query.get("after").value_or(""));
    const services::Nodes nodes(api.ctx);
    const auto rows = co_await nodes.list(call.actor, std::move(after), limit);
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        for (const auto& [node, guilds] : rows) {
            w.begin_object().string("name", node.name).string("uid", federation::to_hex(node.uid));
            w.boolean("reachable", node.is_reachable).boolean("verified", node.is_verified);
            w.timestamp_or_null("last_seen", node.last_seen_ms).number("guilds", guilds);
            w.end_object();
        }
        w.end_array();
    });
}

constexpr Limit kNodeRead{"node-read", 30, 10};
constexpr Limit kPeersRead{"node-peers", 10, 10};

constexpr Route kNodeRoutes[] = {
    row({.auth = Auth::none},
        {.method = Method::get,
         .pattern = "/node",
         .limit = kNodeRead,
         .handler = get_node,
         .summary = "Get which node this is and what it offers",
         .response = "Node"}),
    row({.auth = Auth::user},
        {.method = Method::get,
         .pattern = "/node/peers",
         .limit = kPeersRead,
         .handler = list_peers,
         .summary = "List the nodes that this one works with, by after and limit",
         .response = "NodePeer[]"}),
};

}  // namespace

std::span<const Route> node_routes() { return kNodeRoutes; }

}  // namespace guildhall::rest
