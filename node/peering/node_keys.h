#pragma once
// NodeKeys: what this node links with: its signing key, the X25519 key that its genesis names, and
// its key log. Read from the data folder before the shards run.

#include "federation/link_identity.h"
#include "node/journal/identity.h"

namespace guildhall::peering {

/// `identity` outlives what is returned.
protocol::Result<federation::LinkIdentity> load_node_keys(store::Db& db,
                                                          const journal::Identity& identity);

}  // namespace guildhall::peering
