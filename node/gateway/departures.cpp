#include "node/gateway/departures.h"

#include "node/gateway/gateway.h"
#include "node/gateway/limits.h"

#include <algorithm>
#include <utility>

namespace guildhall::gateway {

using base::Task;
using protocol::GuildId;
using protocol::UserId;

void Departures::session_ended(UserId user) {
    if (world_.stopping || !world_.sessions_of(user).empty()) return;
    if (!temporary_guilds(user).empty()) note(user, limits::kAwayAfter);
}

void Departures::sweep() {
    if (!noted_earlier_) note_earlier_members();
    const base::Nanos now = world_.ctx.clock.now();
    std::vector<std::pair<UserId, Due>> ripe;
    for (const auto& [user, due] : due_) {
        if (due.at <= now) ripe.emplace_back(user, due);
    }
    for (const auto& [user, due] : ripe) {
        due_.erase(user);
        world_.ctx.here.spawn("temporary memberships", depart(user, due.retry));
    }
}

void Departures::note_earlier_members() {
    noted_earlier_ = true;
    world_.ctx.view.for_each_guild([&](const protocol::GuildState& guild) {
        guild.members.for_each([&](UserId user, const protocol::Member& member) {
            if (member.temporary && member.joinedMs < started_ms_) {
                note(user, limits::kResumeWindow);
            }
        });
    });
}

void Departures::note(UserId user, base::Nanos wait, base::Nanos retry) {
    Due& due = due_[user];
    due.at = std::max(due.at, world_.ctx.clock.now() + wait);
    due.retry = std::max(due.retry, retry);
}

std::vector<GuildId> Departures::temporary_guilds(UserId user) const {
    std::vector<GuildId> out = world_.ctx.view.guilds_of(user);
    std::erase_if(out, [&](GuildId id) {
        const protocol::GuildSnapshot* guild = world_.ctx.view.guild(id);
        const protocol::Member* member = guild ? (*guild)->members.find(user) : nullptr;
        return !member || !member->temporary;
    });
    return out;
}

Task<void> Departures::depart(UserId user, base::Nanos retry) {
    base::Shard& here = world_.ctx.here;
    const unsigned shards = world_.ctx.shards.count();
    // Every shard is asked twice: a session may move to one that was asked from one that was not.
    for (unsigned i = 0; i < 2 * shards; ++i) {
        const bool present = co_await gateway_.has_session(here, i % shards, user);
        // The end of that one will bring us here again.
        if (present) co_return;
    }
    const std::vector<GuildId> guilds = temporary_guilds(user);
    for (const GuildId guild : guilds) {
        const protocol::Status left = co_await gateway_.end_temporary(here, guild, user);
        if (left) continue;
        world_.ctx.log.warn("gateway",
                            "a temporary membership has not ended",
                            {{"guild", guild.str()}, {"why", left.error().message}});
        note(user, retry, std::min<base::Nanos>(2 * retry, limits::kResumeWindow));
    }
}

}  // namespace guildhall::gateway
