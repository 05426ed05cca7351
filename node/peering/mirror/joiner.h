#pragma once
// Joiner: begins a mirror with a snapshot: asks the host for it, checks that it is the guild of the
// invite (genesis, certificates, the control log's head and frontier), opens the guild in the
// journal once its base is here, and adds the other members as they come. On the shard of peering.

#include "federation/hosting_chain.h"
#include "federation/snapshot.h"
#include "node/peering/mirror/mirror.h"
#include "node/peering/users/id_claims.h"
#include "node/store/tables/renewals.h"

#include <set>

namespace guildhall::peering {

class Joiner {
  public:
    Joiner(Context& ctx, Peers& peers, Mirrors& mirrors)
        : ctx_(ctx), claims_(ctx), peers_(peers), mirrors_(mirrors) {}

    struct Guild {
        Hash32 uid{};
        /// What leads from the genesis to the present host: of an invite, or of the copy before.
        std::vector<std::string> certificates;
        /// Of a guild that is begun anew: its verified host, and those before.
        std::optional<federation::HostSeatInfo> seat;
        std::vector<Hash32> past_hosts = {};
        /// What a host that is no more says of the one after it; nobody verified it yet.
        std::vector<std::string> told = {};
    };
    /// Returns when the guild is usable. `instead` is dropped once the new base is here; what goes
    /// wrong after that is made good by Renewals.
    Task<Result<std::shared_ptr<Mirror>>> join(std::shared_ptr<Peer> host,
                                               Guild guild,
                                               std::shared_ptr<Mirror> instead);

  private:
    /// A snapshot under way.
    struct Incoming {
        std::unique_ptr<Answers> answers;
        federation::SnapshotReader reader;
        federation::frames::Snapshot first;
        federation::HostSeatInfo seat;
        /// Of all epochs.
        std::vector<Hash32> hosts;
        /// Verified, of all changes of host; none where the seat was known before.
        std::vector<std::string> certificates;
        std::optional<federation::MirrorLog> control;
        /// Pieces whose members were not given to the journal yet.
        std::vector<protocol::Member> members;
        /// Users who lived here; their accounts ended for this snapshot.
        std::set<protocol::UserId> moved;
    };
    using RenewalRow = store::renewals::RenewalRow;

    Task<Result<federation::frames::Snapshot>> next_piece(Peer& host, Incoming& in);
    Task<Status> read_base(std::shared_ptr<Peer> host, const Guild& guild, Incoming& in);
    Status check_base(const Peer& host, const Guild& guild, Incoming& in) const;
    Result<federation::HostSeatInfo> seat_of(const Peer& host,
                                             const Guild& guild,
                                             Incoming& in,
                                             const federation::GuildGenesis& genesis) const;
    Status accept(federation::HostingChain& chain,
                  const std::string& certificate,
                  const Incoming& in) const;
    /// Whether the asked host is that of the copy that it takes the place of, or of later.
    Task<bool> is_later(const Mirror& copy, const Incoming& in) const;
    Task<void> learn_moves(Incoming& in, std::vector<protocol::Member> gone);
    Status check_ids(const Incoming& in) const;
    Status check_member(const Incoming& in, const protocol::Member& member) const;
    /// The row is written with that, and takes the certificates that were held where it has none.
    Task<Status> drop(protocol::GuildId instead, RenewalRow row);
    Task<Status> open(const Incoming& in);
    Task<void> add_members(std::shared_ptr<Mirror> mirror,
                           std::shared_ptr<Peer> host,
                           std::shared_ptr<Incoming> in);

    Context& ctx_;
    IdClaims claims_;
    Peers& peers_;
    Mirrors& mirrors_;
};

}  // namespace guildhall::peering
