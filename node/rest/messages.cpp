// /channels/{channel}/messages: posting, reading, editing, deleting, pins, typing.
#include "node/services/messages.h"

#include "node/rest/api.h"
#include "node/rest/buckets.h"
#include "node/rest/history_cache.h"
#include "node/rest/query.h"
#include "node/rest/route.h"
#include "node/rest/uploads.h"
#include "protocol/json/writer.h"

#include <algorithm>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ChannelId;
using protocol::JsonWriter;
using protocol::MessageId;
using services::ShownMessage;
namespace limits = protocol::limits;

std::string json_of(const Api& api, const ShownMessage& shown) {
    std::string json;
    JsonWriter w(json);
    services::write_shown(w, shown, api.ctx.view, api.ctx.links);
    return json;
}

std::string json_of(const Api& api, const std::vector<ShownMessage>& all) {
    std::string json;
    json.reserve(all.size() * 640 + 2);
    JsonWriter w(json);
    w.begin_array();
    for (const ShownMessage& shown : all) {
        services::write_shown(w, shown, api.ctx.view, api.ctx.links);
    }
    w.end_array();
    return json;
}

Task<Result<Reply>> create_message(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::MessageCreate>());
    CO_TRY(const auto posted,
           co_await api.services.messages.create(
               call.actor, call.id<ChannelId>(0), request, uploads_of(call)));
    std::string json;
    json.reserve(1024);
    JsonWriter w(json);
    services::write_message(
        w,
        posted.message,
        api.ctx.view,
        api.ctx.links,
        {.referenced = posted.referenced_json, .nonce_json = posted.nonce_json});
    co_return Reply::ok(std::move(json));
}

/// Whether the message looks the same to every reader until an event in its channel or a change of
/// a user: reactions say `me`, addresses of files expire, and an answered message has its own life.
bool is_lasting(const ShownMessage& shown) {
    const protocol::Message& m = shown.stored.message;
    return shown.stored.reactions.empty() && m.attachments.empty() && !m.replyTo;
}

/// The page that opening a channel asks for.
Task<Result<Reply>> newest(Api& api, Call& call) {
    const auto channel = call.id<ChannelId>(0);
    CO_TRY(const bool shown, api.services.messages.shows_history(call.actor, channel));
    if (!shown) co_return Reply::ok("[]");
    HistoryCache::Ticket ticket = 0;
    if (api.history) {
        if (const std::string* known = api.history->find(channel)) co_return Reply::ok(*known);
        ticket = api.history->begin(channel);
    }
    const store::messages::Page page{.limit = limits::kMessagesPageDefault};
    CO_TRY(const auto found, co_await api.services.messages.history(call.actor, channel, page));
    std::string json = json_of(api, found);
    // What a mirror could not fetch is missing from a page, which is then short.
    const auto role = api.ctx.view.role(api.ctx.view.guild_of(channel));
    const bool whole = role == journal::GuildRole::hosted || found.size() == page.limit;
    if (api.history && whole && std::all_of(found.begin(), found.end(), is_lasting)) {
        api.history->put(channel, ticket, json);
    }
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> list_messages(Api& api, Call& call) {
    using Page = store::messages::Page;
    Page page;
    CO_TRY(page.limit,
           query_limit(call.query, limits::kMessagesPageDefault, limits::kMessagesPageMax));
    // Several bounds: around wins, then before, then after. before=0 means the newest.
    for (const auto& [name, from] : {std::pair{"after", Page::From::after},
                                     std::pair{"before", Page::From::before},
                                     std::pair{"around", Page::From::around}}) {
        CO_TRY(const auto bound, query_id<MessageId>(call.query, name));
        if (!bound || (!*bound && from != Page::From::after)) continue;
        page.from = from;
        page.anchor = *bound;
    }
    if (page.from == Page::From::newest && page.limit == limits::kMessagesPageDefault) {
        co_return co_await newest(api, call);
    }
    CO_TRY(const auto found,
           co_await api.services.messages.history(call.actor, call.id<ChannelId>(0), page));
    co_return Reply::ok(json_of(api, found));
}

Task<Result<Reply>> get_message(Api& api, Call& call) {
    CO_TRY(const auto shown,
           co_await api.services.messages.get(
               call.actor, call.id<ChannelId>(0), call.id<MessageId>(1)));
    co_return Reply::ok(json_of(api, shown));
}

Task<Result<Reply>> edit_message(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::MessageEdit>());
    CO_TRY(
        const auto shown,
        co_await api.services.messages.edit(
            call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), request, uploads_of(call)));
    co_return Reply::ok(json_of(api, shown));
}

Task<Result<Reply>> remove_message(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.messages.remove(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1)));
    co_return Reply::no_content();
}

Task<Result<Reply>> bulk_delete(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::BulkDelete>());
    std::vector<MessageId> ids(request.messages.begin(), request.messages.end());
    CO_TRY_VOID(co_await api.services.messages.bulk_delete(
        call.actor, call.id<ChannelId>(0), std::move(ids)));
    co_return Reply::no_content();
}

Task<Result<Reply>> typing(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.messages.typing(call.actor, call.id<ChannelId>(0)));
    co_return Reply::no_content();
}

Task<Result<Reply>> pin(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.messages.set_pinned(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), true));
    co_return Reply::no_content();
}

Task<Result<Reply>> unpin(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.messages.set_pinned(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), false));
    co_return Reply::no_content();
}

Task<Result<Reply>> list_pins(Api& api, Call& call) {
    CO_TRY(const unsigned limit,
           query_limit(call.query, limits::kPinsPageMax, limits::kPinsPageMax));
    CO_TRY(const auto before, query_timestamp(call.query, "before"));
    CO_TRY(
        auto found,
        co_await api.services.messages.pins(call.actor, call.id<ChannelId>(0), before, limit + 1));
    const bool more = found.size() > limit;
    if (more) found.pop_back();
    std::string json;
    JsonWriter w(json);
    w.begin_object().begin_array("items");
    for (const ShownMessage& shown : found) {
        w.begin_object().timestamp("pinned_at", shown.stored.pinned_ms).key("message");
        services::write_shown(w, shown, api.ctx.view, api.ctx.links);
        w.end_object();
    }
    w.end_array().boolean("has_more", more).end_object();
    co_return Reply::ok(std::move(json));
}

Task<Result<Reply>> list_pins_plain(Api& api, Call& call) {
    CO_TRY(const auto found,
           co_await api.services.messages.pins(
               call.actor, call.id<ChannelId>(0), kEndOfTime, limits::kPinsMax));
    co_return Reply::ok(json_of(api, found));
}

constexpr Limit kMessageBulk{"message-bulk-delete", 1, 1};
constexpr Limit kTyping{"typing", 5, 5};
constexpr Limit kPins{"pins", 5, 5};

constexpr Route kMessageRoutes[] = {
    {Method::get,
     "/channels/{channel_id}/messages",
     Auth::any,
     Home::channel,
     buckets::kMessageRead,
     list_messages,
     "List messages, newest first",
     "",
     "[Message]"},
    {Method::post,
     "/channels/{channel_id}/messages",
     Auth::any,
     Home::channel,
     buckets::kMessageCreate,
     create_message,
     "Post a message",
     "MessageCreate",
     "Message"},
    {Method::post,
     "/channels/{channel_id}/messages/bulk-delete",
     Auth::any,
     Home::channel,
     kMessageBulk,
     bulk_delete,
     "Delete 2 to 100 messages",
     "BulkDelete"},
    {Method::get,
     "/channels/{channel_id}/messages/pins",
     Auth::any,
     Home::channel,
     kPins,
     list_pins,
     "List pinned messages",
     "",
     "Pins"},
    {Method::put,
     "/channels/{channel_id}/messages/pins/{message_id}",
     Auth::any,
     Home::channel,
     kPins,
     pin,
     "Pin a message"},
    {Method::del,
     "/channels/{channel_id}/messages/pins/{message_id}",
     Auth::any,
     Home::channel,
     kPins,
     unpin,
     "Unpin a message"},
    {Method::get,
     "/channels/{channel_id}/messages/{message_id}",
     Auth::any,
     Home::channel,
     buckets::kMessageRead,
     get_message,
     "Get a message",
     "",
     "Message"},
    {Method::patch,
     "/channels/{channel_id}/messages/{message_id}",
     Auth::any,
     Home::channel,
     buckets::kMessageEdit,
     edit_message,
     "Edit a message",
     "MessageEdit",
     "Message"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}",
     Auth::any,
     Home::channel,
     buckets::kMessageDelete,
     remove_message,
     "Delete a message"},
    {Method::post,
     "/channels/{channel_id}/typing",
     Auth::any,
     Home::channel,
     kTyping,
     typing,
     "Say that you are typing"},
    {Method::get,
     "/channels/{channel_id}/pins",
     Auth::any,
     Home::channel,
     kPins,
     list_pins_plain,
     "List pinned messages (older form)",
     "",
     "[Message]"},
    {Method::put,
     "/channels/{channel_id}/pins/{message_id}",
     Auth::any,
     Home::channel,
     kPins,
     pin,
     "Pin a message (older form)"},
    {Method::del,
     "/channels/{channel_id}/pins/{message_id}",
     Auth::any,
     Home::channel,
     kPins,
     unpin,
     "Unpin a message (older form)"},
};

}  // namespace

std::span<const Route> message_routes() { return kMessageRoutes; }

}  // namespace guildhall::rest
