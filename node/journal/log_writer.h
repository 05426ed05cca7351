#pragma once
// LogWriter: the writer thread's half of the journal. Within a transaction it appends entries to
// logs (sequence, salted body, leaf hash), lets projections follow, and before COMMIT signs one
// head per touched log under one signature. It keeps the tails of logs in memory and forgets what a
// rolled-back transaction had added. Writer thread only.

#include "federation/merkle.h"
#include "node/journal/committed.h"
#include "node/journal/identity.h"
#include "node/store/tables/log_key.h"

#include <unordered_map>
#include <vector>

namespace guildhall::journal {

class LogWriter {
  public:
    LogWriter(const Identity& identity, base::Clock& clock, base::Rng& rng)
        : identity_(identity), clock_(clock), rng_(rng) {}

    /// Appends the entries of one decision and projects them; fills their `seq`. All or none: after
    /// an error the transaction's owner rolls back what was written.
    protocol::Status append(store::Tx& tx, std::vector<Committed>& entries, std::uint64_t epoch);
    /// Forgets what the last append() added, whether it failed or what followed it did: the
    /// transaction's owner rolls the rows back.
    void undo_append();
    /// Signs and stores the heads of all logs touched since the last batch.
    protocol::Status sign_heads(store::Tx& tx);
    void batch_done(bool committed);

  private:
    struct Tail {
        protocol::GuildId guild;
        std::uint64_t log_id = 0;
        std::uint64_t epoch = 0;
        federation::Hash32 guild_uid;
        protocol::UnixMs last_ts_ms = 0;
        federation::Frontier frontier;
        bool touched = false;
    };

    protocol::Result<Tail*> tail_of(store::Tx& tx, const Committed& entry, std::uint64_t epoch);
    protocol::Status append_one(store::Tx& tx, Committed& entry, Tail& tail);

    const Identity& identity_;
    base::Clock& clock_;
    base::Rng& rng_;
    std::unordered_map<store::LogKey, Tail> tails_;
    std::vector<store::LogKey> touched_;
    /// The tails as they were before the last append().
    std::vector<std::pair<store::LogKey, Tail>> saved_;
};

}  // namespace guildhall::journal
