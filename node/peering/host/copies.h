#pragma once
// Copies: which successors of a guild that this node hosts have signed that they stored it, and how
// far. The newest cosignature of each successor and log is kept in memory: a successor signs again
// when the two link. Owned by HostSide; on the shard of peering.

#include "node/peering/link/inbound.h"
#include "node/peering/link/peers.h"
#include "node/services/held.h"

#include <map>
#include <string>
#include <utility>

namespace guildhall::peering {

class Copies final : public journal::Subscriber {
  public:
    explicit Copies(Context& ctx);

    /// What came with an ack.
    void take(Peer& from, const std::string& cosignature);
    /// Of the logs as they are now.
    Task<Result<services::Held>> held(protocol::GuildId guild) const;

    void on_guild(const journal::GuildChange& change) override;

  private:
    struct Key {
        protocol::GuildId guild;
        std::uint64_t log_id = 0;
        Hash32 node{};

        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Kept {
        std::uint64_t size = 0;
        Hash32 root{};
        protocol::UnixMs stored_ms = 0;
        /// signature ‖ cosignature.
        std::string bytes;
    };

    Context& ctx_;
    std::map<Key, Kept> kept_;
};

}  // namespace guildhall::peering
