#pragma once
// LinkRow: the rows of /metrics that say how one peer does, or those that all peers without rows of
// their own share. A session counts into the row of its peer as things happen: one relaxed addition
// for each read, write and frame. Made and kept by LinkMetrics (link_metrics.h); on the shard of
// peering.

#include "node/base/metrics.h"

namespace guildhall::peering {

struct LinkRow {
    base::Gauge& links;
    base::Counter& frames;
    base::Counter& bytes_in;
    base::Counter& bytes_out;
    base::Counter& strikes;
    /// Problems that we answered it with, and that it answered us with.
    base::Counter& refused;
    base::Counter& refused_us;
    /// Of mirrors of the guilds that the peer hosts.
    base::Gauge& lag_entries;
    base::Gauge& mirrors_behind;
    /// Null in the row that many share: the last of them says nothing about the others.
    base::Gauge* round_trip_us = nullptr;
};

}  // namespace guildhall::peering
