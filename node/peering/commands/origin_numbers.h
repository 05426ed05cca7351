#pragma once
// OriginNumbers: the numbers that this node gives its commands, each once per guild for ever. They
// are reserved on the disk in blocks, so that one write serves many commands and a crash skips
// numbers rather than repeating one. The first block of a run begins at the clock's milliseconds at
// least: a node that came from a backup does not know which numbers it gave after that, and gave
// far less than one in a millisecond. On the shard of peering.

#include "node/peering/context.h"
#include "node/services/keyed_lock.h"

#include <map>
#include <optional>

namespace guildhall::peering {

class OriginNumbers {
  public:
    explicit OriginNumbers(Context& ctx) : ctx_(ctx), reserving_(ctx.here) {}

    base::Task<base::Result<std::uint64_t>> next(protocol::GuildId guild);

    /// Well below the window in which a host takes numbers out of order.
    static constexpr std::uint64_t kBlock = 1024;

  private:
    struct Block {
        std::uint64_t next = 0, end = 0;
    };

    std::optional<std::uint64_t> take(protocol::GuildId guild);

    Context& ctx_;
    std::map<protocol::GuildId, Block> blocks_;
    /// One block at a time for each guild.
    services::KeyedLock reserving_;
};

}  // namespace guildhall::peering
