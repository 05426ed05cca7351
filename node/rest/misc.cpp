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

constexpr Limit kRead{"misc-read", 30, 10};
constexpr Limit kDiscard{"telemetry", 30, 10};
constexpr Limit kSettings{"settings", 20, 10};

constexpr Route row(Method method,
                    std::string_view pattern,
                    Auth auth,
                    Limit limit,
                    Handler handler,
                    std::string_view summary) {
    return {method, pattern, auth, Home::here, limit, handler, summary};
}

constexpr Route kRoutes[] = {
    row(Method::get, "/experiments", Auth::none, kRead, experiments, "List experiments: none"),
    row(Method::post, "/science", Auth::none, kDiscard, discard, "Take telemetry, keep none"),
    row(Method::post, "/metrics", Auth::none, kDiscard, discard, "Take telemetry, keep none"),
    row(Method::post, "/metrics/v2", Auth::none, kDiscard, discard, "Take telemetry, keep none"),
    row(Method::post, "/track", Auth::none, kDiscard, discard, "Take telemetry, keep none"),
    row(Method::get,
        "/policies/instance/domains",
        Auth::none,
        kRead,
        domains,
        "Where the node's parts are"),
    row(Method::get, "/voice/regions", Auth::any, kRead, no_list, "List voice regions: none"),
    row(Method::get,
        "/sticker-packs",
        Auth::none,
        kRead,
        sticker_packs,
        "List sticker packs: none"),
    row(Method::get, "/gifs/trending", Auth::none, kRead, trending_gifs, "Trending GIFs: none"),
    row(Method::get, "/gifs/trending-gifs", Auth::none, kRead, no_list, "Trending GIFs: none"),
    row(Method::get, "/gifs/search", Auth::none, kRead, no_list, "Search GIFs: none"),
    row(Method::get, "/gifs/suggest", Auth::none, kRead, no_list, "Suggest GIF searches: none"),
    row(Method::get,
        "/applications/{application_id}/entitlements",
        Auth::any,
        kRead,
        entitlements,
        "List what was bought: nothing"),
    row(Method::get,
        "/users/@me/connections",
        Auth::user,
        kRead,
        no_list,
        "List connected accounts: none"),
    row(Method::get,
        "/users/@me/relationships",
        Auth::user,
        kRead,
        no_list,
        "List friends and blocked users: none"),
    row(Method::get,
        "/users/@me/channels",
        Auth::any,
        kRead,
        no_list,
        "List direct message channels: none"),
    row(Method::get,
        "/users/@me/settings",
        Auth::user,
        kSettings,
        get_settings,
        "Get your clients' settings"),
    row(Method::patch,
        "/users/@me/settings",
        Auth::user,
        kSettings,
        patch_settings,
        "Change your clients' settings"),
    row(Method::get,
        "/users/@me/settings-proto/{type}",
        Auth::user,
        kSettings,
        get_proto,
        "Get your clients' settings as protobuf"),
    row(Method::patch,
        "/users/@me/settings-proto/{type}",
        Auth::user,
        kSettings,
        patch_proto,
        "Merge a protobuf into your clients' settings"),
};

}  // namespace

std::span<const Route> misc_routes() { return kRoutes; }

}  // namespace guildhall::rest
