#pragma once
// LinkMetrics: what /metrics says of links. A peer has its own rows while there are few; all others
// share one, so that strangers cannot make rows without end. On the shard of peering.

#include "federation/frame.h"
#include "node/base/metrics.h"
#include "node/peering/link/session.h"

#include <map>
#include <string>

namespace guildhall::peering {

class LinkMetrics {
  public:
    explicit LinkMetrics(base::Registry& registry);

    void opened(const Hash32& uid);
    void closed(const Hash32& uid, const SessionTraffic& traffic);
    void received(const Hash32& uid, const federation::FrameBody& body);
    /// How a link ended, by the problem's word.
    void ended(federation::ProblemCode code);
    void refused();
    void dialed(bool reached);
    void struck();

  private:
    struct Row {
        base::Gauge& links;
        base::Counter& frames;
        base::Counter& bytes_in;
        base::Counter& bytes_out;
    };
    Row& row(const Hash32& uid);

    base::Registry& registry_;
    std::map<Hash32, Row> rows_;
    Row others_;
    base::Counter& refused_;
    base::Counter& dials_reached_;
    base::Counter& dials_failed_;
    base::Counter& strikes_;
};

}  // namespace guildhall::peering
