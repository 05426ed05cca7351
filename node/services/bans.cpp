#include "node/services/bans.h"

#include "node/services/commit.h"
#include "node/services/guild_ask.h"
#include "node/services/membership.h"
#include "node/services/messages.h"
#include "node/store/tables/messages.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::services {

namespace api = protocol::api;
namespace limits = protocol::limits;
namespace permissions = protocol::permissions;
using protocol::Event;
using protocol::GuildId;
using protocol::make_error;
using protocol::MessageId;

namespace {

using Events = std::vector<Event>;

/// One ban, its rights checked; nothing for who is banned already.
Result<Events> decide_ban(const GuildAsk& ask,
                          const journal::View& view,
                          UserId user,
                          const std::string& reason) {
    TRY_VOID(require_guild(ask.guild, ask.actor, permissions::kBanMembers, ask.now));
    const bool member = ask.guild->members.find(user) != nullptr;
    if (!member && !view.user(user)) return make_error(protocol::kUnknownUser);
    if (!outranks_member(*ask.guild, ask.actor, user))
        return make_error(protocol::kMissingPermissions);
    Events events;
    if (member) {
        events = departure(*ask.guild, user, protocol::LeaveCause::banned, ask.actor);
    }
    if (!ask.guild->bans.find(user))
        events.emplace_back(protocol::BanAdded{{user, reason, ask.actor}});
    return events;
}

Result<Events> decide_unban(const GuildAsk& ask, UserId user) {
    TRY_VOID(require_guild(ask.guild, ask.actor, permissions::kBanMembers, ask.now));
    if (!ask.guild->bans.find(user)) return make_error(protocol::kUnknownBan);
    return Events{protocol::BanRemoved{user, ask.actor}};
}

/// The audit reason of the header goes before the one that old clients put into the body.
std::string reason_of(const Actor& actor, const api::BanCreate& request) {
    return actor.reason.empty() ? request.reason.value_or(std::string()) : actor.reason;
}

struct Found {
    ChannelId channel;
    std::vector<MessageId> ids;
};

/// What `author` wrote since `since`, at most one bulk deletion's worth of each channel.
Result<std::vector<Found>> find_messages(store::Tx& tx,
                                         const std::vector<ChannelId>& channels,
                                         UserId author,
                                         MessageId since) {
    std::vector<Found> found;
    for (const ChannelId channel : channels) {
        TRY(auto ids,
            store::messages::by_author(tx, channel, author, since, limits::kBulkDeleteMax));
        if (!ids.empty()) found.push_back({channel, std::move(ids)});
    }
    return found;
}

}  // namespace

Task<Status> Bans::put(const Actor& actor,
                       GuildId guild,
                       UserId user,
                       const api::BanCreate& request) {
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Events events, decide_ban(ask, ctx_.view, user, reason_of(actor, request)));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return co_await delete_messages(guild, user, actor, request.delete_seconds());
}

Task<Status> Bans::remove(const Actor& actor, GuildId guild, UserId user) {
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Events events, decide_unban(ask, user));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Result<Bans::Bulk>> Bans::bulk(const Actor& actor,
                                    GuildId guild,
                                    const api::BulkBan& request) {
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY_VOID(require_guild(
        ask.guild, actor.user, permissions::kBanMembers | permissions::kManageGuild, ask.now));
    std::vector<UserId> users(request.user_ids.begin(), request.user_ids.end());
    std::ranges::sort(users);
    users.erase(std::unique(users.begin(), users.end()), users.end());
    Bulk out;
    Events events;
    for (const UserId user : users) {
        auto one = decide_ban(ask, ctx_.view, user, actor.reason);
        // Who is banned already counts as failed, as in the API.
        if (!one || one->empty()) {
            out.failed.push_back(user);
            continue;
        }
        out.banned.push_back(user);
        std::ranges::move(*one, std::back_inserter(events));
    }
    if (out.banned.empty()) co_return make_error(protocol::kFailedToBanUsers);
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    if (request.delete_message_seconds) {
        for (const UserId user : out.banned)
            CO_TRY_VOID(co_await delete_messages(
                guild, user, actor, request.delete_message_seconds->value));
    }
    co_return out;
}

Result<protocol::GuildSnapshot> Bans::list(const Actor& actor, GuildId guild) const {
    const protocol::GuildSnapshot* state = ctx_.view.guild(guild);
    TRY_VOID(require_guild(state ? state->get() : nullptr,
                           actor.user,
                           permissions::kBanMembers,
                           ctx_.clock.unix_ms()));
    return *state;
}

/// Runs after the ban is durable, so that nothing can be written between the search and the last
/// deletion. Each round deletes up to a bulk deletion per channel and searches again.
Task<Status> Bans::delete_messages(GuildId guild,
                                   UserId author,
                                   const Actor& by,
                                   std::int64_t seconds) {
    if (seconds <= 0) co_return Status();
    const MessageId since(protocol::first_id_at(ctx_.clock.unix_ms() - seconds * 1000));
    for (bool found_some = true; found_some;) {
        const protocol::GuildSnapshot* state = ctx_.view.guild(guild);
        if (!state) co_return Status();
        std::vector<ChannelId> channels;
        (*state)->channels.for_each([&](ChannelId id, const protocol::Channel& c) {
            if (is_messageable(c.type)) channels.push_back(id);
        });
        const auto find = [channels = std::move(channels), author, since](store::Tx& tx) {
            return find_messages(tx, channels, author, since);
        };
        CO_TRY(const std::vector<Found> found, co_await store::read(ctx_.db, find));
        found_some = false;
        for (const Found& f : found) {
            CO_TRY(const bool is_there, co_await delete_batch(guild, f.channel, f.ids, by));
            found_some = found_some || is_there;
        }
    }
    co_return Status();
}

Task<Result<bool>> Bans::delete_batch(GuildId guild,
                                      ChannelId channel,
                                      std::vector<MessageId> ids,
                                      const Actor& by) {
    const auto allowed = [this, guild, channel]() -> Status {
        const GuildState* decided = ctx_.journal.decided(guild);
        if (decided && decided->channels.find(channel)) return {};
        return make_error(protocol::kUnknownChannel);
    };
    const auto deleted =
        co_await messages_.remove_present(by, guild, channel, std::move(ids), allowed);
    if (!deleted && deleted.error().code == protocol::kUnknownChannel) co_return false;
    if (!deleted) co_return deleted.error();
    co_return true;
}

}  // namespace guildhall::services
