#pragma once
// Entries of kinds that this version does not know, which came into a mirror's logs: counted, and
// the operator is told once for each guild and kind. On the shard of peering.

#include "node/journal/mirror_batch.h"
#include "node/peering/context.h"
#include "node/peering/mirror/mirror.h"
#include "node/peering/mirror/mirror_metrics.h"

#include <span>
#include <vector>

namespace guildhall::peering {

/// The kind of each that is not known here.
std::vector<protocol::EventKind> opaque_in(std::span<const journal::MirrorEntry> entries);

/// Once entries of these kinds are stored.
void note_opaque(Context& ctx,
                 Mirror& mirror,
                 MirrorMetrics& metrics,
                 std::span<const protocol::EventKind> kinds);

}  // namespace guildhall::peering
