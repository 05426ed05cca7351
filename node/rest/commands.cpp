// /applications/{application}/commands and .../guilds/{guild}/commands, and the indexes that
// clients offer commands from.
#include "node/services/commands.h"

#include "node/rest/api.h"
#include "node/rest/handlers.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ApplicationId;
using protocol::ChannelId;
using protocol::Command;
using protocol::CommandId;
using protocol::GuildId;
using protocol::JsonWriter;
using services::CommandScope;

bool is_global(const Call& call) {
    return call.route->pattern.find("{guild_id}") == std::string_view::npos;
}

CommandScope scope_of(const Call& call) {
    return {call.id<ApplicationId>(0), is_global(call) ? GuildId{} : call.id<GuildId>(1)};
}

CommandId command_of(const Call& call) { return call.id<CommandId>(is_global(call) ? 1 : 2); }

Reply command_reply(const Command& command, const CommandScope& scope, int status = 200) {
    return written([&](JsonWriter& w) { services::write_command(w, command, scope.guild); },
                   status);
}

Task<Result<Reply>> list_commands(Api& api, Call& call) {
    const CommandScope scope = scope_of(call);
    CO_TRY(const bool localized, query_bool(call.query, "with_localizations"));
    CO_TRY(const auto all, api.services.commands.list(call.actor, scope));
    co_return written(
        [&](JsonWriter& w) { services::write_commands(w, all, scope.guild, localized); });
}

Task<Result<Reply>> create_command(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::CommandCreate>());
    const CommandScope scope = scope_of(call);
    CO_TRY(const auto made, co_await api.services.commands.create(call.actor, scope, request));
    co_return command_reply(made.command, scope, made.is_new ? 201 : 200);
}

Task<Result<Reply>> replace_commands(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::CommandBulk>());
    const CommandScope scope = scope_of(call);
    CO_TRY(const auto all, co_await api.services.commands.replace(call.actor, scope, request));
    co_return written([&](JsonWriter& w) { services::write_commands(w, all, scope.guild, true); });
}

Task<Result<Reply>> get_command(Api& api, Call& call) {
    const CommandScope scope = scope_of(call);
    CO_TRY(const auto command, api.services.commands.get(call.actor, scope, command_of(call)));
    co_return command_reply(command, scope);
}

Task<Result<Reply>> edit_command(Api& api, Call& call) {
    const CommandScope scope = scope_of(call);
    CO_TRY(const auto command,
           co_await api.services.commands.edit(call.actor, scope, command_of(call), call.body));
    co_return command_reply(command, scope);
}

Task<Result<Reply>> remove_command(Api& api, Call& call) {
    CO_TRY_VOID(
        co_await api.services.commands.remove(call.actor, scope_of(call), command_of(call)));
    co_return Reply::no_content();
}

Task<Result<Reply>> guild_index(Api& api, Call& call) {
    const GuildId guild = call.id<GuildId>(0);
    CO_TRY(const auto index, api.services.commands.index(call.actor, guild));
    co_return written(
        [&](JsonWriter& w) { services::write_command_index(w, index, guild, api.ctx.view); });
}

Task<Result<Reply>> channel_index(Api& api, Call& call) {
    const ChannelId channel = call.id<ChannelId>(0);
    CO_TRY(const auto index, api.services.commands.index(call.actor, channel));
    co_return written([&](JsonWriter& w) {
        services::write_command_index(w, index, api.ctx.view.guild_of(channel), api.ctx.view);
    });
}

/// Applications are installed to guilds here, never to a user.
Task<Result<Reply>> user_index(Api& api, Call&) {
    co_return written(
        [&](JsonWriter& w) { services::write_command_index(w, {}, GuildId{}, api.ctx.view); });
}

constexpr Limit kCommandRead{"command-read", 50, 10};
constexpr Limit kCommandWrite{"command-write", 30, 10};
constexpr Limit kIndex{"command-index", 30, 10};

constexpr std::string_view kGlobalCommands = "/applications/{application_id}/commands";
constexpr std::string_view kGlobalCommand = "/applications/{application_id}/commands/{command_id}";
constexpr std::string_view kGuildCommands =
    "/applications/{application_id}/guilds/{guild_id}/commands";
constexpr std::string_view kGuildCommand =
    "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}";

constexpr RouteKind kLook{Auth::any};
constexpr RouteKind kChange{Auth::any, Home::here, true, shard_of_application};
constexpr RouteKind kInGuild{Auth::any, Home::guild};
constexpr RouteKind kOffer{Auth::user};

constexpr Route kCommandRoutes[] = {
    row(kLook,
        {Method::get,
         kGlobalCommands,
         kCommandRead,
         list_commands,
         "List global commands",
         "",
         "Command[]"}),
    row(kChange,
        {Method::post,
         kGlobalCommands,
         kCommandWrite,
         create_command,
         "Register a global command, or change the one of that name",
         "CommandCreate",
         "Command"}),
    row(kChange,
        {Method::put,
         kGlobalCommands,
         kCommandWrite,
         replace_commands,
         "Replace all global commands",
         "CommandBulk",
         "Command[]"}),
    row(kLook,
        {Method::get,
         kGlobalCommand,
         kCommandRead,
         get_command,
         "Get a global command",
         "",
         "Command"}),
    row(kChange,
        {Method::patch,
         kGlobalCommand,
         kCommandWrite,
         edit_command,
         "Change a global command",
         "CommandCreate",
         "Command"}),
    row(kChange,
        {Method::del, kGlobalCommand, kCommandWrite, remove_command, "Delete a global command"}),
    row(kInGuild,
        {Method::get,
         kGuildCommands,
         kCommandRead,
         list_commands,
         "List the commands of a guild",
         "",
         "Command[]"}),
    row(kInGuild,
        {Method::post,
         kGuildCommands,
         kCommandWrite,
         create_command,
         "Register a command of a guild, or change the one of that name",
         "CommandCreate",
         "Command"}),
    row(kInGuild,
        {Method::put,
         kGuildCommands,
         kCommandWrite,
         replace_commands,
         "Replace all commands of a guild",
         "CommandBulk",
         "Command[]"}),
    row(kInGuild,
        {Method::get,
         kGuildCommand,
         kCommandRead,
         get_command,
         "Get a command of a guild",
         "",
         "Command"}),
    row(kInGuild,
        {Method::patch,
         kGuildCommand,
         kCommandWrite,
         edit_command,
         "Change a command of a guild",
         "CommandCreate",
         "Command"}),
    row(kInGuild,
        {Method::del, kGuildCommand, kCommandWrite, remove_command, "Delete a command of a guild"}),
    row(kOffer,
        {Method::get,
         "/guilds/{guild_id}/application-command-index",
         kIndex,
         guild_index,
         "List the commands that can be run in a guild"}),
    row(kOffer,
        {Method::get,
         "/channels/{channel_id}/application-command-index",
         kIndex,
         channel_index,
         "List the commands that can be run in a channel"}),
    row(kOffer,
        {Method::get,
         "/users/@me/application-command-index",
         kIndex,
         user_index,
         "List the commands of applications that are yours everywhere"}),
};

}  // namespace

std::span<const Route> command_routes() { return kCommandRoutes; }

}  // namespace guildhall::rest
