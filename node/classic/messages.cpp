// Messages of the classic API: those of a channel, and one message by its id alone.
#include "node/services/messages.h"

#include "node/classic/answers.h"
#include "node/classic/call.h"
#include "node/classic/present.h"
#include "node/classic/query.h"
#include "node/classic/requests.h"
#include "node/rest/buckets.h"

#include <algorithm>

namespace guildhall::classic {
namespace {

using base::http::Method;
using protocol::ChannelId;
using protocol::JsonWriter;
using protocol::MessageId;
using services::ShownMessage;

constexpr int kPage = 100;
// Skipping reads what is skipped, a page at a time; this is a hundred reads.
constexpr int kSkipMax = 10'000;

Reply message_reply(const Call& call, const protocol::Message& message, int status = 200) {
    Reply reply{status, {}};
    JsonWriter w(reply.json);
    write_message(w, message, {call.ctx().view, call.statuses});
    return reply;
}

Task<Result<Reply>> create_message(Call& call) {
    CO_TRY(const MessageText request, parse_body<MessageText>(call));
    protocol::api::MessageCreate wanted;
    wanted.content.emplace(std::string(request.content));
    CO_TRY(const auto posted,
           co_await call.api.services.messages.create(
               call.actor, call.id<ChannelId>(0), wanted, std::vector<services::Upload>()));
    co_return message_reply(call, posted.message, 201);
}

/// One page behind the message `before` (0: the newest), newest first.
Task<Result<std::vector<ShownMessage>>> read_page(Call& call, MessageId before, unsigned limit) {
    store::messages::Page page;
    page.limit = limit;
    page.anchor = before;
    using From = store::messages::Page::From;
    page.from = before ? From::before : From::newest;
    co_return co_await call.api.services.messages.history(call.actor, call.id<ChannelId>(0), page);
}

Task<Result<Reply>> list_messages(Call& call) {
    CO_TRY(int skip, query_int(call, "skip", 0, kSkipMax, 0));
    CO_TRY(const int limit, query_int(call, "limit", 1, kPage, 50));
    MessageId before;
    std::vector<ShownMessage> page;
    for (;;) {
        const bool skipping = skip > 0;
        const int wanted = skipping ? std::min(skip, kPage) : limit;
        CO_TRY(page, co_await read_page(call, before, static_cast<unsigned>(wanted)));
        if (!skipping || page.empty()) break;
        before = page.back().stored.message.id;
        skip -= wanted;
    }
    const People people{call.ctx().view, call.statuses};
    Reply reply;
    JsonWriter w(reply.json);
    w.begin_array();
    for (auto shown = page.rbegin(); shown != page.rend(); ++shown)
        write_message(w, shown->stored.message, people);
    w.end_array();
    co_return reply;
}

Task<Result<Reply>> get_message(Call& call) {
    CO_TRY(
        const ShownMessage shown,
        co_await call.api.services.messages.get(call.actor, call.channel, call.id<MessageId>(0)));
    co_return message_reply(call, shown.stored.message);
}

Task<Result<Reply>> patch_message(Call& call) {
    CO_TRY(const MessageText request, parse_body<MessageText>(call));
    protocol::api::MessageEdit edit;
    edit.content.present = true;
    edit.content.value.emplace(std::string(request.content));
    CO_TRY(const ShownMessage shown,
           co_await call.api.services.messages.edit(call.actor,
                                                    call.channel,
                                                    call.id<MessageId>(0),
                                                    edit,
                                                    std::vector<services::Upload>()));
    co_return message_reply(call, shown.stored.message);
}

Task<Result<Reply>> delete_message(Call& call) {
    CO_TRY_VOID(co_await call.api.services.messages.remove(
        call.actor, call.channel, call.id<MessageId>(0)));
    co_return Reply{204, {}};
}

constexpr std::string_view kShort = "/channels/{channel_id}/messages";
constexpr std::string_view kLong = "/messages/channels/{channel_id}/messages";
constexpr std::string_view kOne = "/messages/messages/{message_id}";

constexpr Route kClassicMessageRoutes[] = {
    {Method::post, kShort, true, Home::channel, rest::buckets::kMessageCreate, create_message},
    {Method::post, kLong, true, Home::channel, rest::buckets::kMessageCreate, create_message},
    {Method::get, kShort, true, Home::channel, rest::buckets::kMessageRead, list_messages},
    {Method::get, kLong, true, Home::channel, rest::buckets::kMessageRead, list_messages},
    {Method::get, kOne, true, Home::message, rest::buckets::kMessageRead, get_message},
    {Method::patch, kOne, true, Home::message, rest::buckets::kMessageEdit, patch_message},
    {Method::del, kOne, true, Home::message, rest::buckets::kMessageDelete, delete_message},
};

}  // namespace

std::span<const Route> message_routes() { return kClassicMessageRoutes; }

}  // namespace guildhall::classic
