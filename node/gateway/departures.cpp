#include "node/gateway/departures.h"

#include "node/gateway/gateway.h"
#include "node/gateway/limits.h"

#include <algorithm>

namespace guildhall::gateway {

using base::Task;
using protocol::GuildId;
using protocol::UserId;

void Departures::session_ended(UserId user) {
    if (world_.stopping || !world_.sessions_of(user).empty()) return;
    if (!temporary_guilds(user).empty()) note(user, world_.ctx.clock.now() + limits::kAwayAfter);
}

void Departures::sweep() {
    if (!noted_earlier_) note_earlier_members();
    const base::Nanos now = world_.ctx.clock.now();
    std::vector<UserId> users;
    for (const auto& [user, due] : due_) {
        if (due <= now) users.push_back(user);
    }
    for (const UserId user : users) {
        due_.erase(user);
        world_.ctx.here.spawn("temporary memberships", depart(user));
    }
}

void Departures::note_earlier_members() {
    noted_earlier_ = true;
    const base::Nanos due = world_.ctx.clock.now() + limits::kResumeWindow;
    world_.ctx.view.for_each_guild([&](const protocol::GuildState& guild) {
        guild.members.for_each([&](UserId user, const protocol::Member& member) {
            if (member.temporary && member.joinedMs < started_ms_) note(user, due);
        });
    });
}

void Departures::note(UserId user, base::Nanos due) {
    base::Nanos& known = due_[user];
    known = std::max(known, due);
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

Task<void> Departures::depart(UserId user) {
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
        note(user, world_.ctx.clock.now() + limits::kAwayAfter);
    }
}

}  // namespace guildhall::gateway
