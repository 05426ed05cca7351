#pragma once
// What this node links with: its signing key, the X25519 key that its key log names, and its key
// log. Pure.

#include "federation/link_identity.h"
#include "node/journal/identity.h"

namespace guildhall::peering {

/// `identity` outlives what is returned; `secret` is the one that load_link_secret() gave.
federation::LinkIdentity node_keys(const journal::Identity& identity,
                                   const federation::X25519Secret& secret);

}  // namespace guildhall::peering
