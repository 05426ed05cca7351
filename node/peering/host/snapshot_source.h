#pragma once
// SnapshotSource: gives nodes that have a member in a guild hosted here its present state
// (federation/snapshot.h), one piece after the other as the link takes them. The state is that of
// the newest signed head of the control log: the two are brought together from the store and from
// what is committed, for they are known at different moments. Owned by HostSide; on the shard of
// peering.

#include "federation/snapshot.h"
#include "node/peering/host/host_metrics.h"
#include "node/peering/host/log_reading.h"
#include "node/peering/host/visibilities.h"
#include "node/peering/link/peers.h"

#include <list>
#include <optional>

namespace guildhall::peering {

class SnapshotSource final : public journal::Subscriber {
  public:
    SnapshotSource(Context& ctx, Peers& peers, Visibilities& visibilities, HostMetrics& metrics);
    SnapshotSource(const SnapshotSource&) = delete;
    SnapshotSource& operator=(const SnapshotSource&) = delete;

    void on_committed(const journal::Committed& entry) override;

  private:
    /// A head of the control log, and what the log made of the guild up to it.
    struct Moment {
        protocol::GuildSnapshot state;
        std::string head, frontier, genesis;
    };
    struct ControlEnd {
        std::uint64_t size = 0;
        std::string head, frontier, genesis;
    };
    /// Waits for the state at a size of the control log.
    struct Waiter {
        protocol::GuildId guild;
        std::uint64_t size = 0;
        protocol::GuildSnapshot found;
        base::Wake wake;
    };

    void on_get(Inbound from, const federation::frames::SnapshotGet& body);
    base::Task<void> answer(Inbound from, protocol::GuildId guild);
    base::Task<bool> send(const Inbound& from, const Moment& moment);
    base::Task<Result<Moment>> present(protocol::GuildId guild);
    base::Task<protocol::GuildSnapshot> state_at(protocol::GuildId guild, std::uint64_t size);
    static Result<ControlEnd> read_end(store::Tx& tx, protocol::GuildId guild);

    Context& ctx_;
    Visibilities& visibilities_;
    HostMetrics& metrics_;
    std::list<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace guildhall::peering
