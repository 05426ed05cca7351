#pragma once
// Nodes: what people of this node may know of the others that it works with. One instance per
// shard; used on that shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "node/services/other_nodes.h"

#include <string>
#include <vector>

namespace guildhall::services {

class Nodes {
  public:
    explicit Nodes(Context& ctx) : ctx_(ctx) {}

    struct Peer {
        KnownNode node;
        /// Of the guilds of who asks: those that the node hosts, may take over, or has or had
        /// members in. Guilds of others are nobody's business.
        std::size_t guilds = 0;
    };
    /// Ascending by name, after `after`. Empty where this node works alone.
    Task<std::vector<Peer>> list(const Actor& actor, std::string after, std::size_t limit) const;

  private:
    Context& ctx_;
};

}  // namespace guildhall::services
