#pragma once
// Route: one row of the table that is the whole REST surface. The router, the rate limits, the
// shard a handler runs on, /openapi.json and the authorisation tests are all made from these rows.
// Constant data.

#include "node/base/http/request.h"
#include "node/rest/call.h"

#include <span>
#include <string_view>

namespace guildhall::rest {

class Api;

enum class Auth {
    /// No Authorization header is looked at.
    none,
    /// A user's or a bot's token.
    any,
    user,
    bot
};

/// Which shard runs the handler: the one that owns the guild of the path's {guild_id}, {channel_id}
/// or {invite_code}; or the one that accepted the call. An unknown guild, channel or invite is
/// answered before the handler runs (10004, 10003, 10006).
enum class Home { here, guild, channel, invite };

/// Requests per window for one user and one value of the route's major parameter.
struct Limit {
    /// Routes with the same name share the bucket.
    std::string_view bucket;
    unsigned requests;
    unsigned window_s;
};

using Handler = Task<Result<Reply>> (*)(Api& api, Call& call);
/// With Home::here, for what the path does not name as such: the id on whose shard the handler runs
/// (a guild, an application); 0: here after all.
using HomeId = Result<std::uint64_t> (*)(const Api& api, const Call& call);

struct Route {
    base::http::Method method;
    /// Below /api/v10: "/channels/{channel_id}/messages". Parameters ending in _id must be
    /// snowflakes.
    std::string_view pattern;
    Auth auth;
    Home home;
    Limit limit;
    Handler handler;
    /// For /openapi.json: what it does, the request struct's name and the response object's name
    /// (documented in rest/openapi_schemas.*), "" where there is none.
    std::string_view summary;
    std::string_view request = "";
    std::string_view response = "";
    /// Counts against the caller's global limit of 50/s; interaction and webhook routes do not.
    bool global_limit = true;
    HomeId home_id = nullptr;
};

/// What the rows of a kind have in common, for files that have many of them or whose rows are not
/// of the usual kind.
struct RouteKind {
    Auth auth;
    Home home = Home::here;
    bool global_limit = true;
    HomeId home_id = nullptr;
};

/// What a row of a kind has to itself; each member is Route's of the same name.
struct RouteOwn {
    base::http::Method method;
    std::string_view pattern;
    Limit limit;
    Handler handler;
    std::string_view summary;
    std::string_view request = "";
    std::string_view response = "";
};

constexpr Route row(const RouteKind& kind, const RouteOwn& own) {
    return {own.method,
            own.pattern,
            kind.auth,
            kind.home,
            own.limit,
            own.handler,
            own.summary,
            own.request,
            own.response,
            kind.global_limit,
            kind.home_id};
}

/// Every resource's rows: each node/rest/<resource>.cpp defines one such function.
std::span<const Route> auth_routes();
std::span<const Route> user_routes();
std::span<const Route> guild_routes();
std::span<const Route> hosting_routes();
std::span<const Route> node_ban_routes();
std::span<const Route> node_routes();
std::span<const Route> role_routes();
std::span<const Route> member_routes();
std::span<const Route> ban_routes();
std::span<const Route> channel_routes();
std::span<const Route> message_routes();
std::span<const Route> reaction_routes();
std::span<const Route> invite_routes();
std::span<const Route> application_routes();
std::span<const Route> command_routes();
std::span<const Route> interaction_routes();
std::span<const Route> webhook_routes();
std::span<const Route> oauth2_routes();
std::span<const Route> gateway_routes();
/// Node-wide odds and ends that clients ask for (experiments, science, policies).
std::span<const Route> misc_routes();

}  // namespace guildhall::rest
