// Odds and ends that clients ask for: settings, experiments, telemetry that is thrown away, lists
// of what this node does not have, and where its parts are.
#include "node/rest/api.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/applications.h"
#include "node/services/user_settings.h"
#include "protocol/errors.h"

#include <boost/json/object.hpp>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::JsonWriter;
using services::UserSettings;

Task<Result<Reply>> no_list(Api&, Call&) { co_return Reply::ok("[]"); }

Task<Result<Reply>> discard(Api&, Call&) { co_return Reply::no_content(); }

Task<Result<Reply>> experiments(Api&, Call&) {
    co_return Reply::ok(R"({"assignments":[],"guild_experiments":[]})");
}

Task<Result<Reply>> trending_gifs(Api&, Call&) {
    co_return Reply::ok(R"({"categories":[],"gifs":[]})");
}

Task<Result<Reply>> sticker_packs(Api&, Call&) { co_return Reply::ok(R"({"sticker_packs":[]})"); }

/// Nothing is sold here; who owns the application may know that.
Task<Result<Reply>> entitlements(Api& api, Call& call) {
    CO_TRY(const auto application,
           api.services.applications.get(call.actor, call.id<protocol::ApplicationId>(0)));
    (void)application;
    co_return Reply::ok("[]");
}

Task<Result<Reply>> domains(Api& api, Call&) {
    const std::string& base = api.ctx.settings.public_url;
    std::string gateway = base;
    if (gateway.starts_with("http")) gateway.replace(0, 4, "ws");
    co_return written([&](JsonWriter& w) {
        w.begin_object()
            .string("cdn", base + "/cdn")
            .string("gateway", gateway)
            .string("apiEndpoint", base + "/api")
            .string("defaultApiVersion", "9")
            .end_object();
    });
}

Task<Result<Reply>> get_settings(Api& api, Call& call) {
    UserSettings settings(api.ctx);
    CO_TRY(std::string json, co_await settings.get(call.actor));
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> patch_settings(Api& api, Call& call) {
    UserSettings settings(api.ctx);
    CO_TRY(std::string json, co_await settings.patch(call.actor, call.body));
    co_return Reply::ok(std::move(json));
}

Reply proto_reply(const std::string& base64) {
    return written(
        [&](JsonWriter& w) { w.begin_object().string("settings", base64).end_object(); });
}

/// 1 or 2; there are no others.
Result<int> proto_type(const Call& call) {
    if (call.params[0] == "1") return 1;
    if (call.params[0] == "2") return 2;
    return protocol::make_http_error(404);
}

Task<Result<Reply>> get_proto(Api& api, Call& call) {
    CO_TRY(const int type, proto_type(call));
    UserSettings settings(api.ctx);
    CO_TRY(const std::string base64, co_await settings.proto(call.actor, type));
    co_return proto_reply(base64);
}

Task<Result<Reply>> patch_proto(Api& api, Call& call) {
    CO_TRY(const int type, proto_type(call));
    const auto* body = call.body.if_object();
    const auto* field = body ? body->if_contains("settings") : nullptr;
    const auto* text = field ? field->if_string() : nullptr;
    if (!text)
        co_return protocol::make_field_error(
            "settings", "BASE_TYPE_REQUIRED", "This field is required");
    UserSettings settings(api.ctx);
    CO_TRY(
        const std::string merged,
        co_await settings.merge_proto(call.actor, type, std::string(text->data(), text->size())));
    co_return proto_reply(merged);
}

constexpr Limit kMiscRead{"misc-read", 30, 10};
constexpr Limit kDiscard{"telemetry", 30, 10};
constexpr Limit kSettings{"settings", 20, 10};

constexpr RouteKind kOpen{Auth::none};
constexpr RouteKind kOfAny{Auth::any};
constexpr RouteKind kOfUser{Auth::user};

constexpr Route kMiscRoutes[] = {
    row(kOpen, {Method::get, "/experiments", kMiscRead, experiments, "List experiments: none"}),
    row(kOpen, {Method::post, "/science", kDiscard, discard, "Take telemetry, keep none"}),
    row(kOpen, {Method::post, "/metrics", kDiscard, discard, "Take telemetry, keep none"}),
    row(kOpen, {Method::post, "/metrics/v2", kDiscard, discard, "Take telemetry, keep none"}),
    row(kOpen, {Method::post, "/track", kDiscard, discard, "Take telemetry, keep none"}),
    row(kOpen,
        {Method::get,
         "/policies/instance/domains",
         kMiscRead,
         domains,
         "Where the node's parts are"}),
    row(kOfAny, {Method::get, "/voice/regions", kMiscRead, no_list, "List voice regions: none"}),
    row(kOpen,
        {Method::get, "/sticker-packs", kMiscRead, sticker_packs, "List sticker packs: none"}),
    row(kOpen, {Method::get, "/gifs/trending", kMiscRead, trending_gifs, "Trending GIFs: none"}),
    row(kOpen, {Method::get, "/gifs/trending-gifs", kMiscRead, no_list, "Trending GIFs: none"}),
    row(kOpen, {Method::get, "/gifs/search", kMiscRead, no_list, "Search GIFs: none"}),
    row(kOpen, {Method::get, "/gifs/suggest", kMiscRead, no_list, "Suggest GIF searches: none"}),
    row(kOfAny,
        {Method::get,
         "/applications/{application_id}/entitlements",
         kMiscRead,
         entitlements,
         "List what was bought: nothing"}),
    row(kOfUser,
        {Method::get,
         "/users/@me/connections",
         kMiscRead,
         no_list,
         "List connected accounts: none"}),
    row(kOfUser,
        {Method::get,
         "/users/@me/relationships",
         kMiscRead,
         no_list,
         "List friends and blocked users: none"}),
    row(kOfAny,
        {Method::get,
         "/users/@me/channels",
         kMiscRead,
         no_list,
         "List direct message channels: none"}),
    row(kOfUser,
        {Method::get,
         "/users/@me/settings",
         kSettings,
         get_settings,
         "Get your clients' settings"}),
    row(kOfUser,
        {Method::patch,
         "/users/@me/settings",
         kSettings,
         patch_settings,
         "Change your clients' settings"}),
    row(kOfUser,
        {Method::get,
         "/users/@me/settings-proto/{type}",
         kSettings,
         get_proto,
         "Get your clients' settings as protobuf"}),
    row(kOfUser,
        {Method::patch,
         "/users/@me/settings-proto/{type}",
         kSettings,
         patch_proto,
         "Merge a protobuf into your clients' settings"}),
};

}  // namespace

std::span<const Route> misc_routes() { return kMiscRoutes; }

}  // namespace guildhall::rest
