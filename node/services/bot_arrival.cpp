#include "node/services/bot_arrival.h"

#include "node/services/commit.h"
#include "node/services/membership.h"
#include "node/services/permission.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::services {

namespace permissions = protocol::permissions;
using protocol::Event;
using protocol::GuildId;
using protocol::make_error;
using protocol::Role;

namespace {

using Events = std::vector<Event>;

/// What was asked, with what only the caller's shard knew.
struct Arrival {
    const Actor& by;
    protocol::SharedUser bot;
    std::string role_name;
    Permissions asked;
    /// This node.
    const federation::Hash32& node_uid;
    /// Whether the bot may be in one more guild.
    Status room;
};

/// The role that belongs to the bot in this guild.
const Role* own_role(const GuildState& guild, UserId bot) {
    const Role* found = nullptr;
    guild.roles.for_each([&](RoleId, const Role& role) {
        if (role.botId == bot) found = &role;
    });
    return found;
}

/// The bot's role with `granted` rights, as an event when it is new or changes; its id, or 0 for a
/// bot that gets no rights.
Result<RoleId> grant_role(const GuildState& guild,
                          const Arrival& arrival,
                          Permissions granted,
                          RoleId new_id,
                          Events& events) {
    if (const Role* old = own_role(guild, arrival.bot->id)) {
        Role role = *old;
        role.permissions = granted.bits;
        if (role != *old && outranks_role(guild, arrival.by.user, *old))
            events.emplace_back(protocol::RoleUpdated{std::move(role)});
        return old->id;
    }
    if (granted.empty()) return RoleId{};
    if (guild.roles.size() >= protocol::limits::kRolesMax)
        return make_error(protocol::kMaximumNumberOfGuildRolesReached);
    Role role;
    role.id = new_id;
    role.name = arrival.role_name;
    // At the bottom: equal positions rank by age.
    role.position = 1;
    role.permissions = granted.bits;
    role.managed = true;
    role.botId = arrival.bot->id;
    events.emplace_back(protocol::RoleCreated{std::move(role)});
    return new_id;
}

Result<Events> decide(const GuildState* guild, const Arrival& arrival, RoleId new_id, UnixMs now) {
    TRY(const GuildState* g, require_guild(guild, arrival.by.user, permissions::kManageGuild, now));
    const UserId bot = arrival.bot->id;
    const protocol::Member* present = g->members.find(bot);
    if (!present) {
        if (g->bans.find(bot) || g->node_bans.find(arrival.bot->home_uid))
            return make_error(protocol::kUserBannedFromThisGuild);
        TRY_VOID(arrival.room);
    }
    Events events;
    const Permissions granted = arrival.asked & guild_permissions(*g, arrival.by.user, now);
    TRY(const RoleId role, grant_role(*g, arrival, granted, new_id, events));
    protocol::Member member =
        present ? *present : new_member(*g, *arrival.bot, arrival.node_uid, now);
    if (role && !std::ranges::binary_search(member.roles, role))
        member.roles.insert(std::ranges::lower_bound(member.roles, role), role);
    if (!present)
        events.emplace_back(protocol::MemberJoined{std::move(member), {}});
    else if (member != *present)
        events.emplace_back(protocol::MemberUpdated{std::move(member)});
    return events;
}

/// On the guild's shard; of the context only what all shards share is touched.
Task<Status> arrive(Context& ctx, GuildId guild, const Arrival& arrival) {
    CO_TRY(const RoleId id, co_await new_id<RoleId>(ctx, guild));
    CO_TRY(Events events, decide(ctx.journal.decided(guild), arrival, id, ctx.clock.unix_ms()));
    if (events.empty()) co_return Status();
    CO_TRY_VOID(co_await commit(ctx, arrival.by, guild, std::move(events)));
    co_return Status();
}

}  // namespace

Task<Status> bring_bot(Context& ctx,
                       const Actor& actor,
                       GuildId guild,
                       UserId bot,
                       std::string role_name,
                       Permissions asked) {
    const protocol::SharedUser* user = ctx.view.user(bot);
    if (!user) co_return make_error(protocol::kUnknownUser);
    if (!(*user)->bot) co_return make_error(protocol::kOAuth2ApplicationDoesNotHaveBot);
    const Arrival arrival{actor,
                          *user,
                          std::move(role_name),
                          asked,
                          ctx.settings.node_uid,
                          check_guild_count(ctx.view, bot)};
    const auto there = [&] { return arrive(ctx, guild, arrival); };
    co_return co_await base::on_shard(ctx.here, ctx.shards.of(guild), there);
}

}  // namespace guildhall::services
