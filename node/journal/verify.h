#pragma once
// verify: checks every hash, signature and projection of a data folder. Synchronous; `scratch` is
// an empty database with the same schema, into which the logs are replayed for comparison.

#include "node/journal/identity.h"
#include "node/journal/rebuild.h"
#include "node/store/db.h"

#include <string>
#include <vector>

namespace guildhall::journal {

struct VerifyReport {
    std::uint64_t guilds = 0, logs = 0, entries = 0, dropped_bodies = 0;
    /// What does not hold, in plain words; empty when all is well. At most 100 are kept.
    std::vector<std::string> faults;
    std::uint64_t fault_count = 0;
    /// What an operator should know and is no damage: guilds that are frozen, and the evidence.
    std::vector<std::string> notes;
};

/// An Error only when the database cannot be read; faults are in the report.
protocol::Result<VerifyReport> verify(store::Tx& data,
                                      store::Tx& scratch,
                                      const Identity& identity,
                                      Progress progress);

}  // namespace guildhall::journal
