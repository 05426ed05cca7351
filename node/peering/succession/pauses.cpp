#include "node/peering/succession/pauses.h"

namespace guildhall::peering {

bool Pauses::is_over(const federation::Hash32& node, base::Nanos now) {
    std::erase_if(last_, [&](const auto& one) { return now - one.second >= gap_; });
    return last_.size() < kNodesMax && !last_.contains(node);
}

}  // namespace guildhall::peering
