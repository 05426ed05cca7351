#pragma once
// InviteSource: tells nodes what an invite of a guild leads to: the guild's genesis, who hosts it
// now and by which certificates, and the API's invite object. A node that hosted the guild before
// still answers for the invites it gave out. Owned by HostSide; on the shard of peering.

#include "node/peering/context.h"
#include "node/peering/link/peers.h"
#include "node/services/online.h"

namespace guildhall::peering {

class InviteSource {
  public:
    /// Without `online` nobody counts as online.
    InviteSource(Context& ctx, Peers& peers, const services::Online* online);
    InviteSource(const InviteSource&) = delete;
    InviteSource& operator=(const InviteSource&) = delete;

  private:
    void on_get(Inbound from, const federation::frames::InviteGet& body);
    base::Task<void> answer(Inbound from, protocol::GuildId guild, std::string code);

    Context& ctx_;
    const services::Online* online_;
};

}  // namespace guildhall::peering
