#pragma once
// What the mirror side of peering counts for /metrics. Made once per node; safe from any thread.

#include "node/base/metrics.h"

namespace guildhall::peering {

struct MirrorMetrics {
    explicit MirrorMetrics(base::Registry& r)
        : batches(r.counter("guildhall_federation_batches_taken_total",
                            "Batches of log entries taken from hosts.")),
          entries(r.counter("guildhall_federation_entries_taken_total",
                            "Log entries taken from hosts, as they came.")),
          past(r.counter("guildhall_federation_past_entries_taken_total",
                         "Log entries of the past that were fetched.")),
          opaque(r.counter("guildhall_federation_opaque_entries_total",
                           "Log entries taken of kinds that this version does not know.")),
          subscriptions(r.counter("guildhall_federation_subscribes_total",
                                  "Subscriptions that hosts were asked for.")),
          freezes(r.counter("guildhall_federation_freezes_total",
                            "Guilds frozen because their host contradicted itself.")) {}

    base::Counter& batches;
    base::Counter& entries;
    base::Counter& past;
    base::Counter& opaque;
    base::Counter& subscriptions;
    base::Counter& freezes;
};

}  // namespace guildhall::peering
