#pragma once
// What a guild begins with: its genesis, from which its id follows, and the events that build its
// first state. Pure but for the clock and chance handed in; any thread.

#include "federation/genesis.h"
#include "node/base/rng.h"
#include "protocol/account.h"
#include "protocol/api/guild.h"
#include "protocol/event.h"
#include "protocol/result.h"

#include <string>
#include <vector>

namespace guildhall::services {

/// A guild's identity. Its root key is kept by the host for the owner; it signs the genesis and,
/// later, a change of host.
struct GuildBirth {
    protocol::GuildId id;
    federation::Hash32 uid;
    federation::SignedGenesis genesis;
    federation::Seed root_seed;
    protocol::UnixMs created_ms = 0;
};

GuildBirth give_birth(const federation::Hash32& owner_uid,
                      const federation::Hash32& host_uid,
                      protocol::UnixMs now,
                      base::Rng& rng);

/// GuildCreated first, then roles and channels, then the owner's membership: who sees himself join
/// can be shown the whole guild. Ids in the request are placeholders; the @everyone role is the
/// request's first, if it has roles.
protocol::Result<std::vector<protocol::Event>> first_events(
    const GuildBirth& birth,
    const protocol::User& owner,
    const protocol::api::GuildCreate& request,
    const std::string& icon,
    base::Rng& rng);

}  // namespace guildhall::services
