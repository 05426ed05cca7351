#pragma once
// Requests about applications, their bots and OAuth2. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/permissions.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// POST /applications.
struct ApplicationCreate {
    Name<1, limits::kApplicationNameMax> name;
    std::optional<Text<0, limits::kApplicationDescriptionMax>> description;
    std::optional<ImageUri> icon;
};
BOOST_DESCRIBE_STRUCT(ApplicationCreate, (), (name, description, icon))

/// PATCH /applications/{application} and /applications/@me.
struct ApplicationPatch {
    std::optional<Name<1, limits::kApplicationNameMax>> name;
    Field<Text<0, limits::kApplicationDescriptionMax>> description;
    Field<ImageUri> icon;
    Field<ImageUri> cover_image;
    Field<Name<0, limits::kUrlMax>> interactions_endpoint_url;
    Field<Name<0, limits::kUrlMax>> custom_install_url;
    Field<Name<0, limits::kUrlMax>> role_connections_verification_url;
    Field<List<Name<1, limits::kApplicationTagLengthMax>, limits::kApplicationTagsMax>> tags;
    std::optional<List<Name<1, limits::kUrlMax>, 10>> redirect_uris;
    std::optional<bool> bot_public;
    std::optional<bool> bot_require_code_grant;
    std::optional<Int53> flags;
};
BOOST_DESCRIBE_STRUCT(ApplicationPatch,
                      (),
                      (name,
                       description,
                       icon,
                       cover_image,
                       interactions_endpoint_url,
                       custom_install_url,
                       role_connections_verification_url,
                       tags,
                       redirect_uris,
                       bot_public,
                       bot_require_code_grant,
                       flags))

void validate(ApplicationPatch& request, FormErrors& errors);

/// PATCH /applications/{application}/bot.
struct BotPatch {
    std::optional<Name<limits::kUsernameMin, limits::kUsernameMax>> username;
    Field<ImageUri> avatar;
    Field<ImageUri> banner;
};
BOOST_DESCRIBE_STRUCT(BotPatch, (), (username, avatar, banner))
void validate(BotPatch& request, FormErrors& errors);

/// The query of GET and POST /oauth2/authorize.
struct AuthorizeQuery {
    ApplicationId client_id;
    std::optional<Text<0, 1024>> scope;
    std::optional<Permissions> permissions;
    std::optional<GuildId> guild_id;
    std::optional<Name<0, limits::kUrlMax>> redirect_uri;
    std::optional<Text<0, 16>> response_type;
    std::optional<Text<0, 1024>> state;

    /// The scopes by name; without any, `bot`.
    std::vector<std::string_view> scopes() const;
};
BOOST_DESCRIBE_STRUCT(AuthorizeQuery,
                      (),
                      (client_id, scope, permissions, guild_id, redirect_uri, response_type, state))

/// The body of POST /oauth2/authorize.
struct AuthorizeBody {
    bool authorize = false;
    std::optional<GuildId> guild_id;
    std::optional<Permissions> permissions;
    std::optional<Int<0, 1>> integration_type;
};
BOOST_DESCRIBE_STRUCT(AuthorizeBody, (), (authorize, guild_id, permissions, integration_type))

}  // namespace guildhall::protocol::api
