// The half of Messages that changes messages which exist: edits and pins.
#include "node/services/backfill.h"
#include "node/services/commit.h"
#include "node/services/message_draft.h"
#include "node/services/messages.h"
#include "node/services/permission.h"
#include "protocol/enums.h"
#include "protocol/errors.h"

namespace guildhall::services {
namespace {

namespace p = protocol;
namespace perm = protocol::permissions;
namespace rows = store::messages;
using p::ChannelId;
using p::GuildId;
using p::MessageId;
using p::UserId;

// Ids leave this bit free.
constexpr std::uint64_t kPinsKey = 1ull << 63;

}  // namespace

Task<Result<ShownMessage>> Messages::edit(const Actor& actor,
                                          ChannelId channel,
                                          MessageId id,
                                          const p::api::MessageEdit& request,
                                          std::vector<Upload> files) {
    const GuildId guild = ctx_.view.guild_of(channel);
    CO_TRY_VOID(require_visible(ctx_.journal.decided(guild), actor.user, channel));
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(auto shown, co_await find(channel, id, actor.user));
    const bool own = shown.stored.message.authorId == actor.user;
    // Others than the author may only hide embeds.
    if (!own && !(is_flags_alone(request) && files.empty())) {
        co_return p::make_error(p::kCannotEditMessageAuthoredByAnotherUser);
    }
    const bool with_files = !files.empty();
    const auto allowed = [&]() -> Result<p::Permissions> {
        const p::Permissions need = (own ? perm::kNone : perm::kManageMessages) |
                                    (with_files ? perm::kAttachFiles : perm::kNone);
        const p::GuildState* g = ctx_.journal.decided(guild);
        TRY_VOID(require_channel(g, actor.user, channel, need, ctx_.clock.unix_ms()));
        return channel_permissions(*g, actor.user, channel, ctx_.clock.unix_ms());
    };
    CO_TRY(p::Permissions have, allowed());
    CO_TRY(auto added, co_await keep_added(guild, request, std::move(files)));
    // Much may have happened while the files went to the disk.
    CO_TRY(have, allowed());
    co_return co_await apply_edit(actor, guild, std::move(shown), request, have, std::move(added));
}

Task<Result<ShownMessage>> Messages::edit_own(const Actor& author,
                                              GuildId guild,
                                              ChannelId channel,
                                              MessageId id,
                                              const p::api::MessageEdit& request,
                                              std::vector<Upload> files) {
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    CO_TRY(auto shown, co_await find(channel, id, author.user));
    if (shown.stored.message.authorId != author.user) co_return p::make_error(p::kUnknownMessage);
    CO_TRY(auto added, co_await keep_added(guild, request, std::move(files)));
    const p::GuildState* g = ctx_.journal.decided(guild);
    if (!g) co_return p::make_error(p::kUnknownChannel);
    const auto have = answer_permissions(*g, author.user, channel, ctx_.clock.unix_ms());
    co_return co_await apply_edit(author, guild, std::move(shown), request, have, std::move(added));
}

Task<Result<std::vector<p::Attachment>>> Messages::keep_added(GuildId guild,
                                                              const p::api::MessageEdit& request,
                                                              std::vector<Upload> files) {
    const auto* inputs = request.attachments.value ? &*request.attachments.value : nullptr;
    co_return co_await keep_files(ctx_, guild, inputs, std::move(files));
}

Task<Result<ShownMessage>> Messages::apply_edit(const Actor& editor,
                                                GuildId guild,
                                                ShownMessage shown,
                                                const p::api::MessageEdit& request,
                                                p::Permissions permissions,
                                                std::vector<p::Attachment> added) {
    p::Message& m = shown.stored.message;
    const p::GuildState* g = ctx_.journal.decided(guild);
    if (!g || !g->channels.find(m.channelId)) co_return p::make_error(p::kUnknownChannel);
    UserId replied_to;
    if (shown.referenced) replied_to = shown.referenced->message.authorId;
    const Writer writer{*g, editor.user, permissions, replied_to};
    const p::UnixMs now = ctx_.clock.unix_ms();
    CO_TRY_VOID(revise(ctx_.view, writer, request, std::move(added), now, m));
    std::vector<p::Event> events;
    events.emplace_back(p::MessageEdited{m});
    CO_TRY_VOID(co_await commit(ctx_, editor, guild, std::move(events)));
    co_return shown;
}

Task<Status> Messages::set_pinned(const Actor& actor,
                                  ChannelId channel,
                                  MessageId id,
                                  bool pinned) {
    const GuildId guild = ctx_.view.guild_of(channel);
    const auto allowed = [&]() -> Status {
        const p::GuildState* g = ctx_.journal.decided(guild);
        TRY(const p::Channel* c, require_visible(g, actor.user, channel));
        const auto have = channel_permissions(*g, actor.user, c->id, ctx_.clock.unix_ms());
        if (!have.has_any(perm::kPinMessages | perm::kManageMessages)) {
            return p::make_error(p::kMissingPermissions);
        }
        return {};
    };
    CO_TRY_VOID(allowed());
    CO_TRY(auto held, co_await lock_.acquire(id.value));
    // The pins of a channel are counted by one at a time; always after the message's own lock.
    CO_TRY(auto counting, co_await lock_.acquire(channel.value | kPinsKey));
    CO_TRY(auto shown, co_await find(channel, id, actor.user));
    if ((shown.stored.pinned_ms != 0) == pinned) co_return Status();
    auto look = [channel](store::Tx& tx) { return rows::pin_count(tx, channel); };
    CO_TRY(auto count, co_await store::read(ctx_.db, std::move(look)));
    if (pinned && count >= p::limits::kPinsMax) {
        co_return p::make_error(p::kMaximumNumberOfPinsReachedForTheChannel);
    }
    CO_TRY_VOID(allowed());
    std::vector<p::Event> events;
    events.emplace_back(p::PinChanged{channel, id, pinned, actor.user});
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Result<std::vector<ShownMessage>>> Messages::pins(const Actor& actor,
                                                       ChannelId channel,
                                                       p::UnixMs before_ms,
                                                       unsigned limit) {
    const p::GuildSnapshot* g = ctx_.view.guild(ctx_.view.guild_of(channel));
    CO_TRY_VOID(require_visible(g ? g->get() : nullptr, actor.user, channel));
    const auto have = channel_permissions(**g, actor.user, channel, ctx_.clock.unix_ms());
    if (!have.has(perm::kReadMessageHistory)) co_return std::vector<ShownMessage>();
    if (is_mirrored(channel)) co_await ctx_.backfill->ensure_all(ctx_.here, channel);
    auto look = [channel, before_ms, limit, viewer = actor.user](
                    store::Tx& tx) -> Result<std::vector<ShownMessage>> {
        TRY(auto found, rows::pinned(tx, channel, before_ms, limit, viewer));
        std::vector<ShownMessage> out;
        out.reserve(found.size());
        for (auto& m : found) out.push_back({std::move(m), std::nullopt});
        return out;
    };
    co_return co_await store::read(ctx_.db, std::move(look));
}

}  // namespace guildhall::services
