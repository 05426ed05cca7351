#pragma once
// LogWriter: the writer thread's half of the journal. Within a transaction it appends entries to
// logs (sequence, salted body, leaf hash), lets projections follow, and before COMMIT signs one
// head per touched log under one signature, and the receipts of commands. Logs of mirrors take
// entries and heads as their host made them. It keeps the tails of logs in memory and forgets what
// a rolled-back transaction had added. Writer thread only.

#include "federation/merkle.h"
#include "federation/receipt.h"
#include "node/journal/committed.h"
#include "node/journal/identity.h"
#include "node/store/tables/log_key.h"

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace guildhall::federation {
struct SignedCommand;
}

namespace guildhall::journal {

/// A command on its way through a transaction.
struct CommandRun {
    std::shared_ptr<const federation::SignedCommand> command;
    federation::Hash32 hash{}, origin{};
    std::uint64_t origin_seq = 0;
    /// signature ‖ receipt, once the heads are signed.
    std::string receipt;
};

/// An entry of a mirror on its way into its log.
struct Incoming {
    federation::EntryHeader header;
    std::string body, command;
    /// Its event; null: the host dropped the body, or the event is opaque.
    const Event* event = nullptr;
    /// It came after a control entry that makes it void: kept for the log's sake, and its rows go
    /// as those of the channel went.
    bool late = false;
    /// Of a kind that this version does not know: kept as it is, for one that does.
    bool opaque = false;
};

struct IncomingLog {
    GuildId guild;
    federation::Hash32 guild_uid{};
    std::uint64_t log_id = 0;
    /// As in MirrorBatch.
    std::string head, frontier;
    std::vector<Incoming> entries;
};

class LogWriter {
  public:
    LogWriter(const Identity& identity, base::Clock& clock, base::Rng& rng)
        : identity_(identity), clock_(clock), rng_(rng) {}

    /// Appends the entries of one decision and projects them; fills their `seq`. All or none: after
    /// an error the transaction's owner rolls back what was written. `run` is null for what was
    /// done on this node.
    protocol::Status append(store::Tx& tx,
                            std::vector<Committed>& entries,
                            std::uint64_t epoch,
                            std::shared_ptr<CommandRun> run);
    /// Appends what a host made.
    protocol::Status follow(store::Tx& tx, const IncomingLog& log);
    /// Puts entries of the past into a hole.
    protocol::Status fill(store::Tx& tx, const IncomingLog& past);
    /// The guild is this node's from this epoch on: signs the heads of all its logs anew, so that
    /// mirrors can follow those too to which nothing is added. After append(), in its transaction.
    protocol::Status adopt(store::Tx& tx,
                           GuildId guild,
                           const federation::Hash32& guild_uid,
                           std::uint64_t epoch);
    /// Forgets what the last append(), follow() or fill() did, whether it failed or what followed
    /// it did: the transaction's owner rolls the rows back.
    void undo_append();
    /// Forgets the tails of a guild whose logs go, or came otherwise.
    void forget(GuildId guild);
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
        /// The first entry that is held without holes up to the end.
        std::uint64_t first = 0;
        /// The host's signed head, of a mirror; empty: this node signs.
        std::string head;
        bool touched = false;
    };
    /// A receipt whose head is not signed yet.
    struct Promise {
        std::shared_ptr<CommandRun> run;
        store::LogKey log = 0;
        std::uint64_t seq = 0;
        federation::Hash32 leaf{};
    };

    protocol::Result<Tail*> tail_of(store::Tx& tx,
                                    protocol::GuildId guild,
                                    std::uint64_t log_id,
                                    const federation::Hash32& guild_uid);
    void save(store::LogKey key, const Tail& tail);
    void touch(store::LogKey key, Tail& tail);
    protocol::Status append_one(store::Tx& tx,
                                Committed& entry,
                                Tail& tail,
                                const CommandRun* run,
                                std::string_view command,
                                federation::Hash32& leaf);
    protocol::Status begin_at(store::Tx& tx, const IncomingLog& log, Tail& tail);
    protocol::Status follow_one(store::Tx& tx, const Incoming& entry, Tail& tail);
    protocol::Status sign_receipts(store::Tx& tx);

    const Identity& identity_;
    base::Clock& clock_;
    base::Rng& rng_;
    std::unordered_map<store::LogKey, Tail> tails_;
    std::vector<store::LogKey> touched_;
    std::vector<Promise> promises_;
    /// The tails as they were before the last append(), and how many promises there were.
    std::vector<std::pair<store::LogKey, Tail>> saved_;
    std::size_t saved_promises_ = 0;
};

}  // namespace guildhall::journal
