#include "node/services/reactions.h"

#include "node/services/commit.h"
#include "node/services/permission.h"
#include "protocol/errors.h"

#include <algorithm>

namespace guildhall::services {
namespace {

namespace p = protocol;
namespace perm = protocol::permissions;
using p::ChannelId;
using p::MessageId;
using p::UserId;

const store::messages::ReactionCount* count_of(const ShownMessage& shown,
                                               const p::EmojiRef& emoji) {
    const auto& all = shown.stored.reactions;
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& r) {
        return r.emoji_id == emoji.id && r.emoji_name == emoji.name;
    });
    return at == all.end() ? nullptr : &*at;
}

}  // namespace

Task<Status> Reactions::add(const Actor& actor,
                            ChannelId channel,
                            MessageId message,
                            const p::EmojiRef& emoji) {
    const p::GuildId guild = ctx_.view.guild_of(channel);
    const auto allowed = [&](bool first) {
        const auto need = perm::kReadMessageHistory | (first ? perm::kAddReactions : perm::kNone);
        return require_channel(
            ctx_.journal.decided(guild), actor.user, channel, need, ctx_.clock.unix_ms());
    };
    CO_TRY_VOID(allowed(false));
    // Custom emojis do not exist on this node yet.
    if (emoji.id) co_return p::make_error(p::kUnknownEmoji);
    CO_TRY(auto held, co_await messages_.lock().acquire(message.value));
    CO_TRY(auto shown, co_await messages_.find(channel, message, actor.user));
    const auto* present = count_of(shown, emoji);
    if (present && present->me) co_return Status();
    if (!present && shown.stored.reactions.size() >= p::limits::kReactionsMax) {
        co_return p::make_error(p::kMaximumNumberOfReactionsReached);
    }
    CO_TRY_VOID(allowed(present == nullptr));
    std::vector<p::Event> events;
    events.emplace_back(p::ReactionAdded{
        channel, message, actor.user, emoji.id, emoji.name, shown.stored.message.authorId});
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Reactions::remove(const Actor& actor,
                               ChannelId channel,
                               MessageId message,
                               const p::EmojiRef& emoji,
                               UserId user) {
    const p::GuildId guild = ctx_.view.guild_of(channel);
    const bool own = user == actor.user;
    const auto allowed = [&] {
        const auto need = own ? perm::kReadMessageHistory : perm::kManageMessages;
        return require_channel(
            ctx_.journal.decided(guild), actor.user, channel, need, ctx_.clock.unix_ms());
    };
    CO_TRY_VOID(allowed());
    CO_TRY(auto held, co_await messages_.lock().acquire(message.value));
    CO_TRY(auto shown, co_await messages_.find(channel, message, user));
    const auto* present = count_of(shown, emoji);
    // Taking away what is not there is done already, as the API has it for one's own.
    if (!present || !present->me) co_return Status();
    CO_TRY_VOID(allowed());
    std::vector<p::Event> events;
    events.emplace_back(p::ReactionRemoved{channel, message, user, emoji.id, emoji.name});
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Reactions::clear(const Actor& actor,
                              ChannelId channel,
                              MessageId message,
                              std::optional<p::EmojiRef> emoji) {
    const p::GuildId guild = ctx_.view.guild_of(channel);
    const auto allowed = [&] {
        return require_channel(ctx_.journal.decided(guild),
                               actor.user,
                               channel,
                               perm::kManageMessages,
                               ctx_.clock.unix_ms());
    };
    CO_TRY_VOID(allowed());
    CO_TRY(auto held, co_await messages_.lock().acquire(message.value));
    CO_TRY(auto shown, co_await messages_.find(channel, message, actor.user));
    if (shown.stored.reactions.empty()) co_return Status();
    if (emoji && !count_of(shown, *emoji)) co_return p::make_error(p::kUnknownEmoji);
    CO_TRY_VOID(allowed());
    std::vector<p::Event> events;
    events.emplace_back(p::ReactionsCleared{
        channel, message, emoji ? emoji->id : p::EmojiId{}, emoji ? emoji->name : std::string()});
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Result<std::vector<UserId>>> Reactions::users(const Actor& actor,
                                                   ChannelId channel,
                                                   MessageId message,
                                                   const p::EmojiRef& emoji,
                                                   UserId after,
                                                   unsigned limit) {
    const p::GuildSnapshot* g = ctx_.view.guild(ctx_.view.guild_of(channel));
    CO_TRY_VOID(require_channel(g ? g->get() : nullptr,
                                actor.user,
                                channel,
                                perm::kReadMessageHistory,
                                ctx_.clock.unix_ms()));
    CO_TRY_VOID(co_await messages_.find(channel, message, actor.user));
    const store::messages::ReactorPage page{after, limit};
    auto look = [channel, message, emoji, page](store::Tx& tx) {
        return store::messages::reactors(tx, channel, message, emoji.id, emoji.name, page);
    };
    co_return co_await store::read(ctx_.db, std::move(look));
}

}  // namespace guildhall::services
