#pragma once
// The verbs of guild channels: making, changing, ordering and deleting them, and their permission
// overwrites. One instance per shard; each verb runs on the guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/channel.h"

#include <vector>

namespace guildhall::services {

class Channels {
  public:
    explicit Channels(Context& ctx) : ctx_(ctx) {}

    Task<Result<protocol::Channel>> create(const Actor& actor,
                                           protocol::GuildId guild,
                                           const protocol::api::ChannelCreate& request);
    Task<Result<protocol::Channel>> edit(const Actor& actor,
                                         protocol::GuildId guild,
                                         protocol::ChannelId channel,
                                         const protocol::api::ChannelPatch& request);
    /// Answers with the channel as it was. Its messages go with it; the channels of a category
    /// stay, outside.
    Task<Result<protocol::Channel>> remove(const Actor& actor,
                                           protocol::GuildId guild,
                                           protocol::ChannelId channel);
    Task<Status> move(const Actor& actor,
                      protocol::GuildId guild,
                      const protocol::api::ChannelPositions& request);
    Task<Status> put_overwrite(const Actor& actor,
                               protocol::GuildId guild,
                               protocol::ChannelId channel,
                               protocol::Snowflake target,
                               const protocol::api::OverwritePut& request);
    Task<Status> remove_overwrite(const Actor& actor,
                                  protocol::GuildId guild,
                                  protocol::ChannelId channel,
                                  protocol::Snowflake target);

  private:
    Context& ctx_;
};

}  // namespace guildhall::services
