#pragma once
// HostSide: what this node does for the nodes that follow its guilds, made and ended as one:
// subscriptions and what they are sent, snapshots, ranges of history, invites, gossip of heads.
// Owned by Peering; on the shard of peering.

#include "node/peering/host/copies.h"
#include "node/peering/host/heads.h"
#include "node/peering/host/invite_source.h"
#include "node/peering/host/key_entries.h"
#include "node/peering/host/range_source.h"
#include "node/peering/host/snapshot_source.h"

namespace guildhall::peering {

class HostSide {
  public:
    /// Registers its handlers and observers: before the shards run. Without `online` nobody counts
    /// as online in what an invite tells.
    HostSide(Context& ctx, Peers& peers, const services::Online* online = nullptr)
        : metrics_(ctx.metrics),
          visibilities_(ctx),
          batches_(ctx),
          egress_(ctx, batches_, metrics_),
          serving_(ctx, peers, visibilities_, batches_, egress_, metrics_),
          snapshots_(ctx, peers, visibilities_, metrics_),
          ranges_(ctx, peers, visibilities_, metrics_),
          invites_(ctx, peers, online),
          heads_(ctx, peers, visibilities_, serving_),
          keys_(ctx, peers),
          copies_(ctx) {
        serving_.set_cosigned(
            [this](Peer& from, const std::string& bytes) { copies_.take(from, bytes); });
    }

    void start() { keys_.start(); }

    /// Who follows what.
    const Serving& serving() const { return serving_; }
    /// Who signed that it has copies of guilds that are hosted here.
    const Copies& copies() const { return copies_; }
    /// Who may have which log.
    Visibilities& visibilities() { return visibilities_; }

  private:
    HostMetrics metrics_;
    Visibilities visibilities_;
    LogBatches batches_;
    Egress egress_;
    Serving serving_;
    SnapshotSource snapshots_;
    RangeSource ranges_;
    InviteSource invites_;
    Heads heads_;
    KeyEntries keys_;
    Copies copies_;
};

}  // namespace guildhall::peering
