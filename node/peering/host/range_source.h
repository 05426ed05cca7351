#pragma once
// RangeSource: gives pieces of the past of a log, with their proofs, to nodes that may have the
// log, whether this node hosts the guild or mirrors it. What somebody may not have, and what is not
// there, get the same answer. Owned by HostSide; on the shard of peering.

#include "node/peering/host/host_metrics.h"
#include "node/peering/host/log_reading.h"
#include "node/peering/host/visibilities.h"
#include "node/peering/link/peers.h"

namespace guildhall::peering {

class RangeSource {
  public:
    RangeSource(Context& ctx, Peers& peers, Visibilities& visibilities, HostMetrics& metrics);
    RangeSource(const RangeSource&) = delete;
    RangeSource& operator=(const RangeSource&) = delete;

  private:
    void on_get(Inbound from, const federation::frames::RangeGet& body);
    base::Task<void> answer(Inbound from, LogRef log, federation::frames::RangeGet body);

    Context& ctx_;
    Visibilities& visibilities_;
    HostMetrics& metrics_;
};

}  // namespace guildhall::peering
