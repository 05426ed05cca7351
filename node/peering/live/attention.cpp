#include "node/peering/live/attention.h"

namespace guildhall::peering {

using federation::Hash32;
using protocol::GuildId;
using protocol::UserId;

void Attention::on_watching(const journal::Watching& watching) {
    if (watching.begins) {
        ++watchers_[watching.user];
    } else if (const auto at = watchers_.find(watching.user); at != watchers_.end()) {
        if (--at->second == 0) watchers_.erase(at);
    }
    stale_ = true;
}

void Attention::on_members(GuildId guild) {
    homes_.erase(guild);
    stale_ = true;
}

bool Attention::is_looked_at(GuildId guild) {
    if (std::exchange(stale_, false)) {
        looked_at_.clear();
        for (const auto& [user, shards] : watchers_) {
            for (const GuildId id : view_.guilds_of(user)) looked_at_.insert(id);
        }
    }
    return looked_at_.contains(guild);
}

const std::set<Hash32>& Attention::homes(const protocol::GuildState& guild) {
    const auto [at, is_new] = homes_.try_emplace(guild.guild.id);
    if (!is_new) return at->second;
    guild.members.for_each([&](UserId, const protocol::Member& member) {
        if (const auto home = Hash32::from(protocol::home_of(guild, member)))
            at->second.insert(*home);
    });
    return at->second;
}

}  // namespace guildhall::peering
