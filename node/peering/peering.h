#pragma once
// Peering: everything that makes this node work together with others, made in the order in which
// the parts need each other and ended in reverse. Owned by node/app; on the shard of peering (shard
// 0, docs/decisions/0012), but for what says otherwise.

#include "node/peering/context.h"
#include "node/peering/key_logs.h"
#include "node/peering/peers.h"

#include <memory>
#include <string>

namespace guildhall::peering {

class Peering {
  public:
    /// Before the shards run. What `context` names outlives this.
    explicit Peering(const Context& context);
    ~Peering();
    Peering(const Peering&) = delete;
    Peering& operator=(const Peering&) = delete;

    /// On the shard of peering, once the shards run: parts take up where the last run ended.
    void start();
    /// Says goodbye to all; at most two seconds.
    Task<void> stop();

    Context& context() { return ctx_; }
    Peers& peers() { return peers_; }
    KeyLogs& key_logs() { return key_logs_; }
    /// The document of /.well-known/guildhall; any shard, once started.
    const std::string& well_known() const { return well_known_; }

  private:
    Context ctx_;
    std::string well_known_;
    Peers peers_;
    KeyLogs key_logs_;
    // Further parts, in order of need: each `X x_;` made of (ctx_, peers_, ...) in peering.cpp.
};

}  // namespace guildhall::peering
