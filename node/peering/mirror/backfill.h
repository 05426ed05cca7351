#pragma once
// MirrorBackfill: fetches the history of a mirrored channel that somebody is about to read, a
// page's worth, before the reader looks into the store. Nodes that may have to take a guild over
// fetch all of it, in the background. Owned by Peering; any shard calls, the work is done on the
// shard of peering.

#include "node/peering/mirror/past.h"
#include "node/services/backfill.h"

#include <set>

namespace guildhall::peering {

class MirrorBackfill final : public services::Backfill {
  public:
    MirrorBackfill(Context& ctx, Mirrors& mirrors);

    Task<void> ensure(base::Shard& here,
                      protocol::ChannelId channel,
                      store::messages::Page page) override;
    Task<void> ensure_all(base::Shard& here, protocol::ChannelId channel) override;

    /// All logs of a guild that this node may succeed to; once at a time for each guild.
    void fetch_all(const std::shared_ptr<Mirror>& mirror);

  private:
    Task<void> ensure_here(protocol::ChannelId channel, store::messages::Page page);
    Task<void> ensure_all_here(protocol::ChannelId channel);
    Task<FollowedLog*> find_log(std::shared_ptr<Mirror> mirror, protocol::ChannelId channel);
    Task<bool> is_enough(protocol::ChannelId channel,
                         std::uint64_t first,
                         store::messages::Page page);
    Task<void> run_all(std::shared_ptr<Mirror> mirror);
    Task<void> run_channel(std::shared_ptr<Mirror> mirror, std::uint64_t log_id);

    Context& ctx_;
    Mirrors& mirrors_;
    /// Guilds and channels whose whole past is being fetched.
    std::set<std::uint64_t> running_;
};

}  // namespace guildhall::peering
