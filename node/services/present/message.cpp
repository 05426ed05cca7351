#include "node/services/present/message.h"

#include "node/services/present/member.h"
#include "node/services/present/user.h"

namespace guildhall::services {
namespace {

namespace p = protocol;
using p::JsonWriter;

/// Embeds name files of their own message as attachment://NAME.
std::string with_file_links(const p::Message& m, const Links& links) {
    static constexpr std::string_view kScheme = "attachment://";
    std::string out = m.embeds;
    if (out.find(kScheme) == std::string::npos) return out;
    for (const p::Attachment& a : m.attachments) {
        std::string needle = "\"";
        needle += kScheme;
        needle += a.filename;
        needle += '"';
        std::string url;
        p::append_json_string(url, links.attachment(m.channelId, a));
        for (std::size_t at = 0; (at = out.find(needle, at)) != std::string::npos;
             at += url.size()) {
            out.replace(at, needle.size(), url);
        }
    }
    return out;
}

void write_content(JsonWriter& w, const p::Message& m, const Links& links, bool blank) {
    w.string("content", blank ? std::string_view() : std::string_view(m.content));
    w.key("embeds");
    if (blank || m.embeds.empty())
        w.raw("[]");
    else
        w.raw(with_file_links(m, links));
    w.key("attachments").begin_array();
    if (!blank) {
        for (const p::Attachment& a : m.attachments) write_attachment(w, m.channelId, a, links);
    }
    w.end_array();
    w.raw("components",
          blank || m.components.empty() ? std::string_view("[]") : std::string_view(m.components));
}

void write_mentions(JsonWriter& w, const p::Message& m, const journal::View& view) {
    w.boolean("mention_everyone", m.mentionEveryone);
    w.begin_array("mentions");
    for (const p::UserId user : m.mentions) write_user(w, view, user);
    w.end_array();
    w.begin_array("mention_roles");
    for (const p::RoleId role : m.mentionRoles) w.id(role);
    w.end_array();
}

void write_interaction(JsonWriter& w, const p::Message& m, const journal::View& view) {
    if (m.applicationId) w.id("application_id", m.applicationId);
    if (!m.interactionId) return;
    w.begin_object("interaction");
    w.id("id", m.interactionId);
    w.number("type", m.interactionType);
    w.string("name", m.interactionName);
    w.key("user");
    write_user(w, view, m.interactionUser);
    w.end_object();
    w.begin_object("interaction_metadata");
    w.id("id", m.interactionId);
    w.number("type", m.interactionType);
    w.string("name", m.interactionName);
    w.key("user");
    write_user(w, view, m.interactionUser);
    w.raw("authorizing_integration_owners", "{}");
    w.end_object();
}

void write_reactions(JsonWriter& w, const std::vector<store::messages::ReactionCount>& reactions) {
    if (reactions.empty()) return;
    w.begin_array("reactions");
    for (const auto& r : reactions) {
        w.begin_object();
        w.key("emoji");
        write_emoji(w, r.emoji_id, r.emoji_name);
        w.number("count", r.count);
        w.begin_object("count_details").number("burst", 0).number("normal", r.count).end_object();
        w.raw("burst_colors", "[]");
        w.boolean("me_burst", false);
        w.boolean("burst_me", false);
        w.boolean("me", r.me);
        w.number("burst_count", 0);
        w.end_object();
    }
    w.end_array();
}

void write_reference(JsonWriter& w, const p::Message& m, std::string_view referenced) {
    if (!m.replyTo) return;
    w.begin_object("message_reference");
    w.number("type", 0);
    w.id("message_id", m.replyTo);
    w.id("channel_id", m.replyChannel);
    if (m.replyGuild) w.id("guild_id", m.replyGuild);
    w.end_object();
    if (!referenced.empty()) w.raw("referenced_message", referenced);
}

void write_guild_part(JsonWriter& w, const p::Message& m, const p::GuildState& guild) {
    w.id("guild_id", guild.guild.id);
    if (m.webhookId) return;
    if (const p::Member* member = guild.members.find(m.authorId)) {
        w.key("member");
        write_partial_member(w, *member);
    }
}

}  // namespace

void write_attachment(JsonWriter& w,
                      p::ChannelId channel,
                      const p::Attachment& a,
                      const Links& links) {
    const std::string url = links.attachment(channel, a);
    w.begin_object();
    w.id("id", a.id);
    w.string("filename", a.filename);
    w.number("size", a.size);
    w.string("url", url);
    w.string("proxy_url", url);
    if (a.width != 0) {
        w.number("width", a.width);
        w.number("height", a.height);
    }
    if (!a.contentType.empty()) w.string("content_type", a.contentType);
    if (!a.description.empty()) w.string("description", a.description);
    w.end_object();
}

void write_emoji(JsonWriter& w, p::EmojiId id, std::string_view name) {
    w.begin_object();
    w.id_or_null("id", id);
    w.string("name", name);
    w.end_object();
}

void write_message(JsonWriter& w,
                   const p::Message& m,
                   const journal::View& view,
                   const Links& links,
                   const MessageExtras& extras) {
    w.begin_object();
    w.id("id", m.id);
    w.id("channel_id", m.channelId);
    w.number("type", m.type);
    w.key("author");
    write_user(w, view, m.authorId);
    write_content(w, m, links, extras.blank);
    w.timestamp("timestamp", m.id.created_ms());
    w.timestamp_or_null("edited_timestamp", m.editedMs);
    w.boolean("tts", m.tts);
    w.boolean("pinned", extras.pinned);
    w.number("flags", m.flags);
    write_mentions(w, m, view);
    if (!extras.nonce_json.empty()) w.raw("nonce", extras.nonce_json);
    if (extras.reactions) write_reactions(w, *extras.reactions);
    write_reference(w, m, extras.referenced);
    if (m.webhookId) w.id("webhook_id", m.webhookId);
    write_interaction(w, m, view);
    if (extras.guild) write_guild_part(w, m, *extras.guild);
    w.end_object();
}

void write_shown(JsonWriter& w,
                 const ShownMessage& shown,
                 const journal::View& view,
                 const Links& links,
                 std::string_view nonce_json) {
    std::string referenced;
    if (shown.stored.message.replyTo) {
        referenced = "null";
        if (shown.referenced) {
            referenced.clear();
            JsonWriter inner(referenced);
            write_message(inner,
                          shown.referenced->message,
                          view,
                          links,
                          {.pinned = shown.referenced->pinned_ms != 0});
        }
    }
    write_message(w,
                  shown.stored.message,
                  view,
                  links,
                  {.reactions = &shown.stored.reactions,
                   .pinned = shown.stored.pinned_ms != 0,
                   .referenced = referenced,
                   .nonce_json = nonce_json});
}

}  // namespace guildhall::services
