// /channels/{channel}/messages/{message}/reactions.
#include "node/services/reactions.h"

#include "node/rest/api.h"
#include "node/rest/query.h"
#include "node/rest/route.h"
#include "node/services/present/user.h"
#include "protocol/json/writer.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ChannelId;
using protocol::MessageId;
using protocol::UserId;

Result<protocol::EmojiRef> emoji_of(const Call& call) {
    auto emoji = protocol::parse_emoji(call.params[2]);
    if (!emoji) return protocol::make_error(protocol::kUnknownEmoji);
    return std::move(*emoji);
}

Task<Result<Reply>> add_mine(Api& api, Call& call) {
    CO_TRY(const auto emoji, emoji_of(call));
    CO_TRY_VOID(co_await api.services.reactions.add(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), emoji));
    co_return Reply::no_content();
}

Task<Result<Reply>> remove_mine(Api& api, Call& call) {
    CO_TRY(const auto emoji, emoji_of(call));
    CO_TRY_VOID(co_await api.services.reactions.remove(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), emoji, call.actor.user));
    co_return Reply::no_content();
}

Task<Result<Reply>> remove_theirs(Api& api, Call& call) {
    CO_TRY(const auto emoji, emoji_of(call));
    CO_TRY_VOID(co_await api.services.reactions.remove(call.actor,
                                                       call.id<ChannelId>(0),
                                                       call.id<MessageId>(1),
                                                       emoji,
                                                       call.id<UserId>(call.params.size() - 1)));
    co_return Reply::no_content();
}

Task<Result<Reply>> clear_emoji(Api& api, Call& call) {
    CO_TRY(auto emoji, emoji_of(call));
    CO_TRY_VOID(co_await api.services.reactions.clear(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), std::move(emoji)));
    co_return Reply::no_content();
}

Task<Result<Reply>> clear_all(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.reactions.clear(
        call.actor, call.id<ChannelId>(0), call.id<MessageId>(1), std::nullopt));
    co_return Reply::no_content();
}

Task<Result<Reply>> list_reactions(Api& api, Call& call) {
    CO_TRY(const auto emoji, emoji_of(call));
    CO_TRY(const unsigned limit,
           query_limit(call.query,
                       protocol::limits::kReactionsPageDefault,
                       protocol::limits::kReactionsPageMax));
    CO_TRY(const auto after, query_id<UserId>(call.query, "after"));
    CO_TRY(const auto users,
           co_await api.services.reactions.users(call.actor,
                                                 call.id<ChannelId>(0),
                                                 call.id<MessageId>(1),
                                                 emoji,
                                                 after.value_or(UserId{}),
                                                 limit));
    std::string json;
    protocol::JsonWriter w(json);
    w.begin_array();
    for (const UserId user : users) services::write_user(w, api.ctx.view, user);
    w.end_array();
    co_return Reply::ok(std::move(json));
}

// Reacting is a quick succession of clicks; libraries expect about four a second here.
constexpr Limit kReact{"reactions", 4, 1};
constexpr Limit kList{"reactions-read", 10, 5};

constexpr Route kReactionRoutes[] = {
    {Method::put,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
     Auth::any,
     Home::channel,
     kReact,
     add_mine,
     "React"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
     Auth::any,
     Home::channel,
     kReact,
     remove_mine,
     "Take back your reaction"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}",
     Auth::any,
     Home::channel,
     kReact,
     remove_theirs,
     "Remove somebody's reaction"},
    {Method::get,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}",
     Auth::any,
     Home::channel,
     kList,
     list_reactions,
     "List who reacted with an emoji",
     "",
     "[User]"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}",
     Auth::any,
     Home::channel,
     kReact,
     clear_emoji,
     "Remove all reactions of an emoji"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}/reactions",
     Auth::any,
     Home::channel,
     kReact,
     clear_all,
     "Remove all reactions"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{reaction_type}/@me",
     Auth::any,
     Home::channel,
     kReact,
     remove_mine,
     "Take back your reaction (by type)"},
    {Method::del,
     "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{reaction_type}/{user_id}",
     Auth::any,
     Home::channel,
     kReact,
     remove_theirs,
     "Remove somebody's reaction (by type)"},
};

}  // namespace

std::span<const Route> reaction_routes() { return kReactionRoutes; }

}  // namespace guildhall::rest
