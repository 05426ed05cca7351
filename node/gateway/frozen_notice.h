#pragma once
// What people are told when a guild of another node freezes here: a message that only they see, in
// the channel that is theirs to see first, from nobody who could be written to. Pure.

#include "protocol/guild_state.h"
#include "protocol/ids.h"

#include <string>

namespace guildhall::gateway {

/// The data of MESSAGE_CREATE; `now_ms` makes its id.
std::string frozen_notice(protocol::GuildId guild,
                          protocol::ChannelId channel,
                          protocol::UnixMs now_ms);

/// Where the user is told; 0 when there is no channel that the user sees.
protocol::ChannelId notice_channel(const protocol::GuildState& state, protocol::UserId user);

}  // namespace guildhall::gateway
