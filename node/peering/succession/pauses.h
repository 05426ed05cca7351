#pragma once
// Pauses: what is done for each of many nodes at most once in a while, however often it asks. A
// value; one thread.

#include "federation/bytes.h"
#include "node/base/clock.h"

#include <cstddef>
#include <map>

namespace guildhall::peering {

class Pauses {
  public:
    explicit Pauses(base::Nanos gap) : gap_(gap) {}

    /// Whether the node's last time is long enough ago.
    bool is_over(const federation::Hash32& node, base::Nanos now);
    /// This is its last time. After is_over().
    void begin(const federation::Hash32& node, base::Nanos now) { last_[node] = now; }

    /// Nodes within one gap; beyond these all wait.
    static constexpr std::size_t kNodesMax = 256;

  private:
    base::Nanos gap_;
    std::map<federation::Hash32, base::Nanos> last_;
};

}  // namespace guildhall::peering
