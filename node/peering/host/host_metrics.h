#pragma once
// What the host side of peering counts for /metrics. Made once per node; safe from any thread.

#include "node/base/metrics.h"

namespace guildhall::peering {

struct HostMetrics {
    explicit HostMetrics(base::Registry& r)
        : subscriptions(r.gauge("guildhall_federation_subscriptions",
                                "Guilds that linked nodes follow here, one for each node.")),
          batches(r.counter("guildhall_federation_batches_sent_total",
                            "Batches of log entries sent to mirrors.")),
          entries(
              r.counter("guildhall_federation_entries_sent_total", "Log entries sent to mirrors.")),
          ranges(r.counter("guildhall_federation_ranges_served_total",
                           "Ranges of the past sent to other nodes.")),
          snapshots(r.counter("guildhall_federation_snapshots_served_total",
                              "Snapshots of guilds sent to other nodes.")),
          purges(
              r.counter("guildhall_federation_purges_total", "Mirrors told to forget a guild.")) {}

    base::Gauge& subscriptions;
    base::Counter& batches;
    base::Counter& entries;
    base::Counter& ranges;
    base::Counter& snapshots;
    base::Counter& purges;
};

}  // namespace guildhall::peering
