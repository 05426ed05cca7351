#include "node/services/commands.h"

#include "node/services/commit.h"
#include "node/services/permission.h"
#include "node/services/present/application.h"
#include "node/store/tables/commands.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace guildhall::services {

namespace api = protocol::api;
namespace limits = protocol::limits;
using protocol::ApplicationId;
using protocol::Command;
using protocol::CommandId;
using protocol::make_error;
using protocol::Snowflake;

/// One change of a scope's commands.
struct Commands::Wish {
    /// To be there afterwards, in place of those of the same type and name.
    std::vector<api::CommandCreate> puts;
    /// Nothing but `puts` stays.
    bool whole = false;
    /// The command that `patch` changes, or that goes when there is no patch.
    CommandId target;
    const boost::json::value* patch = nullptr;

    std::size_t ids_needed() const { return puts.size() + 1; }
};

namespace {

using List = Commands::List;

/// What names a command within its scope.
struct Key {
    int type = 1;
    std::string name;

    friend bool operator==(const Key&, const Key&) = default;
};

Key key_of(const Command& command) {
    Key key;
    const auto stored = protocol::parse_json(command.json);
    if (!stored || !stored->is_object()) return key;
    const auto& o = stored->get_object();
    if (const auto* type = o.if_contains("type"); type && type->is_int64())
        key.type = static_cast<int>(type->get_int64());
    if (const auto* name = o.if_contains("name"); name && name->is_string())
        key.name = name->get_string().c_str();
    return key;
}

List::iterator find(List& list, CommandId id) {
    return std::ranges::find_if(list, [&](const Command& c) { return c.id == id; });
}

/// Puts one definition in place; `id` is its id when it is new, `version` its version when it is
/// not what was there.
void put(List& list,
         ApplicationId app,
         const api::CommandCreate& wanted,
         Snowflake id,
         Snowflake version) {
    const Key key{static_cast<int>(wanted.kind()), wanted.name};
    std::string json = api::canonical_command(wanted);
    const auto at = std::ranges::find_if(list, [&](const Command& c) { return key_of(c) == key; });
    if (at == list.end()) {
        list.push_back({CommandId(id.value), app, version, std::move(json)});
    } else if (at->json != json) {
        at->json = std::move(json);
        at->version = version;
    }
}

/// Takes away what a whole new list does not name.
void keep_named(List& list, const std::vector<api::CommandCreate>& puts) {
    std::erase_if(list, [&](const Command& c) {
        const Key key = key_of(c);
        return std::ranges::none_of(puts, [&](const api::CommandCreate& p) {
            return static_cast<int>(p.kind()) == key.type && p.name == key.name;
        });
    });
}

Status patch(List& list, CommandId id, const boost::json::value& over, Snowflake version) {
    const auto at = find(list, id);
    if (at == list.end()) return make_error(protocol::kUnknownApplicationCommand);
    TRY(const api::CommandCreate wanted, api::patch_command(at->json, over));
    std::string json = api::canonical_command(wanted);
    if (json == at->json) return {};
    at->json = std::move(json);
    at->version = version;
    const Key key = key_of(*at);
    if (std::ranges::count_if(list, [&](const Command& c) { return key_of(c) == key; }) > 1)
        return make_error(protocol::kApplicationCommandWithThatNameAlreadyExists);
    return {};
}

Status check_counts(const List& list) {
    constexpr std::array<std::size_t, 4> kMax{
        0, limits::kChatCommandsMax, limits::kUserCommandsMax, limits::kMessageCommandsMax};
    std::array<std::size_t, 4> counts{};
    for (const Command& c : list) {
        const auto type = static_cast<std::size_t>(key_of(c).type);
        if (type < counts.size() && ++counts[type] > kMax[type])
            return make_error(protocol::kMaximumNumberOfApplicationCommandsReached);
    }
    return {};
}

/// The bots of a guild, ascending.
std::vector<UserId> bots_of(const GuildState& guild) {
    std::vector<UserId> out;
    guild.members.for_each([&](UserId id, const protocol::Member& member) {
        if (member.bot) out.push_back(id);
    });
    return out;
}

std::vector<IndexedApplication> index_of(const GuildState& guild, const journal::View& view) {
    std::vector<IndexedApplication> out;
    for (const UserId bot : bots_of(guild)) {
        const auto id = protocol::id_cast<ApplicationId>(bot);
        auto application = application_of(view, id);
        if (!application) continue;
        const List* own = guild.commands.find(id);
        out.push_back({std::move(application), view.global_commands(id), own ? *own : List()});
    }
    return out;
}

}  // namespace

Status Commands::require(const Actor& actor,
                         const CommandScope& scope,
                         const GuildState* guild) const {
    const UserId bot = protocol::id_cast<UserId>(scope.application);
    const auto* application = ctx_.view.application(scope.application);
    // Of a bot of another node nothing more is known here, and its home speaks for it.
    const bool comes_itself = actor.command && actor.user == bot;
    if (!application && !comes_itself) return make_error(protocol::kUnknownApplication);
    if (actor.user != bot && actor.user != (*application)->owner)
        return make_error(protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    if (scope.guild && !(guild && guild->members.find(bot)))
        return make_error(protocol::kMissingAccess);
    return {};
}

const GuildState* Commands::decided(const CommandScope& scope) const {
    return scope.guild ? ctx_.journal.decided(scope.guild) : nullptr;
}

const List& Commands::current(const CommandScope& scope, const GuildState* guild) const {
    static const List kNone;
    if (!scope.guild) return ctx_.view.global_commands(scope.application);
    const List* own = guild ? guild->commands.find(scope.application) : nullptr;
    return own ? *own : kNone;
}

Result<List> Commands::list(const Actor& actor, const CommandScope& scope) const {
    const auto* guild = ctx_.view.guild(scope.guild);
    const GuildState* state = guild ? guild->get() : nullptr;
    TRY_VOID(require(actor, scope, state));
    return current(scope, state);
}

Result<Command> Commands::get(const Actor& actor, const CommandScope& scope, CommandId id) const {
    TRY(List all, list(actor, scope));
    const auto at = find(all, id);
    if (at == all.end()) return make_error(protocol::kUnknownApplicationCommand);
    return *at;
}

Task<Result<std::vector<Snowflake>>> Commands::draw_ids(CommandScope scope, std::size_t count) {
    std::vector<Snowflake> out;
    if (scope.guild) {
        while (out.size() < count) {
            CO_TRY(const Snowflake id, co_await new_id<Snowflake>(ctx_, scope.guild));
            out.push_back(id);
        }
        co_return out;
    }
    const auto* bot = ctx_.view.user(protocol::id_cast<UserId>(scope.application));
    const auto uid =
        federation::Hash32::from(bot ? std::string_view((*bot)->uid) : std::string_view());
    if (!uid) co_return make_error(protocol::kUnknownApplication);
    federation::IdAllocator& ids = ids_.try_emplace(scope.application, *uid).first->second;
    for (const Command& c : ctx_.view.global_commands(scope.application)) {
        ids.observe(std::max(Snowflake(c.id.value), c.version));
    }
    while (out.size() < count) {
        const auto id = ids.next(ctx_.clock.unix_ms(), ctx_.rng.next_u16());
        if (id)
            out.push_back(*id);
        else
            co_await ctx_.here.timers().sleep_for(std::chrono::milliseconds(1));
    }
    co_return out;
}

Task<Status> Commands::save(const Actor& actor, CommandScope scope, List commands) {
    if (scope.guild) {
        std::vector<protocol::Event> events;
        events.emplace_back(protocol::CommandsSet{scope.application, std::move(commands)});
        CO_TRY(const auto after, co_await commit(ctx_, actor, scope.guild, std::move(events)));
        (void)after;
        co_return Status();
    }
    journal::Change change;
    change.rows = [app = scope.application, commands](store::Tx& tx) {
        return store::commands::replace(tx, app, commands);
    };
    change.notices.emplace_back(journal::GlobalCommandsSet{scope.application, std::move(commands)});
    co_return co_await ctx_.journal.store(ctx_.here, std::move(change));
}

Task<Result<List>> Commands::carry_out(const Actor& actor, CommandScope scope, Wish wish) {
    // One change of an application's commands at a time: global ones are read, changed and stored.
    CO_TRY(auto held, co_await lock_.acquire(scope.application.value));
    CO_TRY_VOID(require(actor, scope, decided(scope)));
    CO_TRY(const auto ids, co_await draw_ids(scope, wish.ids_needed()));
    const GuildState* guild = decided(scope);
    CO_TRY_VOID(require(actor, scope, guild));
    const List& before = current(scope, guild);
    List next = before;
    if (wish.whole) keep_named(next, wish.puts);
    for (std::size_t i = 0; i < wish.puts.size(); ++i)
        put(next, scope.application, wish.puts[i], ids[i], ids.back());
    if (wish.patch) {
        CO_TRY_VOID(patch(next, wish.target, *wish.patch, ids.back()));
    } else if (wish.target) {
        const auto at = find(next, wish.target);
        if (at == next.end()) co_return make_error(protocol::kUnknownApplicationCommand);
        next.erase(at);
    }
    std::ranges::sort(next, {}, &Command::id);
    CO_TRY_VOID(check_counts(next));
    if (next == before) co_return next;
    CO_TRY_VOID(co_await save(actor, scope, next));
    co_return next;
}

Task<Result<Commands::Created>> Commands::create(const Actor& actor,
                                                 CommandScope scope,
                                                 const api::CommandCreate& request) {
    const auto named = [&request](const Command& c) {
        return key_of(c) == Key{static_cast<int>(request.kind()), request.name};
    };
    const auto* guild = ctx_.view.guild(scope.guild);
    const List& before = current(scope, guild ? guild->get() : nullptr);
    Created created;
    created.is_new = std::ranges::none_of(before, named);
    Wish wish;
    wish.puts.push_back(request);
    CO_TRY(List after, co_await carry_out(actor, scope, std::move(wish)));
    const auto at = std::ranges::find_if(after, named);
    if (at == after.end()) co_return make_error(protocol::kUnknownApplicationCommand);
    created.command = std::move(*at);
    co_return created;
}

Task<Result<List>> Commands::replace(const Actor& actor,
                                     CommandScope scope,
                                     const api::CommandBulk& request) {
    Wish wish;
    wish.puts.assign(request.begin(), request.end());
    wish.whole = true;
    co_return co_await carry_out(actor, scope, std::move(wish));
}

Task<Result<Command>> Commands::edit(const Actor& actor,
                                     CommandScope scope,
                                     CommandId id,
                                     const boost::json::value& patch) {
    Wish wish;
    wish.target = id;
    wish.patch = &patch;
    CO_TRY(List after, co_await carry_out(actor, scope, std::move(wish)));
    const auto at = find(after, id);
    if (at == after.end()) co_return make_error(protocol::kUnknownApplicationCommand);
    co_return std::move(*at);
}

Task<Status> Commands::remove(const Actor& actor, CommandScope scope, CommandId id) {
    Wish wish;
    wish.target = id;
    CO_TRY(const List after, co_await carry_out(actor, scope, std::move(wish)));
    (void)after;
    co_return Status();
}

Result<std::vector<IndexedApplication>> Commands::index(const Actor& actor,
                                                        protocol::GuildId guild) const {
    const auto* state = ctx_.view.guild(guild);
    TRY(const GuildState* g, require_member(state ? state->get() : nullptr, actor.user));
    return index_of(*g, ctx_.view);
}

Result<std::vector<IndexedApplication>> Commands::index(const Actor& actor,
                                                        protocol::ChannelId channel) const {
    const auto* state = ctx_.view.guild(ctx_.view.guild_of(channel));
    TRY_VOID(require_visible(state ? state->get() : nullptr, actor.user, channel));
    return index_of(**state, ctx_.view);
}

}  // namespace guildhall::services
