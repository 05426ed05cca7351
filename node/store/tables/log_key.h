#pragma once
// How a log of a guild is keyed in the tables: a channel's log by the channel's id, the control log
// by the guild's id, the admin log by its negative. One BIGINT, so that a channel's last fifty
// entries are one range.

#include "protocol/event.h"

#include <cstdint>

namespace guildhall::store {

using LogKey = std::int64_t;

inline LogKey log_key(protocol::GuildId guild, std::uint64_t log_id) {
    const auto id = static_cast<std::int64_t>(guild.value);
    if (log_id == protocol::kControlLog) return id;
    if (log_id == protocol::kAdminLog) return -id;
    return static_cast<std::int64_t>(log_id);
}
inline LogKey channel_log(protocol::ChannelId channel) {
    return static_cast<std::int64_t>(channel.value);
}

}  // namespace guildhall::store
