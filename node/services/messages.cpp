#include "node/services/messages.h"

#include "node/services/backfill.h"
#include "node/services/commit.h"
#include "node/services/message_draft.h"
#include "node/services/permission.h"
#include "node/store/tables/nonces.h"
#include "protocol/enums.h"
#include "protocol/errors.h"

#include <algorithm>

namespace guildhall::services {
namespace {

namespace p = protocol;
namespace perm = protocol::permissions;
namespace rows = store::messages;
using p::ChannelId;
using p::GuildId;
using p::MessageId;
using p::UserId;

/// Adds what the messages answer to, in the same snapshot.
Result<std::vector<ShownMessage>> with_references(store::Tx& tx,
                                                  std::vector<rows::StoredMessage> found,
                                                  UserId viewer) {
    std::vector<ShownMessage> out;
    out.reserve(found.size());
    for (auto& stored : found) {
        ShownMessage& shown = out.emplace_back(ShownMessage{std::move(stored), std::nullopt});
        const p::Message& m = shown.stored.message;
        if (!m.replyTo) continue;
        TRY(shown.referenced, rows::find(tx, m.replyChannel, m.replyTo, viewer));
    }
    return out;
}

// Posts under slow mode that are remembered before those whose wait is over are forgotten; what is
// left then doubles, so that a sweep costs little for each post.
constexpr std::size_t kSlowModeMax = 16384;

std::uint64_t nonce_key(UserId author, ChannelId channel, const std::string& nonce) {
    const std::size_t h = std::hash<std::string>{}(nonce);
    return (author.value * 0x9e3779b97f4a7c15ull) ^ channel.value ^ (h | 1ull << 63);
}

}  // namespace

Result<p::Permissions> Messages::require_send(GuildId guild,
                                              const Actor& actor,
                                              ChannelId channel,
                                              bool with_files) const {
    const p::GuildState* g = ctx_.journal.decided(guild);
    TRY(const p::Channel* c, require_visible(g, actor.user, channel));
    if (!p::is_messageable(c->type)) {
        return p::make_error(p::kCannotSendMessagesInNonTextChannel);
    }
    const p::Permissions have = channel_permissions(*g, actor.user, channel, ctx_.clock.unix_ms());
    const p::Permissions need =
        p::send_permission(c->type) | (with_files ? perm::kAttachFiles : perm::kNone);
    if (!have.has(need)) return p::make_error(p::kMissingPermissions);
    return have;
}

Status Messages::take_slow_mode(const p::Channel& channel,
                                const Actor& actor,
                                p::Permissions permissions) {
    if (channel.rateLimitPerUser == 0) return {};
    const auto exempt = perm::kManageMessages | perm::kManageChannels | perm::kBypassSlowmode;
    if (permissions.has_any(exempt)) return {};
    const p::UnixMs now = ctx_.clock.unix_ms();
    const p::UnixMs wait = p::UnixMs{channel.rateLimitPerUser} * 1000;
    if (last_posts_.size() >= std::max(sweep_at_, kSlowModeMax)) {
        std::erase_if(last_posts_, [&](const auto& e) { return e.second.until_ms <= now; });
        sweep_at_ = 2 * last_posts_.size();
    }
    LastPost& last = last_posts_[{channel.id, actor.user}];
    // The channel's slow mode may have changed since.
    const p::UnixMs left = last.at_ms + wait - now;
    if (last.at_ms != 0 && left > 0) {
        return p::make_rate_limited(static_cast<double>(left) / 1000.0,
                                    p::kActionCannotBePerformedDueToSlowmodeRateLimit);
    }
    last = {now, now + wait};
    return {};
}

Task<Status> Messages::read_reference(const Actor& actor,
                                      const p::api::MessageCreate& request,
                                      GuildId guild,
                                      p::Message& message,
                                      UserId& replied_to,
                                      std::string& referenced_json) {
    if (!request.message_reference) co_return Status();
    const auto& reference = *request.message_reference;
    if (reference.type && *reference.type != 0) {
        co_return p::make_field_error("message_reference.type",
                                      "BASE_TYPE_CHOICES",
                                      "Forwarding is not offered by this node.");
    }
    if (reference.channel_id && *reference.channel_id != message.channelId) {
        co_return p::make_field_error("message_reference.channel_id",
                                      "REPLIES_CANNOT_CROSS_CHANNELS",
                                      "A reply must be in the channel of the message.");
    }
    const p::GuildState* g = ctx_.journal.decided(guild);
    const auto have = channel_permissions(*g, actor.user, message.channelId, ctx_.clock.unix_ms());
    if (!have.has(perm::kReadMessageHistory)) {
        co_return p::make_error(p::kCannotReplyWithoutPermissionToReadMessageHistory);
    }
    auto found = co_await find(message.channelId, reference.message_id, actor.user);
    if (!found) {
        if (reference.fail_if_not_exists.value_or(true)) {
            co_return p::make_field_error(
                "message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
        }
        co_return Status();
    }
    message.type = static_cast<std::uint8_t>(p::MessageType::reply);
    message.replyTo = reference.message_id;
    message.replyChannel = message.channelId;
    message.replyGuild = guild;
    replied_to = found->stored.message.authorId;
    p::JsonWriter w(referenced_json);
    write_message(
        w, found->stored.message, ctx_.view, ctx_.links, {.pinned = found->stored.pinned_ms != 0});
    co_return Status();
}

Task<Result<std::optional<MessageId>>> Messages::posted_with(const Actor& actor,
                                                             ChannelId channel,
                                                             std::string nonce) {
    auto look = [user = actor.user,
                 channel,
                 nonce = std::move(nonce),
                 since = ctx_.clock.unix_ms() - p::limits::kNonceTtlMs](store::Tx& tx) {
        return store::nonces::find(tx, user, channel, nonce, since);
    };
    co_return co_await store::read(ctx_.db, std::move(look));
}

Task<Result<Messages::Posted>> Messages::create(const Actor& actor,
                                                ChannelId channel,
                                                const p::api::MessageCreate& request,
                                                std::vector<Upload> files) {
    if (!request.nonce || !request.enforce_nonce.value_or(false)) {
        co_return co_await post_new(actor, channel, request, std::move(files));
    }
    const GuildId guild = ctx_.view.guild_of(channel);
    CO_TRY_VOID(require_send(guild, actor, channel, !files.empty()));
    // Two posts with one nonce wait for each other; the second finds what the first stored.
    CO_TRY(auto held, co_await lock_.acquire(nonce_key(actor.user, channel, request.nonce->text)));
    CO_TRY(auto earlier, co_await posted_with(actor, channel, request.nonce->text));
    if (!earlier) co_return co_await post_new(actor, channel, request, std::move(files));
    CO_TRY(auto shown, co_await find(channel, *earlier, actor.user));
    co_return Posted{std::move(shown.stored.message), request.nonce->json(), {}};
}

Task<Result<Messages::Posted>> Messages::post_new(const Actor& actor,
                                                  ChannelId channel,
                                                  const p::api::MessageCreate& request,
                                                  std::vector<Upload> files) {
    const GuildId guild = ctx_.view.guild_of(channel);
    CO_TRY(p::Permissions have, require_send(guild, actor, channel, !files.empty()));
    p::Message message;
    message.channelId = channel;
    message.authorId = actor.user;
    UserId replied_to;
    journal::Origin origin;
    if (request.message_reference) {
        CO_TRY_VOID(co_await read_reference(
            actor, request, guild, message, replied_to, origin.referenced_json));
    }
    if (!files.empty()) {
        const auto* inputs = request.attachments ? &*request.attachments : nullptr;
        CO_TRY(message.attachments, co_await keep_files(ctx_, guild, inputs, std::move(files)));
    }
    CO_TRY(message.id, co_await new_id<MessageId>(ctx_, guild));

    // From here to the commit nothing waits: this is the decision.
    CO_TRY(have, require_send(guild, actor, channel, !message.attachments.empty()));
    const p::GuildState& g = *ctx_.journal.decided(guild);
    const Writer writer{g, actor.user, have, replied_to};
    CO_TRY_VOID(compose(ctx_.view, writer, request, message));
    CO_TRY_VOID(require_something(message));
    CO_TRY_VOID(take_slow_mode(*g.channels.find(channel), actor, have));
    if (request.nonce) origin.nonce_json = request.nonce->json();
    Posted posted{message, origin.nonce_json, origin.referenced_json};
    journal::Decision decision;
    decision.origin = std::move(origin);
    if (request.nonce && request.enforce_nonce.value_or(false)) {
        decision.rows = [user = actor.user,
                         channel,
                         nonce = request.nonce->text,
                         id = message.id,
                         now = ctx_.clock.unix_ms()](store::Tx& tx) {
            return store::nonces::put(tx, user, channel, nonce, id, now);
        };
    }
    decision.events.emplace_back(p::MessageCreated{std::move(message)});
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(decision)));
    co_return posted;
}

Task<Result<ShownMessage>> Messages::find(ChannelId channel, MessageId id, UserId viewer) {
    auto look = [channel, id, viewer](store::Tx& tx) -> Result<ShownMessage> {
        TRY(auto found, rows::find(tx, channel, id, viewer));
        if (!found) return p::make_error(p::kUnknownMessage);
        std::vector<rows::StoredMessage> one;
        one.push_back(std::move(*found));
        TRY(auto shown, with_references(tx, std::move(one), viewer));
        return std::move(shown.front());
    };
    co_return co_await store::read(ctx_.db, std::move(look));
}

Task<Result<ShownMessage>> Messages::get(const Actor& actor, ChannelId channel, MessageId id) {
    const p::GuildSnapshot* g = ctx_.view.guild(ctx_.view.guild_of(channel));
    CO_TRY_VOID(require_channel(g ? g->get() : nullptr,
                                actor.user,
                                channel,
                                perm::kReadMessageHistory,
                                ctx_.clock.unix_ms()));
    auto found = co_await find(channel, id, actor.user);
    if (found || !is_mirrored(channel)) co_return found;
    const rows::Page page{.from = rows::Page::From::around, .anchor = id, .limit = 1};
    co_await fetch(channel, page);
    co_return co_await find(channel, id, actor.user);
}

bool Messages::is_mirrored(ChannelId channel) const {
    return ctx_.backfill &&
           ctx_.view.role(ctx_.view.guild_of(channel)) != journal::GuildRole::hosted;
}

Task<void> Messages::fetch(ChannelId channel, rows::Page page) {
    if (is_mirrored(channel)) co_await ctx_.backfill->ensure(ctx_.here, channel, page);
}

Result<bool> Messages::shows_history(const Actor& actor, ChannelId channel) const {
    const p::GuildSnapshot* g = ctx_.view.guild(ctx_.view.guild_of(channel));
    TRY(const p::Channel* c, require_visible(g ? g->get() : nullptr, actor.user, channel));
    if (!p::is_messageable(c->type)) {
        return p::make_error(p::kCannotExecuteActionOnThisChannelType);
    }
    const auto have = channel_permissions(**g, actor.user, channel, ctx_.clock.unix_ms());
    return have.has(perm::kReadMessageHistory);
}

Task<Result<std::vector<ShownMessage>>> Messages::history(const Actor& actor,
                                                          ChannelId channel,
                                                          rows::Page page) {
    CO_TRY(const bool shown, shows_history(actor, channel));
    if (!shown) co_return std::vector<ShownMessage>();
    co_await fetch(channel, page);
    auto look =
        [channel, page, viewer = actor.user](store::Tx& tx) -> Result<std::vector<ShownMessage>> {
        TRY(auto found, rows::page(tx, channel, page, viewer));
        return with_references(tx, std::move(found), viewer);
    };
    co_return co_await store::read(ctx_.db, std::move(look));
}

Task<Status> Messages::remove(const Actor& actor, ChannelId channel, MessageId id) {
    const GuildId guild = ctx_.view.guild_of(channel);
    CO_TRY_VOID(require_visible(ctx_.journal.decided(guild), actor.user, channel));
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(auto shown, co_await find(channel, id, actor.user));
    const bool own = shown.stored.message.authorId == actor.user;
    const p::Permissions need = own ? perm::kNone : perm::kManageMessages;
    CO_TRY_VOID(require_channel(
        ctx_.journal.decided(guild), actor.user, channel, need, ctx_.clock.unix_ms()));
    std::vector<p::Event> events;
    events.emplace_back(p::MessagesDeleted{channel, {id}, actor.user, false});
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Messages::remove_own(const Actor& author,
                                  GuildId guild,
                                  ChannelId channel,
                                  MessageId id) {
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(auto shown, co_await find(channel, id, author.user));
    if (shown.stored.message.authorId != author.user) co_return p::make_error(p::kUnknownMessage);
    const p::GuildState* g = ctx_.journal.decided(guild);
    if (!g || !g->channels.find(channel)) co_return p::make_error(p::kUnknownChannel);
    std::vector<p::Event> events;
    events.emplace_back(p::MessagesDeleted{channel, {id}, author.user, false});
    CO_TRY_VOID(co_await commit(ctx_, author, guild, std::move(events)));
    co_return Status();
}

Task<Status> Messages::bulk_delete(const Actor& actor,
                                   ChannelId channel,
                                   std::vector<MessageId> ids) {
    const GuildId guild = ctx_.view.guild_of(channel);
    const auto allowed = [this, guild, channel, user = actor.user]() -> Status {
        const p::GuildState* g = ctx_.journal.decided(guild);
        TRY_VOID(require_channel(g, user, channel, perm::kManageMessages, ctx_.clock.unix_ms()));
        return {};
    };
    CO_TRY_VOID(allowed());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const p::UnixMs oldest = ctx_.clock.unix_ms() - p::limits::kBulkDeleteAgeMsMax;
    if (!ids.empty() && ids.front().created_ms() < oldest) {
        co_return p::make_error(p::kOneOfTheMessagesProvidedWasTooOldForBulkDelete);
    }
    co_return co_await remove_present(actor, guild, channel, std::move(ids), allowed);
}

Task<Status> Messages::remove_present(const Actor& by,
                                      GuildId guild,
                                      ChannelId channel,
                                      std::vector<MessageId> ids,
                                      std::function<Status()> allowed) {
    std::vector<KeyedLock::Guard> held;
    for (const MessageId id : ids) {
        CO_TRY(auto guard, co_await lock_.acquire(id.value));
        held.push_back(std::move(guard));
    }
    auto look = [channel, ids](store::Tx& tx) { return rows::existing(tx, channel, ids); };
    CO_TRY(const auto present, co_await store::read(ctx_.db, std::move(look)));
    if (present.empty()) co_return Status();
    CO_TRY_VOID(allowed());
    p::MessagesDeleted event{channel, {}, by.user, ids.size() > 1};
    for (const auto& m : present) event.ids.push_back(m.id);
    std::vector<p::Event> events;
    events.emplace_back(std::move(event));
    CO_TRY_VOID(co_await commit(ctx_, by, guild, std::move(events)));
    co_return Status();
}

Task<Status> Messages::typing(const Actor& actor, ChannelId channel) {
    const GuildId guild = ctx_.view.guild_of(channel);
    CO_TRY_VOID(require_send(guild, actor, channel, false));
    ctx_.journal.publish_ephemeral(
        ctx_.here, journal::Typing{guild, channel, actor.user, ctx_.clock.unix_ms()});
    co_return Status();
}

Task<Result<journal::Receipt>> Messages::post_prepared(
    const Actor& author,
    GuildId guild,
    p::Message message,
    journal::Origin origin,
    store::UniqueFunction<Status(store::Tx&)> extra) {
    if (!message.id) {
        CO_TRY(message.id, co_await new_id<MessageId>(ctx_, guild));
    }
    const p::GuildState* g = ctx_.journal.decided(guild);
    if (!g) co_return p::make_error(p::kUnknownGuild);
    if (!g->channels.find(message.channelId)) co_return p::make_error(p::kUnknownChannel);
    journal::Decision decision;
    decision.origin = std::move(origin);
    decision.rows = std::move(extra);
    decision.events.emplace_back(p::MessageCreated{std::move(message)});
    co_return co_await commit(ctx_, author, guild, std::move(decision));
}

}  // namespace guildhall::services
