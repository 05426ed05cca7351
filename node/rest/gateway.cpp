// /gateway: where the gateway is, and how often a bot may begin a session there.
#include "node/rest/api.h"
#include "node/rest/route.h"
#include "node/services/session_starts.h"
#include "protocol/json/writer.h"
#include "protocol/limits.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::JsonWriter;

/// Without path or query: clients append theirs in different ways.
std::string gateway_url(const services::Settings& settings) {
    std::string url = settings.public_url;
    if (url.starts_with("http")) url.replace(0, 4, "ws");
    return url;
}

Task<Result<Reply>> get_gateway(Api& api, Call&) {
    std::string json;
    JsonWriter w(json);
    w.begin_object().string("url", gateway_url(api.ctx.settings)).end_object();
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> get_bot_gateway(Api& api, Call& call) {
    using services::SessionStarts;
    const SessionStarts* starts = api.ctx.session_starts;
    SessionStarts::Left left{
        protocol::limits::kIdentifiesPerDay, protocol::limits::kIdentifiesPerDay, 0};
    if (starts) left = starts->left(call.actor.user);
    const std::size_t guilds = api.ctx.view.guilds_of(call.actor.user).size();
    std::string json;
    JsonWriter w(json);
    w.begin_object()
        .string("url", gateway_url(api.ctx.settings))
        .number("shards", guilds / protocol::limits::kGuildsPerShardMax + 1)
        .begin_object("session_start_limit")
        .number("total", left.total)
        .number("remaining", left.remaining)
        .number("reset_after", left.reset_after_ms)
        .number("max_concurrency", SessionStarts::kMaxConcurrency)
        .end_object()
        .end_object();
    co_return Reply::ok(std::move(json));
}

constexpr Limit kGateway{"gateway", 50, 10};

constexpr Route kGatewayRoutes[] = {
    {Method::get,
     "/gateway",
     Auth::none,
     Home::here,
     kGateway,
     get_gateway,
     "Where the gateway is",
     "",
     "Gateway"},
    {Method::get,
     "/gateway/bot",
     Auth::bot,
     Home::here,
     kGateway,
     get_bot_gateway,
     "Where the gateway is, and what a bot may ask of it",
     "",
     "BotGateway"},
};

}  // namespace

std::span<const Route> gateway_routes() { return kGatewayRoutes; }

}  // namespace guildhall::rest
