#include "node/services/online.h"

namespace guildhall::services {

std::size_t Online::count(const protocol::GuildState& guild) const {
    std::size_t online = 0;
    // The smaller side is walked: few people are online in a large guild, many on a busy node.
    if (users_.size() < guild.members.size()) {
        for (const protocol::UserId user : users_) online += guild.members.find(user) != nullptr;
    } else {
        guild.members.for_each(
            [&](protocol::UserId user, const protocol::Member&) { online += users_.count(user); });
    }
    return online;
}

void Online::on_ephemeral(const journal::Ephemeral& ephemeral) {
    const auto* presence = std::get_if<journal::Presence>(&ephemeral);
    if (!presence) return;
    if (presence->status == "offline" || presence->status == "invisible")
        users_.erase(presence->user);
    else
        users_.insert(presence->user);
}

}  // namespace guildhall::services
