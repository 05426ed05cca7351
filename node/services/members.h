#pragma once
// The verbs of members: finding, changing and kicking them, letting bots in, leaving. One instance
// per shard; each verb runs on the guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/member.h"
#include "protocol/permissions.h"

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
    /// What an OAuth2 authorisation of a bot does: the bot joins with a managed role of its name
    /// and the permissions asked for, as far as the actor has them. Needs MANAGE_GUILD. A bot that
    /// is in already keeps its role, with the new permissions.
    Task<Result<protocol::Member>> add_bot(const Actor& actor,
                                           protocol::GuildId guild,
                                           protocol::UserId bot,
                                           protocol::Permissions permissions);

  private:
    Context& ctx_;
};

}  // namespace guildhall::services
