#pragma once
// UnderWay: what PeerPolicy::begin() let in, counted as long as this lives. Owned by the coroutine
// that does the work; on the shard of peering.

#include "node/peering/link/peer.h"

#include <memory>
#include <utility>

namespace guildhall::peering {

class UnderWay {
  public:
    /// After begin(what) did not deny it.
    UnderWay(std::shared_ptr<Peer> peer, federation::PeerGauge what)
        : peer_(std::move(peer)), what_(what) {}
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;
    ~UnderWay() { peer_->policy().end(what_); }

  private:
    std::shared_ptr<Peer> peer_;
    federation::PeerGauge what_;
};

}  // namespace guildhall::peering
