#pragma once
// The verbs of members: finding, changing and kicking them, leaving. One instance
// per shard; each verb runs on the guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/member.h"

#include <string_view>
#include <vector>

namespace guildhall::services {

class Members {
  public:
    explicit Members(Context& ctx) : ctx_(ctx) {}

    /// Whose username, display name or nick begins with `query`, without case; at most `limit`.
    Result<std::vector<protocol::Member>> search(const Actor& actor,
                                                 protocol::GuildId guild,
                                                 std::string_view query,
                                                 std::size_t limit) const;
    /// Also one's own membership, of which only the nick may be changed without further rights.
    Task<Result<protocol::Member>> edit(const Actor& actor,
                                        protocol::GuildId guild,
                                        protocol::UserId member,
                                        const protocol::api::MemberPatch& request);
    Task<Status> kick(const Actor& actor, protocol::GuildId guild, protocol::UserId member);
    Task<Status> leave(const Actor& actor, protocol::GuildId guild);
    /// Comes in without an invite, into a guild with the feature DISCOVERABLE (50001 otherwise).
    /// Gives the guild with its member; nothing changes for who is one.
    Task<Result<protocol::GuildSnapshot>> join(const Actor& actor, protocol::GuildId guild);
    /// Ends a membership that a temporary invite gave and no role made lasting; nothing happens to
    /// any other. For the gateway, once the user's last session has ended.
    Task<Status> end_temporary(protocol::GuildId guild, protocol::UserId user);

  private:
    Context& ctx_;
};

}  // namespace guildhall::services
