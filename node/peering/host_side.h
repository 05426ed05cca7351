#pragma once
// HostSide: what this node does for the nodes that follow its guilds, made and ended as one:
// subscriptions and what they are sent, snapshots, ranges of history, invites, gossip of heads.
// Owned by Peering; on the shard of peering.

#include "node/peering/heads.h"
#include "node/peering/invite_source.h"
#include "node/peering/range_source.h"
#include "node/peering/snapshot_source.h"

namespace guildhall::peering {

class HostSide {
  public:
    /// Registers its handlers and observers: before the shards run. Without `online` nobody counts
    /// as online in what an invite tells.
    HostSide(Context& ctx, Peers& peers, const services::Online* online = nullptr)
        : metrics_(ctx.metrics),
          batches_(ctx),
          egress_(ctx, batches_, metrics_),
          serving_(ctx, peers, batches_, egress_, metrics_),
          snapshots_(ctx, peers, serving_, metrics_),
          ranges_(ctx, peers, serving_, metrics_),
          invites_(ctx, peers, online),
          heads_(ctx, peers, serving_) {}

    /// Who follows what, and who may have which log.
    const Serving& serving() const { return serving_; }

  private:
    HostMetrics metrics_;
    LogBatches batches_;
    Egress egress_;
    Serving serving_;
    SnapshotSource snapshots_;
    RangeSource ranges_;
    InviteSource invites_;
    Heads heads_;
};

}  // namespace guildhall::peering
