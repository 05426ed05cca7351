#pragma once
// Context: what every part of peering stands on. All of peering runs on one shard, `here`: links,
// cursors, mirrors and commands of all guilds have one thread and no locks (docs/decisions/0012);
// what changes a guild hops to that guild's shard for the journal's call and comes back. Made by
// Peering; outlives its parts.

#include "federation/link_identity.h"
#include "federation/policy.h"
#include "node/base/clock.h"
#include "node/base/metrics.h"
#include "node/base/network.h"
#include "node/base/resolver.h"
#include "node/base/rng.h"
#include "node/base/shard.h"
#include "node/base/tls.h"
#include "node/journal/bus.h"
#include "node/journal/identity.h"
#include "node/journal/journal.h"
#include "node/journal/view.h"
#include "node/services/context.h"
#include "node/store/await.h"
#include "node/store/db.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::peering {

/// What a node's hello says that it speaks; others than this build's only in tests.
struct Dialect {
    std::uint16_t proto_min = 1;
    std::uint16_t proto_max = 1;
    /// Ids of what a peer may ask for beyond its version; unknown ones are ignored.
    std::vector<std::uint16_t> features;
};

/// What an operator set (docs/CONFIG.md).
struct Options {
    bool allow_private = false;
    federation::AdmissionMode admission = federation::AdmissionMode::open;
    /// host:port that others are told, best first; filled from where we listen before anything
    /// starts when the operator set none.
    std::vector<std::string> endpoints;
    /// Off for load tests: peers and their users may ask as often as they like.
    bool has_rate_limits = true;
    /// For people, such as "guildhall 0.3".
    std::string software;
    Dialect dialect;
};

struct Context {
    base::Shard& here;
    base::Shards& shards;
    /// Of `here`.
    journal::View& view;
    journal::Journal& journal;
    journal::Bus& bus;
    store::Db& db;
    base::Clock& clock;
    base::Rng& rng;
    base::Log& log;
    base::Registry& metrics;
    base::Network& network;
    base::Resolver& resolver;
    /// For https of strangers.
    base::TlsContext& tls;
    const journal::Identity& identity;
    const services::Settings& settings;
    /// What this node links with (node_keys.h).
    const federation::LinkIdentity& keys;
    const Options& options;
};

}  // namespace guildhall::peering
