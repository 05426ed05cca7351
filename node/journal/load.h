#pragma once
// Loading: guild states from the projections, at start and for checks. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "node/store/tables/hosting.h"
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
    store::hosting::Role role = store::hosting::Role::hosted;
    /// False: members of a snapshot did not come before the restart.
    bool complete = true;
};

/// What the rows say of a guild; null when there are none, or it was deleted.
protocol::Result<protocol::GuildSnapshot> load_state(store::Tx& tx, protocol::GuildId guild);
/// Every guild that is hosted or mirrored and was not deleted.
protocol::Result<std::vector<LoadedGuild>> load_guilds(store::Tx& tx);

}  // namespace guildhall::journal
