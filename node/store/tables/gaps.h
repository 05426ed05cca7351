#pragma once
// Holes in the logs of mirrors: entries [from, to) that this node does not hold, with the frontier
// of the tree's first `to` leaves, from which what stands after the hole can be checked and proved
// to others. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "node/store/tables/log_key.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::store::gaps {

struct Gap {
    std::uint64_t from = 0, to = 0;
    /// federation::Frontier at `to`, serialised.
    std::string frontier;

    friend bool operator==(const Gap&, const Gap&) = default;
};

/// Ascending; they neither overlap nor touch.
Result<std::vector<Gap>> of_log(Tx& tx, LogKey log);
Result<bool> any(Tx& tx, LogKey log);
Status put(Tx& tx, LogKey log, const Gap& gap);
/// Takes [from, to), which must lie inside one gap, out of it; `frontier_at_from` becomes that of
/// what is left below. Error 404 when no gap holds it.
Status fill(
    Tx& tx, LogKey log, std::uint64_t from, std::uint64_t to, std::string_view frontier_at_from);
Status forget(Tx& tx, LogKey log);

}  // namespace guildhall::store::gaps
