#pragma once
// Forwarder: how calls about guilds of other nodes reach them. Implemented by node/peering; null in
// a node without federation. Called on any shard, ends there.

#include "node/base/shard.h"
#include "node/rest/federated.h"

namespace guildhall::rest {

class Forwarder {
  public:
    virtual ~Forwarder() = default;

    /// Runs the call at the guild's host as the caller's command, and ends when this node's mirror
    /// has what came of it. 503 with 130000 where the host cannot be reached.
    virtual Task<Result<Reply>> forward(base::Shard& here,
                                        Call& call,
                                        const FederatedRoute& route,
                                        protocol::GuildId guild) = 0;
    /// GET or POST of CODE@NODE: looks at an invite of another node, or accepts it, with which its
    /// guild comes to be mirrored here.
    virtual Task<Result<Reply>> invite(base::Shard& here, Call& call) = 0;
};

}  // namespace guildhall::rest
