#pragma once
// Renewals: guilds whose copy here was dropped for a new snapshot that has not come: the link was
// lost between the two, the disk refused, or the node stopped. Their rows (store/tables/renewals.h)
// are written with the drop and go with the new copy; until then each host is wanted and asked.
// Owned by Mirrors; on the shard of peering.

#include "node/peering/mirror/joiner.h"
#include "node/store/tables/renewals.h"

#include <map>

namespace guildhall::peering {

class Renewals {
  public:
    Renewals(Context& ctx, Peers& peers, Mirrors& mirrors, Joiner& joiner)
        : ctx_(ctx), peers_(peers), mirrors_(mirrors), joiner_(joiner) {}

    /// What a stop left undone, and what failed since.
    Task<void> resume();
    void on_open(const std::shared_ptr<Peer>& peer);
    /// A node said who hosts a guild that is not here. The hosts that are asked for it know for
    /// whom they stood down: that one is asked, too. Who hosts it says nothing but what then
    /// verifies.
    void on_hosting(const Hash32& from, const federation::frames::Hosting& frame);
    /// Guilds that are waited for.
    std::size_t size() const { return owed_.size(); }

  private:
    struct Owed {
        /// Its `seat` is the verified one.
        Joiner::Guild guild;
        /// Who is asked: the verified host, or one that was told of.
        federation::HostSeatInfo asked;
        bool running = false;
        /// Before the next try: longer after each that failed.
        Nanos delay{};
        base::TimerId timer;
    };

    void resume_later();
    void ask(Owed& owed, federation::HostSeatInfo whom);
    void run_soon(protocol::GuildId guild);
    void run_later(protocol::GuildId guild);
    Task<void> run(protocol::GuildId id);

    Context& ctx_;
    Peers& peers_;
    Mirrors& mirrors_;
    Joiner& joiner_;
    /// As many as there were mirrors.
    std::map<protocol::GuildId, Owed> owed_;
};

/// What is to be known of a guild to take it anew.
store::renewals::RenewalRow renewal_of(protocol::GuildId guild,
                                       const Hash32& uid,
                                       const federation::HostSeatInfo& seat,
                                       const std::vector<Hash32>& past_hosts);

}  // namespace guildhall::peering
