#include "node/services/present/interaction.h"

#include "node/services/permission.h"
#include "node/services/present/member.h"
#include "node/services/present/message.h"
#include "node/services/present/role.h"
#include "node/services/present/user.h"
#include "protocol/limits.h"

namespace guildhall::services {

using protocol::JsonWriter;

namespace {

/// A channel with what the user may do in it.
void write_partial_channel(JsonWriter& w,
                           const Place& place,
                           const protocol::Channel& channel,
                           UnixMs now) {
    w.begin_object()
        .id("id", channel.id)
        .number("type", static_cast<int>(channel.type))
        .id("guild_id", place.guild.guild.id)
        .string("name", channel.name)
        .id_or_null("parent_id", channel.parentId)
        .number("position", channel.position)
        .string_or_null("topic", channel.topic)
        .boolean("nsfw", channel.nsfw)
        .number("rate_limit_per_user", channel.rateLimitPerUser)
        .number("flags", channel.flags)
        .id_or_null("last_message_id", place.view.last_message(channel.id))
        .permissions("permissions", channel_permissions(place.guild, place.user, channel.id, now))
        .end_object();
}

void write_users(JsonWriter& w, const Place& place, const Named& named) {
    w.begin_object("users");
    for (const UserId user : named.users) {
        w.key(user.str());
        write_user(w, place.view, user);
    }
    w.end_object().begin_object("members");
    for (const UserId user : named.users) {
        const protocol::Member* member = place.guild.members.find(user);
        if (!member) continue;
        w.begin_object(user.str());
        write_member_members(w, *member);
        w.permissions("permissions", guild_permissions(place.guild, user)).end_object();
    }
    w.end_object();
}

void write_nonce(JsonWriter& w, std::string_view nonce_json) {
    w.raw("nonce", nonce_json.empty() ? std::string_view("null") : nonce_json);
}

}  // namespace

void write_resolved(JsonWriter& w, const Place& place, const ToResolve& what, const Links& links) {
    const Named& named = what.named;
    const protocol::Message* message = what.message;
    if (named.users.empty() && named.roles.empty() && named.channels.empty() &&
        named.files.empty() && !message)
        return;
    w.begin_object("resolved");
    if (!named.users.empty()) write_users(w, place, named);
    if (!named.roles.empty()) {
        w.begin_object("roles");
        for (const RoleId id : named.roles) {
            w.key(id.str());
            write_role(w, *place.guild.roles.find(id));
        }
        w.end_object();
    }
    if (!named.channels.empty()) {
        w.begin_object("channels");
        for (const ChannelId id : named.channels) {
            w.key(id.str());
            write_partial_channel(w, place, *place.guild.channels.find(id), what.now);
        }
        w.end_object();
    }
    if (!named.files.empty()) {
        w.begin_object("attachments");
        for (const protocol::Attachment& file : named.files) {
            w.key(file.id.str());
            write_attachment(w, what.channel, file, links);
        }
        w.end_object();
    }
    if (message) {
        w.begin_object("messages").key(message->id.str());
        write_message(w, *message, place.view, links, {});
        w.end_object();
    }
    w.end_object();
}

std::string interaction_body(const ToldInteraction& told, const Place& place, UnixMs now) {
    const protocol::GuildState& guild = place.guild;
    const InteractionRef& ref = told.ref;
    const auto* user = place.view.user(ref.user);
    const UserId bot = protocol::id_cast<UserId>(ref.application);
    std::string body;
    JsonWriter w(body);
    w.begin_object()
        .id("id", ref.id)
        .id("application_id", ref.application)
        .number("type", static_cast<int>(told.type))
        .raw("data", told.data)
        .id("guild_id", ref.guild)
        .id("channel_id", ref.channel);
    w.begin_object("guild").id("id", ref.guild).string("locale", guild.guild.preferredLocale);
    w.begin_array("features");
    for (const std::string& feature : guild.guild.features) w.string(feature);
    w.end_array().end_object();
    if (const auto* channel = guild.channels.find(ref.channel)) {
        w.key("channel");
        write_partial_channel(w, place, *channel, now);
    }
    if (const auto* member = guild.members.find(ref.user)) {
        w.begin_object("member");
        write_member_members(w, *member);
        w.key("user");
        write_user(w, place.view, ref.user);
        w.permissions("permissions", channel_permissions(guild, ref.user, ref.channel, now));
        w.end_object();
    }
    if (!told.message.empty()) w.raw("message", told.message);
    w.string("token", told.token)
        .number("version", 1)
        .permissions("app_permissions", channel_permissions(guild, bot, ref.channel, now))
        .string("locale", user ? (*user)->locale : std::string("en-US"))
        .string("guild_locale", guild.guild.preferredLocale)
        .raw("entitlements", "[]")
        .begin_object("authorizing_integration_owners")
        .id("0", ref.guild)
        .end_object()
        .number("context", 0)
        .number("attachment_size_limit", protocol::limits::kAttachmentBytesMax)
        .end_object();
    return body;
}

std::string interaction_nod(protocol::InteractionId id,
                            std::string_view nonce_json,
                            std::optional<int> reason) {
    std::string body;
    JsonWriter w(body);
    w.begin_object().id("id", id);
    write_nonce(w, nonce_json);
    if (reason) w.number("reason_code", *reason);
    w.end_object();
    return body;
}

std::string choices_body(std::string_view choices, std::string_view nonce_json) {
    std::string body;
    JsonWriter w(body);
    w.begin_object().raw("choices", choices);
    write_nonce(w, nonce_json);
    w.end_object();
    return body;
}

std::string modal_body(const InteractionRef& ref,
                       const protocol::api::Modal& modal,
                       std::string_view nonce_json,
                       const journal::View& view) {
    std::string body;
    JsonWriter w(body);
    w.begin_object()
        .id("id", ref.id)
        .id("channel_id", ref.channel)
        .string("custom_id", modal.custom_id)
        .string("title", modal.title)
        .raw("components", modal.components_text);
    w.begin_object("application").id("id", ref.application);
    if (const auto* application = view.application(ref.application)) {
        w.string("name", (*application)->name)
            .string_or_null("icon", (*application)->icon)
            .string("description", (*application)->description);
    }
    w.key("bot");
    write_user(w, view, protocol::id_cast<UserId>(ref.application));
    w.end_object();
    write_nonce(w, nonce_json);
    w.end_object();
    return body;
}

void write_callback_outcome(JsonWriter& w, const CallbackOutcome& outcome) {
    w.begin_object().begin_object("interaction");
    w.id("id", outcome.ref.id).number("type", static_cast<int>(outcome.type));
    if (outcome.message) {
        w.id("response_message_id", outcome.message)
            .boolean("response_message_loading", outcome.loading)
            .boolean("response_message_ephemeral", outcome.ephemeral);
    }
    w.id("channel_id", outcome.ref.channel).id("guild_id", outcome.ref.guild).end_object();
    if (!outcome.message_json.empty()) {
        w.begin_object("resource")
            .number("type", static_cast<int>(outcome.callback))
            .raw("message", outcome.message_json)
            .end_object();
    }
    w.end_object();
}

}  // namespace guildhall::services
