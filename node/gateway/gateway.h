#pragma once
// Gateway: the real-time side of the node: one Hub per shard and what joins them. Owned by
// node/app, made before the shards run and after every shard's View subscribed to the Bus;
// destroyed after the HTTP server. Upgrades come to accept(); shut_down() ends it in an orderly
// way.

#include "node/base/http/handler.h"
#include "node/gateway/resumer.h"
#include "node/gateway/snapshot.h"
#include "node/gateway/world.h"
#include "node/journal/bus.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::gateway {

class Gateway {
  public:
    /// `contexts` are the shards', in their order.
    Gateway(const std::vector<services::Context*>& contexts, journal::Bus& bus, const Deps& deps);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    /// Takes the WebSocket of a sound handshake on `request.shard`. A query that asks for what
    /// there is not is accepted and closed with the API's code.
    base::http::Upgrade accept(const base::http::Request& request);

    /// Tells every client to reconnect (op 7), writes all sessions down, closes. Dispatches nothing
    /// from the moment it is called: what is committed later is told by RESUME after the restart.
    base::Task<void> shut_down(base::Shard& here);

    Hub& hub(unsigned shard) { return *hubs_[shard]; }

    // For Resumer: asks another shard and comes back.
    base::Task<Resumer::Found> find_on(base::Shard& here, unsigned shard, std::string id);
    base::Task<std::optional<Snapshot>> take_from(base::Shard& here,
                                                  unsigned shard,
                                                  std::string id);

    // For Departures.
    base::Task<bool> has_session(base::Shard& here, unsigned shard, protocol::UserId user);
    /// On the guild's shard, whatever `here` is.
    base::Task<protocol::Status> end_temporary(base::Shard& here,
                                               protocol::GuildId guild,
                                               protocol::UserId user);

  private:
    base::Shards& shards_;
    Probe probe_;
    std::vector<std::unique_ptr<Hub>> hubs_;
};

}  // namespace guildhall::gateway
