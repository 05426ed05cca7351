#pragma once
// KnownNodes: what of the directory, the links and the mirrors people of this node may see. Owned
// by Peering; its calls come from any shard and look on the shard of peering.

#include "node/peering/link/peers.h"
#include "node/services/other_nodes.h"

namespace guildhall::peering {

class Mirrors;

class KnownNodes final : public services::OtherNodes {
  public:
    KnownNodes(Context& ctx, Peers& peers, Mirrors& mirrors)
        : ctx_(ctx), peers_(peers), mirrors_(mirrors) {}

    Task<std::vector<services::KnownNode>> list(base::Shard& here,
                                                std::string after,
                                                std::size_t limit) override;
    Task<std::vector<services::KnownNode>> look_up(base::Shard& here,
                                                   std::vector<std::string> uids) override;
    Task<std::optional<services::Followed>> followed(base::Shard& here,
                                                     protocol::GuildId guild) override;

  private:
    Task<std::vector<services::KnownNode>> list_here(std::string after, std::size_t limit) const;
    Task<std::vector<services::KnownNode>> look_up_here(std::vector<std::string> uids) const;
    Task<std::optional<services::Followed>> followed_here(protocol::GuildId guild) const;
    services::KnownNode shown(const Known& known) const;
    bool is_shown(const Known& known) const;

    Context& ctx_;
    Peers& peers_;
    Mirrors& mirrors_;
};

}  // namespace guildhall::peering
