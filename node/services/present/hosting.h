#pragma once
// What a member is shown of a guild's host: plain words and values, the same on every node but for
// what only one of them knows. Pure.

#include "node/journal/committed.h"
#include "node/services/context.h"
#include "node/services/held.h"
#include "node/services/other_nodes.h"
#include "node/store/tables/evidence.h"
#include "protocol/json/writer.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace guildhall::services {

/// Why a guild is frozen here.
struct Frozen {
    /// A short word for programs, and a sentence for people.
    std::string_view kind, reason;
    protocol::UnixMs at_ms = 0;
};
/// Of rows newest first, the one for which a mirror freezes; others are about voters and members.
Frozen frozen_for(std::span<const store::evidence::EvidenceRow> rows);

/// What stands beside the guild's log.
struct HostingNow {
    journal::GuildRole role = journal::GuildRole::hosted;
    /// The host's, then its successors', in the order of the policy; empty where nobody knows.
    std::vector<KnownNode> nodes;
    std::optional<Held> held;
    std::optional<Followed> followed;
    std::optional<Frozen> frozen;
};

void write_hosting(protocol::JsonWriter& w,
                   const protocol::GuildState& guild,
                   const HostingNow& now,
                   const Settings& own);

}  // namespace guildhall::services
