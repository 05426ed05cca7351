#pragma once
// The verbs of bans: who may not come back, and what becomes of what they wrote. One instance per
// shard; each verb runs on the guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/member.h"
#include "protocol/event.h"

#include <vector>

namespace guildhall::services {

class Messages;

class Bans {
  public:
    Bans(Context& ctx, Messages& messages) : ctx_(ctx), messages_(messages) {}

    /// Bans, removes the membership if there is one, and then deletes what the user wrote during
    /// the last `delete_seconds`. A ban that is there already stays as it is.
    Task<Status> put(const Actor& actor,
                     protocol::GuildId guild,
                     protocol::UserId user,
                     const protocol::api::BanCreate& request);
    Task<Status> remove(const Actor& actor, protocol::GuildId guild, protocol::UserId user);

    struct Bulk {
        std::vector<protocol::UserId> banned, failed;
    };
    /// Bans those whom the actor may ban; 500000 when that is nobody.
    Task<Result<Bulk>> bulk(const Actor& actor,
                            protocol::GuildId guild,
                            const protocol::api::BulkBan& request);

    /// Bans a node, by its name or its uid in hex (node_bans.cpp): what it sends for the guild is
    /// refused, and its members go. Needs BAN_MEMBERS and MANAGE_GUILD.
    Task<Status> put_node(const Actor& actor, protocol::GuildId guild, std::string node);
    Task<Status> remove_node(const Actor& actor, protocol::GuildId guild, std::string node);

    /// The bans, for who may ban (50013 otherwise).
    Result<protocol::GuildSnapshot> list(const Actor& actor, protocol::GuildId guild) const;

  private:
    Task<Status> delete_messages(protocol::GuildId guild,
                                 protocol::UserId author,
                                 const Actor& by,
                                 std::int64_t seconds);
    /// False in a channel that is gone, for they went with it; otherwise none of them is left,
    /// whoever deleted it.
    Task<Result<bool>> delete_batch(protocol::GuildId guild,
                                    protocol::ChannelId channel,
                                    std::vector<protocol::MessageId> ids,
                                    const Actor& by);

    Context& ctx_;
    Messages& messages_;
};

}  // namespace guildhall::services
