#pragma once
// Key logs of one node that contradict each other: what it did with its key, or who stole that. The
// known log stays, and both events are kept as evidence for the operator, who decides about the
// node (docs/FEDERATION.md, "Fork"). On the shard of peering.

#include "federation/evidence.h"
#include "node/peering/context.h"

#include <optional>

namespace guildhall::peering {

/// The first events in which the logs differ, where one key signed both; nothing where it did not,
/// which proves nothing about the node.
std::optional<federation::Evidence> fork_between(const federation::KeyLog& known,
                                                 const federation::KeyLog& other);

/// A warning, and a row under no guild.
void keep_fork(Context& ctx, std::string_view node, const federation::Evidence& fork);

}  // namespace guildhall::peering
