#pragma once
// Journal: the only way state changes. A service decides on the guild's shard against decided(),
// then commits events; the journal applies them to the decided state at once, so that the next
// decision sees them, writes entries, projections and signed heads in one transaction, and when
// that is durable publishes them and lets the service answer. If the transaction fails, the
// guild's decided state falls back to the committed one and everything decided on it fails too.
//
// Owned by node/app. commit() and decided() run on the guild's shard; store() on any shard.

#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/base/shard.h"
#include "node/base/task.h"
#include "node/journal/bus.h"
#include "node/journal/view.h"
#include "node/store/db.h"

#include <memory>
#include <optional>
#include <vector>

namespace guildhall::journal {

using base::Result;
using base::Status;
using base::Task;

/// Makes the dispatches of an entry: one implementation, in node/services/present.
class Presenter {
  public:
    virtual ~Presenter() = default;
    /// Fills `entry.dispatches`; on the guild's shard, once.
    virtual void present(Committed& entry, const View& view) const = 0;
};

/// What a service decided.
struct Decision {
    std::vector<Event> events;
    Origin origin;
    /// Rows that belong to the same transaction and are not guild history (a nonce, an
    /// interaction's answer). Runs on the writer thread, after the events were projected; an error
    /// undoes the whole decision and is the answer.
    store::UniqueFunction<Status(store::Tx&)> rows;
};

/// What became of a decision: the entries, in the order of its events.
class Receipt {
  public:
    /// Of nothing: what Asio makes before a task's result is there.
    Receipt() = default;
    Receipt(SharedBatch batch, std::size_t first, std::size_t count)
        : batch_(std::move(batch)), first_(first), count_(count) {}
    std::size_t size() const { return count_; }
    const Committed& operator[](std::size_t i) const { return (*batch_)[first_ + i]; }

  private:
    SharedBatch batch_;
    std::size_t first_ = 0, count_ = 0;
};

/// A change of what is not guild history.
struct Change {
    /// Runs on the writer thread in the batch's transaction; an error undoes this change alone and
    /// is the answer.
    store::UniqueFunction<Status(store::Tx&)> rows;
    /// Published when durable.
    std::vector<Notice> notices;
};

struct Identity;

class Journal {
  public:
    struct Deps {
        base::Shards& shards;
        store::Db& db;
        Bus& bus;
        std::vector<std::unique_ptr<View>>& views;
        base::Clock& clock;
        base::Rng& rng;
        base::Log& log;
        const Presenter& presenter;
    };

    /// `identity` signs heads; it outlives the journal.
    Journal(Deps deps, const Identity& identity);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// What the next decision about the guild sees; null when there is no such guild. Valid until
    /// the caller's next suspension.
    const protocol::GuildState* decided(GuildId guild) const;

    /// A new id inside a guild: tagged, never reused, never lower than one before. On its shard.
    Task<std::uint64_t> new_id(GuildId guild);

    /// Nothing between decided() and this call may suspend.
    Task<Result<Receipt>> commit(GuildId guild, Decision decision);

    /// Begins a guild: `events` starts with GuildCreated and builds the whole first state. Runs on
    /// the new guild's shard.
    Task<Result<Receipt>> create_guild(GuildId guild, Decision decision);

    Task<Status> store(base::Shard& here, Change change);

    void publish_ephemeral(base::Shard& here, Ephemeral e) {
        deps_.bus.publish_ephemeral(here, std::move(e));
    }
    /// Tells sessions without storing anything.
    void notify(base::Shard& here, std::vector<Notice> notices);

    /// Puts a loaded guild in place, before the shards start. `last_id` is the highest id in use.
    void load_guild(GuildSnapshot state,
                    std::uint64_t epoch,
                    std::uint64_t last_id,
                    UnixMs last_ts_ms);

  private:
    class Impl;
    Deps deps_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::journal
