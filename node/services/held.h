#pragma once
// Held: how much of a guild its successors have signed that they stored. Plain values.

#include "protocol/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::services {

struct HeldBy {
    /// Of the node, 32 bytes.
    std::string uid;
    /// Logs of which it has all, and entries of all logs that it has.
    std::uint64_t logs = 0, entries = 0;
    /// When it stored what it signed last; 0: it signed nothing.
    protocol::UnixMs stored_ms = 0;
};

struct Held {
    /// There are.
    std::uint64_t logs = 0, entries = 0;
    /// A row for each successor, in their order.
    std::vector<HeldBy> by;
};

}  // namespace guildhall::services
