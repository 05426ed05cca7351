#pragma once
// Reactions: adding, taking away, listing. One per shard; changes run on the guild's shard, one at
// a time for one message.

#include "node/services/messages.h"
#include "protocol/content.h"

namespace guildhall::services {

class Reactions {
  public:
    Reactions(Context& ctx, Messages& messages) : ctx_(ctx), messages_(messages) {}

    Task<Status> add(const Actor& actor,
                     protocol::ChannelId channel,
                     protocol::MessageId message,
                     const protocol::EmojiRef& emoji);
    /// One's own, or with MANAGE_MESSAGES another's.
    Task<Status> remove(const Actor& actor,
                        protocol::ChannelId channel,
                        protocol::MessageId message,
                        const protocol::EmojiRef& emoji,
                        protocol::UserId user);
    /// All, or all of one emoji; MANAGE_MESSAGES.
    Task<Status> clear(const Actor& actor,
                       protocol::ChannelId channel,
                       protocol::MessageId message,
                       std::optional<protocol::EmojiRef> emoji);
    Task<Result<std::vector<protocol::UserId>>> users(const Actor& actor,
                                                      protocol::ChannelId channel,
                                                      protocol::MessageId message,
                                                      const protocol::EmojiRef& emoji,
                                                      protocol::UserId after,
                                                      unsigned limit);

  private:
    Context& ctx_;
    Messages& messages_;
};

}  // namespace guildhall::services
