// Interactions, second part: the bot's first answer.
#include "node/services/interactions.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

namespace guildhall::services {

namespace api = protocol::api;
namespace flags = protocol::message_flags;
namespace answer_rows = store::interactions;
using protocol::InteractionCallbackType;
using protocol::InteractionId;
using protocol::InteractionType;
using protocol::make_error;
using protocol::UserId;

namespace {

/// Whether an interaction of that type can be answered so. Updating needs a message to update.
bool is_answer(InteractionType type, bool has_source, InteractionCallbackType callback) {
    switch (callback) {
        case InteractionCallbackType::pong:
            return false;
        case InteractionCallbackType::message:
        case InteractionCallbackType::deferred_message:
            return type != InteractionType::autocomplete;
        case InteractionCallbackType::deferred_update:
        case InteractionCallbackType::update_message:
            return type != InteractionType::autocomplete && has_source;
        case InteractionCallbackType::autocomplete_result:
            return type == InteractionType::autocomplete;
        case InteractionCallbackType::modal:
            return type == InteractionType::application_command ||
                   type == InteractionType::message_component;
    }
    return false;
}

answer_rows::Answered answered_of(const InteractionRef& ref,
                                  InteractionType type,
                                  std::string name) {
    answer_rows::Answered out;
    out.id = ref.id;
    out.created_ms = ref.id.created_ms();
    out.type = static_cast<std::uint8_t>(type);
    out.user = ref.user;
    out.name = std::move(name);
    return out;
}

}  // namespace

Task<Result<CallbackOutcome>> Interactions::answer(const Actor& caller,
                                                   InteractionId id,
                                                   const std::string& token,
                                                   const api::InteractionCallback& callback,
                                                   std::vector<Upload> files) {
    CO_TRY(const Live facts, co_await begin(id, token, callback.type));
    const Actor bot = bot_actor(facts.ref, caller);
    auto done = co_await carry_out(bot, facts, callback, std::move(files));
    end(facts, callback, done ? &*done : nullptr);
    if (!done) co_return done.error();
    CallbackOutcome out{facts.ref, facts.type, callback.type};
    const Outcome& outcome = *done;
    out.message = outcome.answered.original;
    out.ephemeral = outcome.answered.ephemeral;
    out.loading = outcome.answered.deferred;
    if (outcome.shown) {
        protocol::JsonWriter w(out.message_json);
        write_shown(w, *outcome.shown, ctx_.view, ctx_.links);
    }
    co_return out;
}

Task<Result<Interactions::Live>> Interactions::begin(InteractionId id,
                                                     const std::string& token,
                                                     InteractionCallbackType type) {
    const auto ref = read_interaction_token(ctx_.secrets.interaction_key, token);
    if (!ref || ref->id != id) co_return make_error(protocol::kUnknownInteraction);
    if (!find_live(id)) {
        // Answered before a restart, or never in time.
        auto look = [id](store::Tx& tx) { return answer_rows::find(tx, id); };
        CO_TRY(const auto row, co_await store::read(ctx_.db, std::move(look)));
        co_return make_error(row ? protocol::kInteractionHasAlreadyBeenAcknowledged
                                 : protocol::kUnknownInteraction);
    }
    Live& live = *find_live(id);
    if (live.state != State::waiting)
        co_return make_error(protocol::kInteractionHasAlreadyBeenAcknowledged);
    if (!is_answer(live.type, static_cast<bool>(live.source), type))
        co_return protocol::make_field_error(
            "type", "BASE_TYPE_CHOICES", "Not an answer that this interaction can have.");
    live.state = State::answering;
    co_return live;
}

void Interactions::end(const Live& facts,
                       const api::InteractionCallback& callback,
                       const Outcome* outcome) {
    const InteractionId id = facts.ref.id;
    Live* live = find_live(id);
    if (!live) return;
    if (!outcome) {
        live->state = State::waiting;
        if (live->deadline.deadline <= ctx_.clock.now()) expire(id);
        return;
    }
    ctx_.here.timers().cancel(live->deadline);
    live->state = State::answered;
    live->answered = outcome->answered;
    if (callback.modal) {
        live->modal_id = callback.modal->custom_id;
        live->modal_components = callback.modal->components_text;
    }
    if (facts.type == InteractionType::autocomplete) return;
    tell(facts.ref, facts.ref.user, "INTERACTION_SUCCESS", interaction_nod(id, facts.nonce_json));
}

Task<Result<Interactions::Outcome>> Interactions::carry_out(
    const Actor& bot,
    const Live& facts,
    const api::InteractionCallback& callback,
    std::vector<Upload> files) {
    const api::WebhookMessage* message = callback.message ? &*callback.message : nullptr;
    std::vector<Upload> none;
    switch (callback.type) {
        case InteractionCallbackType::message:
            co_return co_await show_message(bot, facts, message, false, std::move(files));
        case InteractionCallbackType::deferred_message:
            co_return co_await show_message(bot, facts, message, true, std::move(none));
        case InteractionCallbackType::deferred_update:
            co_return co_await update_source(bot, facts, nullptr, std::move(none));
        case InteractionCallbackType::update_message:
            co_return co_await update_source(bot, facts, message, std::move(files));
        default:
            break;
    }
    Outcome out{std::nullopt, answered_of(facts.ref, facts.type, facts.name)};
    if (callback.choices) {
        // Only its user's screen depends on it: nothing to remember.
        tell(facts.ref,
             facts.ref.user,
             "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE",
             choices_body(api::canonical_choices(*callback.choices), facts.nonce_json));
    }
    if (callback.modal) {
        CO_TRY_VOID(co_await remember(out.answered));
        tell(facts.ref,
             facts.ref.user,
             "INTERACTION_MODAL_CREATE",
             modal_body(facts.ref, *callback.modal, facts.nonce_json, ctx_.view));
    }
    co_return out;
}

Task<Status> Interactions::remember(const answer_rows::Answered& answered) {
    journal::Change change;
    change.rows = [answered, oldest = ctx_.clock.unix_ms() - protocol::limits::kInteractionTokenMs](
                      store::Tx& tx) { return answer_rows::put(tx, answered, oldest); };
    co_return co_await ctx_.journal.store(ctx_.here, std::move(change));
}

Task<Result<Interactions::Outcome>> Interactions::show_message(const Actor& bot,
                                                               const Live& facts,
                                                               const api::WebhookMessage* request,
                                                               bool deferred,
                                                               std::vector<Upload> files) {
    const bool ephemeral = request && (request->flag_bits() & flags::kEphemeral) != 0;
    Outcome out{std::nullopt, answered_of(facts.ref, facts.type, facts.name)};
    journal::Origin origin;
    bool replies = false;
    if (facts.source && !facts.source_ephemeral && !ephemeral) {
        const auto source = co_await messages_.find(facts.ref.channel, facts.source, bot.user);
        replies = source.has_value();
        if (replies) {
            protocol::JsonWriter w(origin.referenced_json);
            write_message(w, source->stored.message, ctx_.view, ctx_.links, {});
        }
    }
    const api::WebhookMessage* said = deferred ? nullptr : request;
    CO_TRY(protocol::Message m,
           co_await draft(facts.ref, out.answered, said, ephemeral, std::move(files)));
    m.type = facts.message_type;
    if (replies) {
        m.type = static_cast<std::uint8_t>(protocol::MessageType::reply);
        m.replyTo = facts.source;
        m.replyChannel = facts.ref.channel;
        m.replyGuild = facts.ref.guild;
    }
    if (deferred) m.flags |= static_cast<std::uint32_t>(flags::kLoading);
    out.answered.original = m.id;
    out.answered.ephemeral = ephemeral;
    out.answered.deferred = deferred;
    if (ephemeral) {
        CO_TRY_VOID(co_await remember(out.answered));
        CO_TRY(out.shown, show_ephemeral(facts.ref, std::move(m)));
        co_return out;
    }
    out.shown.emplace().stored.message = m;
    auto row = [answered = out.answered,
                oldest = ctx_.clock.unix_ms() - protocol::limits::kInteractionTokenMs](
                   store::Tx& tx) { return answer_rows::put(tx, answered, oldest); };
    CO_TRY(const auto receipt,
           co_await messages_.post_prepared(
               bot, facts.ref.guild, std::move(m), std::move(origin), std::move(row)));
    (void)receipt;
    co_return out;
}

Task<Result<Interactions::Outcome>> Interactions::update_source(const Actor& bot,
                                                                const Live& facts,
                                                                const api::WebhookMessage* request,
                                                                std::vector<Upload> files) {
    Outcome out{std::nullopt, answered_of(facts.ref, facts.type, facts.name)};
    out.answered.original = facts.source;
    out.answered.ephemeral = facts.source_ephemeral;
    if (request) {
        const Known source{facts.ref, out.answered};
        CO_TRY(const ShownMessage old, co_await find_message(source, facts.source));
        const api::MessageEdit edit = edit_of(*request, false);
        CO_TRY(out.shown,
               co_await edit_message(bot, facts.ref, old.stored.message, edit, std::move(files)));
    }
    CO_TRY_VOID(co_await remember(out.answered));
    co_return out;
}

}  // namespace guildhall::services
