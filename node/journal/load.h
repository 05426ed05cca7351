#pragma once
// Loading: guild states from the projections, at start and for checks. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/guild_state.h"

#include <utility>
#include <vector>

namespace guildhall::journal {

struct LoadedGuild {
    protocol::GuildSnapshot state;
    std::uint64_t epoch = 0;
    /// No id made in the guild so far is above this one.
    std::uint64_t last_id = 0;
    protocol::UnixMs last_ts_ms = 0;
    std::vector<std::pair<protocol::ChannelId, protocol::MessageId>> last_messages;
};

/// Every hosted guild that was not deleted.
protocol::Result<std::vector<LoadedGuild>> load_guilds(store::Tx& tx);

}  // namespace guildhall::journal
