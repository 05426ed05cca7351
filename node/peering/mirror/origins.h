#pragma once
// Origins: what sessions are told beside a message of another node's guild, which no log has: the
// nonce by which the author's own client knows it again, and the message that a reply answers, as
// it is held here. On the shard of peering.

#include "node/journal/mirror_batch.h"
#include "node/peering/context.h"

#include <map>
#include <string>
#include <vector>

namespace guildhall::peering {

class Origins {
  public:
    Origins(Context& ctx, const services::Links& links) : ctx_(ctx), links_(links) {}

    /// A command of this node that posts with a nonce; until forget().
    void note(const federation::Hash32& command, std::string nonce_json);
    void forget(const federation::Hash32& command) { nonces_.erase(command); }

    /// Says it of the entries that need it. Costs a read where one is a reply.
    base::Task<void> add(std::vector<journal::MirrorEntry>& entries) const;

  private:
    base::Task<std::string> referenced(protocol::ChannelId channel,
                                       protocol::MessageId message) const;

    Context& ctx_;
    const services::Links& links_;
    /// Of commands under way: as many as there may be.
    std::map<federation::Hash32, std::string> nonces_;
};

}  // namespace guildhall::peering
