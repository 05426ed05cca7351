#pragma once
// LinkMetrics: what /metrics says of links. A peer has its own rows while there are few; all others
// share one, so that strangers cannot make rows without end. On the shard of peering.

#include "federation/bytes.h"
#include "federation/problem.h"
#include "node/peering/link/link_row.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace guildhall::peering {

class LinkMetrics {
  public:
    explicit LinkMetrics(base::Registry& registry);

    /// Stays as long as this.
    LinkRow& row(const federation::Hash32& uid);
    void opened(const federation::Hash32& uid) { row(uid).links.add(1); }
    void closed(const federation::Hash32& uid);
    /// How a link ended, by the problem's word.
    void ended(federation::ProblemCode code);
    void refused() { refused_.add(1); }
    void dialed(bool reached) { (reached ? dials_reached_ : dials_failed_).add(1); }

    /// How far the mirrors of a peer's guilds are behind it.
    struct Lag {
        std::uint64_t entries = 0;
        std::uint64_t mirrors = 0;
    };
    /// Of all hosts; who is not among them has none.
    void set_lags(const std::map<federation::Hash32, Lag>& lags);

  private:
    LinkRow make_row(const std::string& peer);

    base::Registry& registry_;
    std::map<federation::Hash32, LinkRow> rows_;
    LinkRow others_;
    /// Who was behind when it was looked last, of those with rows of their own.
    std::set<federation::Hash32> lagging_;
    base::Counter& refused_;
    base::Counter& dials_reached_;
    base::Counter& dials_failed_;
};

}  // namespace guildhall::peering
