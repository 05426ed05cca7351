#pragma once
// OtherNodes: what this node knows of others, as its people may see it: names and whether they can
// be reached, no addresses and nothing of nodes that the operator keeps out. node/peering
// implements it. Called on any shard; comes back there.

#include "node/base/shard.h"
#include "node/base/task.h"
#include "protocol/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::services {

struct KnownNode {
    /// 32 bytes.
    std::string uid;
    /// Its users are alice@name here. Empty for one that this node never met.
    std::string name;
    /// The name was proved to be its own. That it is the node of its uid is proved on every link.
    bool is_verified = false;
    /// A link is open.
    bool is_reachable = false;
    /// When a link was opened or lost last; 0: never.
    protocol::UnixMs last_seen_ms = 0;
};

/// How far a guild of another node is here.
struct Followed {
    /// Entries that were verified and are stored or summed up here, of all logs.
    std::uint64_t entries = 0;
    /// Entries that the host is known to have beyond those.
    std::uint64_t behind = 0;
    /// Of the newest head that the host signed; 0: none came.
    protocol::UnixMs head_ms = 0;
};

class OtherNodes {
  public:
    /// Nodes with a link, that one is wanted with, whose names were proved, or whom the operator
    /// let in; ascending by name after `after`.
    virtual base::Task<std::vector<KnownNode>> list(base::Shard& here,
                                                    std::string after,
                                                    std::size_t limit) = 0;
    /// In the order of `uids`.
    virtual base::Task<std::vector<KnownNode>> look_up(base::Shard& here,
                                                       std::vector<std::string> uids) = 0;
    /// Nothing where the guild is not followed.
    virtual base::Task<std::optional<Followed>> followed(base::Shard& here,
                                                         protocol::GuildId guild) = 0;

  protected:
    ~OtherNodes() = default;
};

}  // namespace guildhall::services
