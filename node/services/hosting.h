#pragma once
// The verbs about who hosts a guild: who may take over from a host that is gone, and handing a
// guild to another node. One instance per shard; verbs run on the guild's shard, get() on any.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "node/services/present/hosting.h"
#include "protocol/api/hosting.h"

#include <optional>

namespace guildhall::services {

class Hosting {
  public:
    explicit Hosting(Context& ctx) : ctx_(ctx) {}

    /// For members.
    Result<protocol::GuildSnapshot> get(const Actor& actor, protocol::GuildId guild) const;
    /// The owner's alone. Successors must be known to this node, which says their keys in the log
    /// first: whoever has the log can check their votes when this node is gone.
    Task<Result<protocol::GuildSnapshot>> set(const Actor& actor,
                                              protocol::GuildId guild,
                                              const protocol::api::HostingPatch& request);
    Task<Status> transfer(const Actor& actor, protocol::GuildId guild, std::string node);
    Task<Status> withdraw(const Actor& actor, protocol::GuildId guild);

    /// What this node knows of the guild's host and successors beside the log: who can be reached,
    /// how far the guild is verified, why it is frozen. What cannot be asked is left out.
    Task<HostingNow> now(protocol::GuildSnapshot guild) const;

  private:
    Task<std::optional<Held>> held(protocol::GuildId guild) const;

    Context& ctx_;
};

}  // namespace guildhall::services
