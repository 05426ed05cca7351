#pragma once
// Replaying logs: what `guildhall rebuild` and the projection half of `guildhall verify` do.
// Synchronous; on whatever thread holds the transactions.

#include "node/store/db.h"
#include "protocol/function.h"

namespace guildhall::journal {

/// Told how many entries are done, of how many; for progress lines.
using Progress = protocol::FunctionRef<void(std::uint64_t done, std::uint64_t total)>;

/// Projects every entry of every log that `source` holds into `target` (which may be the same), in
/// an order in which each entry finds what it was decided on: after the control entries that its
/// control_seq counts. Then finishes the purges that deletions began. Entries that were opaque when
/// they came stay so: what `target` has is what `source` should have.
protocol::Status replay(store::Tx& source, store::Tx& target, Progress progress);

/// Empties the projections and replays the logs into them, in one transaction. What was opaque and
/// is of a kind that this version knows is projected with the rest.
protocol::Status rebuild(store::Tx& tx, Progress progress);

/// Whether rebuild() would project entries that an older version could not.
protocol::Result<bool> knows_more(store::Tx& tx);

}  // namespace guildhall::journal
