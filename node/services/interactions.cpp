// Interactions, first part: from a user's request to the bot.
#include "node/services/interactions.h"

#include "node/services/commit.h"
#include "node/services/component_answer.h"
#include "node/services/message_draft.h"
#include "node/services/permission.h"
#include "node/services/present/application.h"
#include "node/store/tables/attachments.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace guildhall::services {

namespace api = protocol::api;
namespace permissions = protocol::permissions;
using protocol::CommandType;
using protocol::InteractionId;
using protocol::InteractionType;
using protocol::JsonWriter;
using protocol::make_error;
using protocol::make_field_error;
using protocol::MessageId;
using protocol::MessageType;

namespace {

/// INTERACTION_FAILURE: the bot did not answer in time.
constexpr int kReasonTimeout = 2;

/// A command with where it is registered.
struct FoundCommand {
    const protocol::Command* command = nullptr;
    bool of_guild = false;
};

FoundCommand find_command(const Place& place,
                          protocol::ApplicationId application,
                          protocol::CommandId id) {
    const auto in = [id](const std::vector<protocol::Command>& list) -> const protocol::Command* {
        const auto at = std::ranges::find(list, id, &protocol::Command::id);
        return at == list.end() ? nullptr : &*at;
    };
    if (const auto* own = place.guild.commands.find(application)) {
        if (const auto* found = in(*own)) return {found, true};
    }
    return {in(place.view.global_commands(application)), false};
}

/// Whether the definition lets this member run the command in this channel.
Status check_allowed(const Place& place,
                     const api::CommandCreate& definition,
                     const protocol::Channel& channel,
                     UnixMs now) {
    const Permissions have = channel_permissions(place.guild, place.user, channel.id, now);
    if (definition.default_member_permissions.value) {
        // "0" is nobody but administrators, who have everything.
        Permissions need = *definition.default_member_permissions.value;
        if (need.empty()) need = permissions::kAdministrator;
        if (!have.has(need)) return make_error(protocol::kMissingPermissions);
    } else if (!definition.default_permission.value_or(true) &&
               !have.has(permissions::kAdministrator)) {
        return make_error(protocol::kMissingPermissions);
    }
    if (definition.contexts && !definition.contexts->empty()) {
        const bool in_guilds = std::ranges::any_of(
            *definition.contexts, [](const auto& context) { return context.value == 0; });
        if (!in_guilds) return make_error(protocol::kUnknownApplicationCommand);
    }
    if (definition.nsfw.value_or(false) && !channel.nsfw)
        return make_field_error("data.id",
                                "APPLICATION_COMMAND_NSFW",
                                "This command can only be used in age-restricted channels.");
    return {};
}

Status check_named_truly(const protocol::Command& command,
                         const api::CommandCreate& definition,
                         const api::InteractionData& data) {
    if (data.name != definition.name ||
        definition.kind() != data.type.value_or(CommandType::chat_input))
        return make_field_error("data.name",
                                "INTERACTION_APPLICATION_COMMAND_MISMATCH",
                                "Not the name and type of that command.");
    if (data.version && *data.version != command.version)
        return make_field_error("data.version",
                                "INTERACTION_APPLICATION_COMMAND_INVALID_VERSION",
                                "This command is outdated, please try again in a few minutes.");
    return {};
}

using Options = protocol::List<api::InteractionOption, protocol::limits::kCommandOptionsMax>;

/// Options that name a file by its number name it by its id from here on.
void name_files(const Place& place, Options& options) {
    for (api::InteractionOption& option : options) {
        if (option.options) name_files(place, *option.options);
        if (option.type != protocol::CommandOptionType::attachment || !option.value) continue;
        if (const OfferedFile* offered = find_file(place, *option.value))
            option.value = boost::json::value(boost::json::string(offered->file.id.str()));
    }
}

std::string told_options(const Place& place, const api::InteractionData& data) {
    if (place.files.empty()) return api::canonical_options(data);
    api::InteractionData told = data;
    if (told.options) name_files(place, *told.options);
    return api::canonical_options(told);
}

/// n of "files[n]".
std::int64_t file_number(const std::string& field) {
    const std::size_t digits = field.find_first_of("0123456789");
    std::int64_t n = -1;
    if (digits != field.npos)
        std::from_chars(field.data() + digits, field.data() + field.size(), n);
    return n;
}

bool needs_command(InteractionType type) {
    return type == InteractionType::application_command || type == InteractionType::autocomplete;
}

}  // namespace

Interactions::~Interactions() {
    for (auto& [id, live] : live_) ctx_.here.timers().cancel(live.deadline);
}

Task<Status> Interactions::create(const Actor& actor,
                                  const api::InteractionCreate& request,
                                  std::vector<Upload> files) {
    CO_TRY_VOID(check_place(actor, request));
    CO_TRY(Read read, co_await read_source(actor, request));
    CO_TRY(read.files, co_await take_files(actor, request, std::move(files)));
    const protocol::GuildId guild = ctx_.view.guild_of(request.channel_id);
    CO_TRY(const InteractionId id, co_await new_id<InteractionId>(ctx_, guild));
    // Nothing waits from here on: what is checked now is what the bot is told.
    CO_TRY_VOID(check_place(actor, request));
    CO_TRY(Prepared prepared, prepare(actor, request, read, id));
    const InteractionRef& ref = prepared.live.ref;
    const std::string token = make_interaction_token(ctx_.secrets.interaction_key, ref);
    const ToldInteraction told{ref, request.type, token, prepared.data, prepared.message_json};
    const Place place{**ctx_.view.guild(guild), ctx_.view, actor.user};
    if (request.type != InteractionType::autocomplete)
        tell(ref, actor.user, "INTERACTION_CREATE", interaction_nod(id, prepared.live.nonce_json));
    std::vector<protocol::Attachment> sent;
    for (const OfferedFile& file : read.files) sent.push_back(file.file);
    tell(ref,
         protocol::id_cast<UserId>(ref.application),
         "INTERACTION_CREATE",
         interaction_body(told, place, ctx_.clock.unix_ms()),
         std::move(sent));
    open(std::move(prepared.live));
    co_return Status();
}

Status Interactions::check_place(const Actor& actor, const api::InteractionCreate& request) const {
    const auto* found = ctx_.view.guild(ctx_.view.guild_of(request.channel_id));
    const GuildState* guild = found ? found->get() : nullptr;
    const Permissions need =
        needs_command(request.type) ? permissions::kUseApplicationCommands : permissions::kNone;
    TRY(const protocol::Channel* channel,
        require_channel(guild, actor.user, request.channel_id, need, ctx_.clock.unix_ms()));
    if (request.guild_id && *request.guild_id != guild->guild.id)
        return make_error(protocol::kUnknownGuild);
    if (!protocol::is_messageable(channel->type))
        return make_error(protocol::kCannotExecuteActionOnThisChannelType);
    const UserId bot = protocol::id_cast<UserId>(request.application_id);
    if (!application_of(ctx_.view, request.application_id) || !guild->members.find(bot))
        return make_error(protocol::kUnknownApplication);
    return {};
}

Task<Result<std::vector<OfferedFile>>> Interactions::take_files(
    const Actor& actor, const api::InteractionCreate& request, std::vector<Upload> files) {
    std::vector<OfferedFile> out;
    if (files.empty() || request.type != InteractionType::application_command) co_return out;
    // The place was there when the interaction began; reading its message took a while.
    const auto* found = ctx_.view.guild(ctx_.view.guild_of(request.channel_id));
    if (!found) co_return make_error(protocol::kUnknownChannel);
    const protocol::GuildSnapshot guild = *found;
    CO_TRY_VOID(require_channel(guild.get(),
                                actor.user,
                                request.channel_id,
                                permissions::kAttachFiles,
                                ctx_.clock.unix_ms()));
    for (const Upload& file : files) out.push_back({file_number(file.field), {}});
    const protocol::GuildId id = guild->guild.id;
    CO_TRY(auto kept, co_await keep_files(ctx_, id, nullptr, std::move(files)));
    CO_TRY_VOID(co_await keep_loose(request.channel_id, kept));
    for (std::size_t i = 0; i < kept.size(); ++i) out[i].file = std::move(kept[i]);
    co_return out;
}

Task<Status> Interactions::keep_loose(ChannelId channel,
                                      const std::vector<protocol::Attachment>& files) {
    if (files.empty()) co_return Status();
    journal::Change change;
    change.rows = [channel, files, now = ctx_.clock.unix_ms()](store::Tx& tx) {
        return store::attachments::put_loose(tx, channel, files, now);
    };
    co_return co_await ctx_.journal.store(ctx_.here, std::move(change));
}

Task<Result<Interactions::Read>> Interactions::read_source(const Actor& actor,
                                                           const api::InteractionCreate& request) {
    const auto* guild = ctx_.view.guild(ctx_.view.guild_of(request.channel_id));
    MessageId id;
    if (request.type == InteractionType::message_component)
        id = request.message_id.value_or(MessageId{});
    if (request.type == InteractionType::modal_submit) {
        const Place place{**guild, ctx_.view, actor.user};
        if (const Live* from = find_modal(place, request)) id = from->source;
    }
    const bool on_message = request.data.type == CommandType::message &&
                            request.type == InteractionType::application_command;
    if (on_message && request.data.target_id) {
        CO_TRY_VOID(require_channel(guild->get(),
                                    actor.user,
                                    request.channel_id,
                                    permissions::kReadMessageHistory,
                                    ctx_.clock.unix_ms()));
        id = MessageId(request.data.target_id->value);
    }
    if (!id) co_return Read{};
    const protocol::Message* own = ephemerals_.find(id, ctx_.clock.unix_ms());
    if (own && !on_message) {
        if (own->channelId != request.channel_id || own->interactionUser != actor.user)
            co_return make_error(protocol::kUnknownMessage);
        co_return Read{*own, true, {}};
    }
    CO_TRY(ShownMessage shown, co_await messages_.find(request.channel_id, id, actor.user));
    co_return Read{std::move(shown.stored.message), false, {}};
}

Result<Interactions::Prepared> Interactions::prepare(const Actor& actor,
                                                     const api::InteractionCreate& request,
                                                     const Read& read,
                                                     InteractionId id) {
    const auto& guild = *ctx_.view.guild(ctx_.view.guild_of(request.channel_id));
    const Place place{*guild, ctx_.view, actor.user, read.files};
    Prepared out;
    out.live.ref = {id, request.application_id, guild->guild.id, request.channel_id, actor.user};
    out.live.type = request.type;
    if (request.nonce) out.live.nonce_json = request.nonce->json();
    if (request.type == InteractionType::message_component) {
        TRY_VOID(prepare_component(place, request, read, out));
    } else if (request.type == InteractionType::modal_submit) {
        TRY_VOID(prepare_modal(place, request, out));
    } else {
        TRY_VOID(prepare_command(place, request, read, out));
    }
    if (out.live.source && read.message) {
        JsonWriter w(out.message_json);
        write_message(w, *read.message, ctx_.view, ctx_.links, {});
    }
    return out;
}

Status Interactions::prepare_command(const Place& place,
                                     const api::InteractionCreate& request,
                                     const Read& read,
                                     Prepared& out) const {
    const UnixMs now = ctx_.clock.unix_ms();
    const api::InteractionData& data = request.data;
    if (!data.id) return make_error(protocol::kUnknownApplicationCommand);
    const FoundCommand found = find_command(place, request.application_id, *data.id);
    if (!found.command) return make_error(protocol::kUnknownApplicationCommand);
    TRY(const api::CommandCreate definition, api::parse_command(found.command->json));
    TRY_VOID(check_named_truly(*found.command, definition, data));
    TRY_VOID(check_allowed(place, definition, *place.guild.channels.find(request.channel_id), now));
    const bool typing = request.type == InteractionType::autocomplete;
    const bool chat = definition.kind() == CommandType::chat_input;
    Named named;
    if (chat) {
        TRY_VOID(check_options(place, definition, data, typing, named));
    } else if (typing) {
        return make_error(protocol::kUnknownApplicationCommand);
    } else if (definition.kind() == CommandType::user &&
               (!data.target_id || !name_user(place, data.target_id->str(), named))) {
        return make_error(protocol::kUnknownUser);
    }
    JsonWriter w(out.data);
    w.begin_object()
        .id("id", found.command->id)
        .string("name", definition.name)
        .number("type", static_cast<int>(definition.kind()));
    if (found.of_guild) w.id("guild_id", place.guild.guild.id);
    const std::string options = chat ? told_options(place, data) : std::string();
    if (!options.empty()) w.raw("options", options);
    if (!chat && data.target_id) w.id("target_id", *data.target_id);
    const bool on_message = definition.kind() == CommandType::message;
    const protocol::Message* target = on_message && read.message ? &*read.message : nullptr;
    write_resolved(w, place, {named, request.channel_id, now, target}, ctx_.links);
    w.end_object();
    out.live.name = definition.name;
    out.live.message_type = static_cast<std::uint8_t>(chat ? MessageType::chat_input_command
                                                           : MessageType::context_menu_command);
    return {};
}

Status Interactions::prepare_component(const Place& place,
                                       const api::InteractionCreate& request,
                                       const Read& read,
                                       Prepared& out) const {
    const api::InteractionData& data = request.data;
    if (!read.message || !data.custom_id || !data.component_type)
        return make_error(protocol::kUnknownMessage);
    const protocol::Message& message = *read.message;
    if (message.authorId != protocol::id_cast<UserId>(request.application_id))
        return make_error(protocol::kUnknownMessage);
    Named named;
    TRY_VOID(check_component(place, message.components, data, named));
    JsonWriter w(out.data);
    w.begin_object()
        .string("custom_id", *data.custom_id)
        .number("component_type", static_cast<int>(*data.component_type));
    if (data.values) {
        w.begin_array("values");
        for (const std::string& value : *data.values) w.string(value);
        w.end_array();
    }
    write_resolved(w, place, {named, request.channel_id, ctx_.clock.unix_ms()}, ctx_.links);
    w.end_object();
    out.live.source = message.id;
    out.live.source_ephemeral = read.ephemeral;
    return {};
}

Status Interactions::prepare_modal(const Place& place,
                                   const api::InteractionCreate& request,
                                   Prepared& out) {
    Live* from = find_modal(place, request);
    if (!from || !request.data.components) return make_error(protocol::kUnknownInteraction);
    Named named;
    TRY(const std::string components,
        read_submission(place, from->modal_components, *request.data.components, named));
    JsonWriter w(out.data);
    w.begin_object().string("custom_id", from->modal_id).raw("components", components);
    write_resolved(w, place, {named, request.channel_id, ctx_.clock.unix_ms()}, ctx_.links);
    w.end_object();
    out.live.source = from->source;
    out.live.source_ephemeral = from->source_ephemeral;
    // A form is sent once.
    from->modal_id.clear();
    from->modal_components.clear();
    return {};
}

Interactions::Live* Interactions::find_modal(const Place& place,
                                             const api::InteractionCreate& request) {
    const auto fits = [&](const Live& live) {
        return live.ref.user == place.user && live.ref.application == request.application_id &&
               live.ref.channel == request.channel_id && !live.modal_id.empty() &&
               live.modal_id == request.data.custom_id;
    };
    if (request.data.id) {
        Live* live = find_live(InteractionId(request.data.id->value));
        return live && fits(*live) ? live : nullptr;
    }
    // Clients that do not name the interaction mean the newest.
    for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
        Live* live = find_live(*id);
        if (live && fits(*live)) return live;
    }
    return nullptr;
}

Interactions::Live* Interactions::find_live(InteractionId id) {
    const auto at = live_.find(id);
    return at == live_.end() ? nullptr : &at->second;
}

void Interactions::open(Live live) {
    forget_old();
    const InteractionId id = live.ref.id;
    live.deadline = ctx_.here.timers().schedule_after(
        std::chrono::milliseconds(protocol::limits::kInteractionAckMs), [this, id] { expire(id); });
    live_.emplace(id, std::move(live));
    order_.push_back(id);
}

void Interactions::expire(InteractionId id) {
    const auto at = live_.find(id);
    // One that is being answered is settled by its answer.
    if (at == live_.end() || at->second.state != State::waiting) return;
    const Live live = std::move(at->second);
    live_.erase(at);
    if (live.type == InteractionType::autocomplete) return;
    tell(live.ref,
         live.ref.user,
         "INTERACTION_FAILURE",
         interaction_nod(id, live.nonce_json, kReasonTimeout));
}

void Interactions::forget_old() {
    const UnixMs oldest = ctx_.clock.unix_ms() - protocol::limits::kInteractionTokenMs;
    while (!order_.empty()) {
        const auto at = live_.find(order_.front());
        const bool old = order_.front().created_ms() < oldest || live_.size() >= kLiveMax;
        if (at != live_.end() && !old) return;
        if (at != live_.end()) {
            ctx_.here.timers().cancel(at->second.deadline);
            live_.erase(at);
        }
        order_.pop_front();
    }
}

void Interactions::tell(const InteractionRef& of,
                        UserId user,
                        std::string_view name,
                        std::string body,
                        std::vector<protocol::Attachment> files) {
    std::vector<journal::Notice> notices;
    notices.emplace_back(
        journal::UserDispatch{user,
                              {name, std::make_shared<const std::string>(std::move(body))},
                              of.guild,
                              of.channel,
                              std::move(files)});
    ctx_.journal.notify(ctx_.here, std::move(notices));
}

}  // namespace guildhall::services
