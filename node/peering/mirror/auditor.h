#pragma once
// Auditor: replays the control log of a mirror from the guild's first entry, once its past is here,
// and compares what that makes with what the snapshot said. A host that hid or altered something in
// a snapshot is found out within minutes of a join. Runs beside everything else, when a mirror has
// reached its host. Owned by Peering; on the shard of peering.

#include "node/peering/mirror/past.h"

#include <set>

namespace guildhall::peering {

class Auditor {
  public:
    Auditor(Context& ctx, Mirrors& mirrors) : ctx_(ctx), mirrors_(mirrors) {}

    /// Begins, unless the guild was audited since this node started.
    void consider(const std::shared_ptr<Mirror>& mirror);

  private:
    Task<void> run(std::shared_ptr<Mirror> mirror);

    Context& ctx_;
    Mirrors& mirrors_;
    /// Under way or done. As many as there are mirrors.
    std::set<protocol::GuildId> seen_;
};

}  // namespace guildhall::peering
