#include "node/services/present/application.h"

#include "node/services/permission.h"
#include "node/services/present/user.h"

namespace guildhall::services {

using protocol::Application;
using protocol::JsonWriter;

namespace {

/// `flags` is a signed 32-bit number on the wire; `flags_new` has them all.
constexpr std::uint64_t kFlagsMask = 0x7fffffff;

void write_members(JsonWriter& w, const Application& a, const journal::View& view) {
    w.id("id", a.id)
        .string("name", a.name)
        .string_or_null("icon", a.icon)
        .string("description", a.description)
        .string("summary", "")
        .null("type");
    if (!a.cover_image.empty()) w.string("cover_image", a.cover_image);
    if (a.has_bot) {
        w.key("bot");
        write_user(w, view, a.bot_id());
    }
    w.boolean("bot_public", a.bot_public)
        .boolean("bot_require_code_grant", a.bot_require_code_grant);
    if (!a.terms_url.empty()) w.string("terms_of_service_url", a.terms_url);
    if (!a.privacy_url.empty()) w.string("privacy_policy_url", a.privacy_url);
    if (!a.install_url.empty()) w.string("custom_install_url", a.install_url);
    w.begin_object("integration_types_config").raw("0", "{}").end_object();
    w.string("verify_key", a.verify_key)
        .number("flags", a.flags & kFlagsMask)
        .string("flags_new", std::to_string(a.flags))
        .boolean("hook", true);
    w.begin_array("tags");
    for (const std::string& tag : a.tags) w.string(tag);
    w.end_array();
}

void write_guild_choice(JsonWriter& w,
                        const protocol::GuildState& guild,
                        protocol::UserId user,
                        protocol::UnixMs now) {
    w.begin_object()
        .id("id", guild.guild.id)
        .string("name", guild.guild.name)
        .string_or_null("icon", guild.guild.icon)
        .number("mfa_level", guild.guild.mfaLevel)
        .permissions("permissions", guild_permissions(guild, user, now))
        .end_object();
}

}  // namespace

void write_application(JsonWriter& w, const Application& a, const journal::View& view) {
    w.begin_object();
    write_members(w, a, view);
    w.end_object();
}

void write_own_application(JsonWriter& w, const Application& a, const journal::View& view) {
    w.begin_object();
    write_members(w, a, view);
    w.begin_array("redirect_uris");
    for (const std::string& uri : a.redirect_uris) w.string(uri);
    w.end_array();
    w.string_or_null("interactions_endpoint_url", a.interactions_url)
        .string_or_null("role_connections_verification_url", a.role_connections_url);
    w.key("owner");
    write_user(w, view, a.owner);
    w.number("approximate_guild_count", view.guilds_of(a.bot_id()).size())
        .number("approximate_user_install_count", 0)
        .number("approximate_user_authorization_count", 0)
        .null("event_webhooks_url")
        .number("event_webhooks_status", 1)
        .raw("event_webhooks_types", "[]")
        .number("explicit_content_filter", 0)
        .null("team")
        .raw("eligible_oauth2_scopes", R"(["applications.commands","bot"])");
    w.end_object();
}

void write_authorization(JsonWriter& w,
                         const Application& a,
                         protocol::UserId user,
                         const journal::View& view,
                         protocol::UnixMs now) {
    w.begin_object().key("application");
    write_application(w, a, view);
    w.key("user");
    write_user(w, view, user);
    w.boolean("authorized", false).number("integration_type", 0);
    w.key("bot");
    write_user(w, view, a.bot_id());
    w.begin_array("guilds");
    for (const protocol::GuildId id : view.guilds_of(user)) {
        if (const auto* guild = view.guild(id)) write_guild_choice(w, **guild, user, now);
    }
    w.end_array().end_object();
}

protocol::SharedApplication application_of(const journal::View& view, protocol::ApplicationId id) {
    if (const auto* known = view.application(id)) return *known;
    const auto* bot = view.user(protocol::id_cast<protocol::UserId>(id));
    if (!bot || !(*bot)->bot || (*bot)->home_uid.empty()) return nullptr;
    Application out;
    out.id = id;
    out.name = (*bot)->username.substr(0, (*bot)->username.find('@'));
    out.icon = (*bot)->avatar;
    return std::make_shared<const Application>(std::move(out));
}

}  // namespace guildhall::services
