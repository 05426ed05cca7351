#pragma once
// OriginNumbers: the numbers that this node gives its commands, each once per guild for ever. They
// are reserved on the disk in blocks, so that one write serves many commands and a crash skips
// numbers rather than repeating one. On the shard of peering.

#include "node/base/wait.h"
#include "node/peering/context.h"

#include <map>
#include <vector>

namespace guildhall::peering {

class OriginNumbers {
  public:
    explicit OriginNumbers(Context& ctx) : ctx_(ctx) {}

    base::Task<base::Result<std::uint64_t>> next(protocol::GuildId guild);

    /// Well below the window in which a host takes numbers out of order.
    static constexpr std::uint64_t kBlock = 1024;

  private:
    struct Block {
        std::uint64_t next = 0, end = 0;
        bool is_reserving = false;
        /// Who came while it was reserved.
        std::vector<base::Wake> waits;
    };

    base::Task<base::Status> reserve(protocol::GuildId guild);

    Context& ctx_;
    std::map<protocol::GuildId, Block> blocks_;
};

}  // namespace guildhall::peering
