#pragma once
// Where a node is, as a guild's hosting policy says it: `name host:port ...`. Pure.

#include <string>
#include <vector>

namespace guildhall::peering {

inline std::vector<std::string> endpoints_in(const std::string& place) {
    std::vector<std::string> out;
    for (auto at = place.find(' '); at != place.npos;) {
        const auto next = place.find(' ', at + 1);
        out.push_back(place.substr(at + 1, next == place.npos ? next : next - at - 1));
        at = next;
    }
    return out;
}

}  // namespace guildhall::peering
