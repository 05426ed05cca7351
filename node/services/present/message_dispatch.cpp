#include "node/services/present/message_dispatch.h"

#include "node/services/present/member.h"
#include "node/services/present/message.h"
#include "node/services/present/presenter.h"

namespace guildhall::services {
namespace {

namespace p = protocol;
using journal::Committed;
using journal::View;
using p::JsonWriter;

void add_message(Committed& entry,
                 std::string_view name,
                 const p::Message& message,
                 const View& view,
                 const Links& links) {
    std::string body;
    body.reserve(1024);
    JsonWriter w(body);
    write_message(w,
                  message,
                  view,
                  links,
                  {.referenced = entry.origin.referenced_json, .guild = entry.after.get()});
    add_dispatch(entry, name, std::move(body));
}

/// The fields that name a message, inside an object that is open.
void name_message(JsonWriter& w, p::GuildId guild, p::ChannelId channel, p::MessageId message) {
    w.id("channel_id", channel);
    w.id("message_id", message);
    w.id("guild_id", guild);
}

void finish(Committed& entry, std::string_view name, std::string body) {
    body += '}';
    add_dispatch(entry, name, std::move(body));
}

void name_emoji(JsonWriter& w, p::EmojiId id, const std::string& name) {
    w.key("emoji");
    write_emoji(w, id, name);
}

}  // namespace

void present_message(Committed& entry,
                     const p::MessageCreated& e,
                     const View& view,
                     const Links& links) {
    add_message(entry, "MESSAGE_CREATE", e.message, view, links);
}

void present_message(Committed& entry,
                     const p::MessageEdited& e,
                     const View& view,
                     const Links& links) {
    add_message(entry, "MESSAGE_UPDATE", e.message, view, links);
}

void present_message(Committed& entry, const p::MessagesDeleted& e, const View&, const Links&) {
    if (e.bulk) {
        std::string body;
        JsonWriter w(body);
        w.begin_object().begin_array("ids");
        for (const p::MessageId id : e.ids) w.id(id);
        w.end_array().id("channel_id", e.channelId).id("guild_id", entry.guild);
        return finish(entry, "MESSAGE_DELETE_BULK", std::move(body));
    }
    for (const p::MessageId id : e.ids) {
        std::string body;
        JsonWriter w(body);
        w.begin_object().id("id", id).id("channel_id", e.channelId).id("guild_id", entry.guild);
        finish(entry, "MESSAGE_DELETE", std::move(body));
    }
}

void present_message(Committed& entry, const p::ReactionAdded& e, const View& view, const Links&) {
    std::string body;
    JsonWriter w(body);
    w.begin_object().id("user_id", e.userId);
    name_message(w, entry.guild, e.channelId, e.messageId);
    if (const p::Member* member = entry.after->members.find(e.userId)) {
        w.key("member");
        write_member(w, *member, view);
    }
    name_emoji(w, e.emojiId, e.emojiName);
    if (e.authorId) w.id("message_author_id", e.authorId);
    w.boolean("burst", false).number("type", 0);
    finish(entry, "MESSAGE_REACTION_ADD", std::move(body));
}

void present_message(Committed& entry, const p::ReactionRemoved& e, const View&, const Links&) {
    std::string body;
    JsonWriter w(body);
    w.begin_object().id("user_id", e.userId);
    name_message(w, entry.guild, e.channelId, e.messageId);
    name_emoji(w, e.emojiId, e.emojiName);
    w.boolean("burst", false).number("type", 0);
    finish(entry, "MESSAGE_REACTION_REMOVE", std::move(body));
}

void present_message(Committed& entry, const p::ReactionsCleared& e, const View&, const Links&) {
    std::string body;
    JsonWriter w(body);
    w.begin_object();
    name_message(w, entry.guild, e.channelId, e.messageId);
    const bool all = !e.emojiId && e.emojiName.empty();
    if (!all) name_emoji(w, e.emojiId, e.emojiName);
    finish(entry,
           all ? "MESSAGE_REACTION_REMOVE_ALL" : "MESSAGE_REACTION_REMOVE_EMOJI",
           std::move(body));
}

void present_message(Committed& entry, const p::PinChanged& e, const View&, const Links&) {
    std::string body;
    JsonWriter w(body);
    w.begin_object().id("channel_id", e.channelId).id("guild_id", entry.guild);
    w.timestamp_or_null("last_pin_timestamp", e.pinned ? entry.ts_ms : 0);
    finish(entry, "CHANNEL_PINS_UPDATE", std::move(body));
}

}  // namespace guildhall::services
