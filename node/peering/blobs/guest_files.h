#pragma once
// GuestFiles: how much the users of each other node store in guilds hosted here, and whether more
// fits what their node may store. The sums are in memory once they were asked for, and are counted
// anew where something does not fit, because deletions only show there. Owned by BlobDesk; on the
// shard of peering.

#include "node/peering/context.h"
#include "node/peering/link/peers.h"

#include <cstdint>
#include <map>
#include <optional>

namespace guildhall::peering {

class GuestFiles {
  public:
    GuestFiles(Context& ctx, Peers& peers);

    /// Whether so much more fits beside what the home's users store here.
    Task<bool> has_room(Hash32 home, std::uint64_t cost);
    /// A command of the home's users names the file.
    Task<Status> note(Hash32 home, Hash32 hash, std::uint64_t size);

    /// What a file takes at least: a block of the disk.
    static std::uint64_t cost_of(std::uint64_t size) { return std::max<std::uint64_t>(size, 4096); }

    /// Between two counts of a home that is at its bound: each walks through all its files.
    static constexpr std::chrono::minutes kCountAgain{1};

  private:
    struct Use {
        std::uint64_t cost = 0;
        Nanos counted_at{};
    };
    Task<std::optional<Use>> count(Hash32 home);
    void tell_full(const Hash32& home);

    Context& ctx_;
    Peers& peers_;
    std::map<Hash32, Use> uses_;
    /// When the log was told of a home; as many as there are homes of members here.
    std::map<Hash32, Nanos> told_;
    base::Counter& refused_;
};

}  // namespace guildhall::peering
