// The half of Applications that is OAuth2: adding a bot to a guild. Other grants are not offered.
#include "node/base/http/query.h"
#include "node/services/applications.h"
#include "node/services/bot_arrival.h"
#include "protocol/errors.h"

#include <algorithm>

namespace guildhall::services {

namespace api = protocol::api;
using protocol::GuildId;
using protocol::make_error;
using protocol::make_field_error;
using protocol::SharedApplication;

namespace {

Status check_scopes(const api::AuthorizeQuery& query) {
    const auto scopes = query.scopes();
    for (const std::string_view scope : scopes) {
        if (scope != "bot" && scope != "applications.commands")
            return make_field_error("scope",
                                    "OAUTH2_SCOPE_UNSUPPORTED",
                                    "This node grants the scopes bot and applications.commands.");
    }
    if (std::ranges::find(scopes, "bot") == scopes.end())
        return make_field_error("scope", "OAUTH2_SCOPE_REQUIRED", "The scope bot is required.");
    return {};
}

/// `uri` with one more parameter of its query.
std::string with_parameter(std::string uri, std::string_view name, std::string_view value) {
    uri += uri.find('?') == std::string::npos ? '?' : '&';
    uri += name;
    uri += '=';
    uri += base::http::percent_encode(value);
    return uri;
}

}  // namespace

Result<SharedApplication> Applications::preview(const Actor& actor,
                                                const api::AuthorizeQuery& query) const {
    TRY(SharedApplication application, find(query.client_id));
    TRY_VOID(check_scopes(query));
    if (!application->bot_public && application->owner != actor.user)
        return make_error(protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    if (query.redirect_uri && !query.redirect_uri->empty()) {
        const auto& known = application->redirect_uris;
        if (std::ranges::find(known, std::string(*query.redirect_uri)) == known.end())
            return make_field_error("redirect_uri",
                                    "OAUTH2_REDIRECT_URI_INVALID",
                                    "The redirect_uri is not one of the application's.");
    }
    return application;
}

/// With what the application wants to know again.
std::string Applications::way_back(const api::AuthorizeQuery& query) const {
    const bool redirects = query.redirect_uri && !query.redirect_uri->empty();
    std::string location = redirects ? std::string(*query.redirect_uri)
                                     : ctx_.settings.public_url + "/oauth2/authorized";
    if (query.state) location = with_parameter(std::move(location), "state", *query.state);
    return location;
}

Result<std::string> Applications::granted(const Actor& actor,
                                          const api::AuthorizeQuery& query,
                                          GuildId guild) const {
    TRY_VOID(preview(actor, query));
    return with_parameter(way_back(query), "guild_id", guild.str());
}

Task<Result<std::string>> Applications::authorize(const Actor& actor,
                                                  const api::AuthorizeQuery& query,
                                                  const api::AuthorizeBody& body) {
    CO_TRY(const SharedApplication application, preview(actor, query));
    if (!body.authorize) co_return with_parameter(way_back(query), "error", "access_denied");
    const GuildId guild = body.guild_id ? *body.guild_id : query.guild_id.value_or(GuildId{});
    if (!guild)
        co_return make_field_error("guild_id", "BASE_TYPE_REQUIRED", "This field is required");
    const protocol::Permissions asked =
        body.permissions ? *body.permissions : query.permissions.value_or(protocol::Permissions{});
    CO_TRY_VOID(
        co_await bring_bot(ctx_, actor, guild, application->bot_id(), application->name, asked));
    co_return with_parameter(way_back(query), "guild_id", guild.str());
}

}  // namespace guildhall::services
