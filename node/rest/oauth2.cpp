// /oauth2: adding a bot to a guild.
#include "node/rest/api.h"
#include "node/rest/federated.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/applications.h"
#include "node/services/present/application.h"
#include "protocol/errors.h"

#include <boost/json/object.hpp>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::JsonWriter;

/// The query string read as a request struct: its first value of each name.
Result<protocol::api::AuthorizeQuery> parse_query(const Call& call) {
    boost::json::object fields;
    for (const auto& [name, value] : call.query.pairs()) {
        if (!value.empty()) fields.emplace(name, boost::json::string(value));
    }
    return protocol::decode<protocol::api::AuthorizeQuery>(fields);
}

Task<Result<Reply>> preview(Api& api, Call& call) {
    CO_TRY(const auto query, parse_query(call));
    CO_TRY(const auto application, api.services.applications.preview(call.actor, query));
    co_return written([&](JsonWriter& w) {
        services::write_authorization(
            w, *application, call.actor.user, api.ctx.view, api.ctx.clock.unix_ms());
    });
}

Reply way_back(const std::string& location) {
    return written(
        [&](JsonWriter& w) { w.begin_object().string("location", location).end_object(); });
}

Task<Result<Reply>> authorize(Api& api, Call& call) {
    CO_TRY(const auto query, parse_query(call));
    CO_TRY(const auto body, call.parse_optional<protocol::api::AuthorizeBody>());
    CO_TRY(const std::string location,
           co_await api.services.applications.authorize(call.actor, query, body));
    co_return way_back(location);
}

constexpr Limit kPreview{"oauth2-preview", 30, 10};
constexpr Limit kAuthorize{"oauth2-authorize", 10, 10};

constexpr Route kOauth2Routes[] = {
    {Method::get,
     "/oauth2/authorize",
     Auth::user,
     Home::here,
     kPreview,
     preview,
     "Look at what an application asks for"},
    {Method::post,
     "/oauth2/authorize",
     Auth::user,
     Home::here,
     kAuthorize,
     authorize,
     "Add an application's bot to a guild",
     "AuthorizeBody"},
};

}  // namespace

Result<std::optional<Reply>> answer_to_grant(const Api& api,
                                             const Call& call,
                                             protocol::GuildId guild) {
    TRY(const auto query, parse_query(call));
    const auto location = api.services.applications.granted(call.actor, query, guild);
    // Of an application that this node does not know the host may say more.
    if (!location && location.error().code == protocol::kUnknownApplication)
        return std::optional<Reply>();
    if (!location) return location.error();
    return std::optional<Reply>(way_back(*location));
}

std::span<const Route> oauth2_routes() { return kOauth2Routes; }

}  // namespace guildhall::rest
