#pragma once
// Entries of kinds that this version does not know, on their way into a mirror's logs: counted, and
// the operator is told once for each guild and kind. On the shard of peering.

#include "node/journal/mirror_batch.h"
#include "node/peering/context.h"
#include "node/peering/mirror/mirror.h"
#include "node/peering/mirror/mirror_metrics.h"

#include <span>

namespace guildhall::peering {

void note_opaque(Context& ctx,
                 Mirror& mirror,
                 MirrorMetrics& metrics,
                 std::span<const journal::MirrorEntry> entries);

}  // namespace guildhall::peering
