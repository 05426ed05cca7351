// Interactions, third part: their messages, from the first answer to the last follow-up.
#include "node/services/commit.h"
#include "node/services/interactions.h"
#include "node/services/message_draft.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

namespace guildhall::services {

namespace api = protocol::api;
namespace flags = protocol::message_flags;
namespace answer_rows = store::interactions;
using protocol::ApplicationId;
using protocol::make_error;
using protocol::Message;
using protocol::MessageId;

namespace {

UserId bot_of(const InteractionRef& ref) { return protocol::id_cast<UserId>(ref.application); }

bool is_ephemeral(const Message& message) { return (message.flags & flags::kEphemeral) != 0; }

std::string deleted_body(const InteractionRef& ref, MessageId id) {
    std::string body;
    protocol::JsonWriter w(body);
    w.begin_object().id("id", id).id("channel_id", ref.channel).id("guild_id", ref.guild);
    w.end_object();
    return body;
}

}  // namespace

Actor Interactions::bot_actor(const InteractionRef& ref, const Actor& caller) {
    Actor bot;
    bot.user = bot_of(ref);
    bot.kind = protocol::SessionKind::bot;
    bot.command = caller.command;
    bot.receipt = caller.receipt;
    return bot;
}

Task<Result<Interactions::Known>> Interactions::known(ApplicationId application,
                                                      const std::string& token) {
    const auto ref = read_interaction_token(ctx_.secrets.interaction_key, token);
    if (!ref || ref->application != application) co_return make_error(protocol::kUnknownWebhook);
    const UnixMs ends = ref->id.created_ms() + protocol::limits::kInteractionTokenMs;
    if (ctx_.clock.unix_ms() >= ends) co_return make_error(protocol::kInvalidWebhookToken);
    // A bot that was sent away, or a channel that is gone, ends the token with it.
    const auto* guild = ctx_.view.guild(ref->guild);
    const bool is_there = guild && (*guild)->channels.find(ref->channel) &&
                          (*guild)->members.find(protocol::id_cast<protocol::UserId>(application));
    if (!is_there) co_return make_error(protocol::kUnknownWebhook);
    if (const Live* live = find_live(ref->id)) {
        if (live->state != State::answered) co_return make_error(protocol::kUnknownWebhook);
        co_return Known{*ref, live->answered};
    }
    auto look = [id = ref->id](store::Tx& tx) { return answer_rows::find(tx, id); };
    CO_TRY(const auto row, co_await store::read(ctx_.db, std::move(look)));
    if (!row) co_return make_error(protocol::kUnknownWebhook);
    co_return Known{*ref, *row};
}

Task<Result<Message>> Interactions::draft(const InteractionRef& ref,
                                          const answer_rows::Answered& answered,
                                          const api::WebhookMessage* request,
                                          bool ephemeral,
                                          std::vector<Upload> files) {
    Message m;
    if (!files.empty()) {
        const auto* inputs = request && request->attachments ? &*request->attachments : nullptr;
        CO_TRY(m.attachments, co_await keep_files(ctx_, ref.guild, inputs, std::move(files)));
        if (ephemeral) CO_TRY_VOID(co_await keep_loose(ref.channel, m.attachments));
    }
    CO_TRY(m.id, co_await new_id<MessageId>(ctx_, ref.guild));
    const GuildState* guild = ctx_.journal.decided(ref.guild);
    if (!guild || !guild->channels.find(ref.channel))
        co_return make_error(protocol::kUnknownChannel);
    if (!guild->members.find(bot_of(ref))) co_return make_error(protocol::kMissingAccess);
    m.channelId = ref.channel;
    m.authorId = bot_of(ref);
    m.applicationId = ref.application;
    m.interactionId = ref.id;
    m.interactionUser = answered.user;
    m.interactionName = answered.name;
    m.interactionType = answered.type;
    if (ephemeral) m.flags |= static_cast<std::uint32_t>(flags::kEphemeral);
    if (!request) co_return m;
    const Permissions have =
        answer_permissions(*guild, m.authorId, ref.channel, ctx_.clock.unix_ms());
    const Writer writer{*guild, m.authorId, have, {}};
    CO_TRY_VOID(compose(ctx_.view, writer, *request, m));
    CO_TRY_VOID(require_something(m));
    co_return m;
}

Result<ShownMessage> Interactions::show_ephemeral(const InteractionRef& ref, Message message) {
    const bool is_new = !ephemerals_.find(message.id, ctx_.clock.unix_ms());
    ShownMessage shown;
    shown.stored.message = message;
    std::string body;
    protocol::JsonWriter w(body);
    const auto* guild = ctx_.view.guild(ref.guild);
    write_message(w, message, ctx_.view, ctx_.links, {.guild = guild ? guild->get() : nullptr});
    if (!ephemerals_.put(std::move(message), ctx_.clock.unix_ms()))
        return make_error(protocol::kThisInteractionHasHitTheMaximumNumberOfFollowUpMessages);
    tell(ref,
         ref.user,
         is_new ? "MESSAGE_CREATE" : "MESSAGE_UPDATE",
         std::move(body),
         shown.stored.message.attachments);
    return shown;
}

Task<Result<ShownMessage>> Interactions::follow_up(const Actor& caller,
                                                   ApplicationId application,
                                                   const std::string& token,
                                                   const api::WebhookMessage& request,
                                                   std::vector<Upload> files) {
    CO_TRY(const Known of, co_await known(application, token));
    const Actor bot = bot_actor(of.ref, caller);
    if (of.answered.deferred) {
        // The first follow-up is what the deferred answer promised.
        const auto promise = co_await find_message(of, MessageId());
        if (promise && (promise->stored.message.flags & flags::kLoading) != 0) {
            const api::MessageEdit edit = edit_of(request, true);
            co_return co_await edit_message(
                bot, of.ref, promise->stored.message, edit, std::move(files));
        }
    }
    const bool ephemeral = (request.flag_bits() & flags::kEphemeral) != 0;
    CO_TRY(Message m, co_await draft(of.ref, of.answered, &request, ephemeral, std::move(files)));
    if (ephemeral) co_return show_ephemeral(of.ref, std::move(m));
    ShownMessage shown;
    shown.stored.message = m;
    CO_TRY(const auto receipt,
           co_await messages_.post_prepared(bot, of.ref.guild, std::move(m), journal::Origin()));
    (void)receipt;
    co_return shown;
}

Task<Result<ShownMessage>> Interactions::find_message(const Known& of, MessageId id) {
    if (!id) id = of.answered.original;
    if (!id) co_return make_error(protocol::kUnknownMessage);
    const bool original = id == of.answered.original;
    if (const Message* own = ephemerals_.find(id, ctx_.clock.unix_ms())) {
        if (!original && own->interactionId != of.ref.id)
            co_return make_error(protocol::kUnknownMessage);
        ShownMessage shown;
        shown.stored.message = *own;
        co_return shown;
    }
    const UserId bot = bot_of(of.ref);
    CO_TRY(ShownMessage shown, co_await messages_.find(of.ref.channel, id, bot));
    const Message& m = shown.stored.message;
    if (m.authorId != bot || (!original && m.interactionId != of.ref.id))
        co_return make_error(protocol::kUnknownMessage);
    co_return shown;
}

Task<Result<ShownMessage>> Interactions::get(ApplicationId application,
                                             const std::string& token,
                                             MessageId message) {
    CO_TRY(const Known of, co_await known(application, token));
    co_return co_await find_message(of, message);
}

Task<Result<ShownMessage>> Interactions::edit(const Actor& caller,
                                              ApplicationId application,
                                              const std::string& token,
                                              MessageId message,
                                              const api::MessageEdit& request,
                                              std::vector<Upload> files) {
    CO_TRY(const Known of, co_await known(application, token));
    CO_TRY(const ShownMessage old, co_await find_message(of, message));
    const Actor bot = bot_actor(of.ref, caller);
    co_return co_await edit_message(bot, of.ref, old.stored.message, request, std::move(files));
}

Task<Result<ShownMessage>> Interactions::edit_message(const Actor& bot,
                                                      const InteractionRef& ref,
                                                      const Message& old,
                                                      const api::MessageEdit& request,
                                                      std::vector<Upload> files) {
    if (is_ephemeral(old)) co_return co_await edit_ephemeral(ref, old, request, std::move(files));
    co_return co_await messages_.edit_own(
        bot, ref.guild, ref.channel, old.id, request, std::move(files));
}

Task<Result<ShownMessage>> Interactions::edit_ephemeral(const InteractionRef& ref,
                                                        Message m,
                                                        const api::MessageEdit& request,
                                                        std::vector<Upload> files) {
    std::vector<protocol::Attachment> added;
    if (!files.empty()) {
        const auto* inputs = request.attachments.value ? &*request.attachments.value : nullptr;
        CO_TRY(added, co_await keep_files(ctx_, ref.guild, inputs, std::move(files)));
        CO_TRY_VOID(co_await keep_loose(ref.channel, added));
    }
    const GuildState* guild = ctx_.journal.decided(ref.guild);
    if (!guild) co_return make_error(protocol::kUnknownChannel);
    const UnixMs now = ctx_.clock.unix_ms();
    const Permissions have = answer_permissions(*guild, m.authorId, ref.channel, now);
    const Writer writer{*guild, m.authorId, have, {}};
    CO_TRY_VOID(revise(ctx_.view, writer, request, std::move(added), now, m));
    co_return show_ephemeral(ref, std::move(m));
}

Task<Status> Interactions::remove(const Actor& caller,
                                  ApplicationId application,
                                  const std::string& token,
                                  MessageId message) {
    CO_TRY(const Known of, co_await known(application, token));
    CO_TRY(const ShownMessage old, co_await find_message(of, message));
    const MessageId id = old.stored.message.id;
    if (!is_ephemeral(old.stored.message)) {
        const Actor bot = bot_actor(of.ref, caller);
        co_return co_await messages_.remove_own(bot, of.ref.guild, of.ref.channel, id);
    }
    ephemerals_.erase(id);
    tell(of.ref, of.ref.user, "MESSAGE_DELETE", deleted_body(of.ref, id));
    co_return Status();
}

api::MessageEdit edit_of(const api::WebhookMessage& request, bool whole) {
    api::MessageEdit edit;
    edit.content.present = whole || request.content.has_value();
    edit.content.value = request.content;
    edit.embeds.present = whole || request.embeds.has_value();
    edit.embeds.value = request.embeds;
    edit.allowed_mentions.present = request.allowed_mentions.has_value();
    edit.allowed_mentions.value = request.allowed_mentions;
    edit.components.present = whole || request.components.has_value();
    edit.components.value = request.components;
    edit.components_text = request.components_text;
    edit.attachments.present = request.attachments.has_value();
    edit.attachments.value = request.attachments;
    edit.flags.present = request.flags.has_value();
    edit.flags.value = request.flags;
    return edit;
}

}  // namespace guildhall::services
