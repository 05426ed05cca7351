#pragma once
// Journal: the only way state changes. A service decides on the guild's shard against decided(),
// then commits events; the journal applies them to the decided state at once, so that the next
// decision sees them, writes entries, projections and signed heads in one transaction, and when
// that is durable publishes them and lets the service answer. If the transaction fails, the
// guild's decided state falls back to the committed one and everything decided on it fails too.
//
// A guild that another node hosts goes the same way: append() takes entries that were verified
// against the host's signed head in place of decisions. What a mirror holds begins with a snapshot;
// its past comes later, by fill().
//
// Owned by node/app. What names a guild runs on that guild's shard; store() on any shard.

#include "federation/command.h"
#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/base/shard.h"
#include "node/base/task.h"
#include "node/journal/bus.h"
#include "node/journal/mirror_batch.h"
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
    /// The command of a remote user that this follows from: every entry carries its hash, its
    /// number is used up, and a receipt is stored, all in the same transaction. A command that was
    /// run before is refused with 409, one whose number was used for another or is too old with
    /// 400.
    std::shared_ptr<const federation::SignedCommand> command;
};

/// What became of a decision: the entries, in the order of its events.
class Receipt {
  public:
    /// Of nothing: what Asio makes before a task's result is there.
    Receipt() = default;
    explicit Receipt(SharedBatch batch, std::string signed_receipt = {})
        : batch_(std::move(batch)), signed_(std::move(signed_receipt)) {}
    std::size_t size() const { return batch_ ? batch_->size() : 0; }
    const Committed& operator[](std::size_t i) const { return (*batch_)[i]; }
    /// signature ‖ federation::Receipt, where the decision had a command.
    const std::string& signed_receipt() const { return signed_; }

  private:
    SharedBatch batch_;
    std::string signed_;
};

/// A change of what is not guild history.
struct Change {
    /// Runs on the writer thread in the batch's transaction; an error undoes this change alone and
    /// is the answer.
    store::UniqueFunction<Status(store::Tx&)> rows;
    /// Published when durable.
    std::vector<Notice> notices;
    /// Nobody waits for it: store::WriteJob.
    bool can_wait = false;
};

struct Identity;
struct LoadedGuild;

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

    /// Nothing between decided() and this call may suspend. Of a guild that is not hosted here:
    /// refused with 130000.
    Task<Result<Receipt>> commit(GuildId guild, Decision decision);

    /// Begins a guild: `events` starts with GuildCreated and builds the whole first state. Runs on
    /// the new guild's shard.
    Task<Result<Receipt>> create_guild(GuildId guild, Decision decision);

    /// Begins a mirror: writes the snapshot's rows, and tells sessions of a new guild. Refused with
    /// 409 while the node has the guild, or is still deleting it. Its renewal (tables/renewals.h)
    /// is done with that.
    Task<Status> open_mirror(MirrorStart start);
    /// Members of the snapshot that come after its base, before anything is appended to the control
    /// log; `last` after the last of them.
    Task<Status> extend_mirror(GuildId guild, std::vector<protocol::Member> members, bool last);
    /// Entries that a host made, verified; ends when they are durable and published. Channel and
    /// admin entries wait for the control entries under which they were decided, so far as
    /// kWaitingBytesMax goes; beyond it they are refused with 503.
    Task<Result<Receipt>> append(GuildId guild, MirrorBatch batch);
    /// Verified entries of the past, into a hole. Nothing is dispatched.
    Task<Status> fill(GuildId guild, PastEntries past);
    /// Stops following: the statements are kept, and nothing is added to the guild any more.
    Task<Status> freeze(GuildId guild, Finding finding);
    /// Follows again: the host that contradicted itself hosts the guild no more. The statements
    /// stay.
    Task<Status> thaw(GuildId guild);
    /// Forgets a guild that is not hosted here: at once for everybody, its rows in steps. `also` is
    /// written with that.
    Task<Status> drop_guild(GuildId guild, store::UniqueFunction<Status(store::Tx&)> also = {});
    /// Goes on with the deletions that a restart interrupted; true when there are none.
    Task<Result<bool>> sweep_left(base::Shard& here);
    /// Makes this node the host by a complete certificate, which the caller verified, and appends
    /// the first entry of its epoch. Ids go on above the last that was seen.
    Task<Result<Receipt>> become_host(GuildId guild, std::string signed_certificate);
    /// Decides nothing until resume_hosting(); when it ends, all that was decided is durable. The
    /// guild is hosted all the while. Also after a restart, while a transfer is open.
    Task<Status> pause_hosting(GuildId guild);
    /// The same from its first moment on. Before the shards run.
    void begin_paused(GuildId guild);
    void resume_hosting(GuildId guild);
    /// Decides nothing from now on; when it ends, all that was decided is durable. The guild is a
    /// mirror then.
    Task<Status> stop_hosting(GuildId guild);
    /// Nothing when the node does not have the guild.
    std::optional<GuildRole> role(GuildId guild) const;

    Task<Status> store(base::Shard& here, Change change);

    void publish_ephemeral(base::Shard& here, Ephemeral e) {
        deps_.bus.publish_ephemeral(here, std::move(e));
    }
    /// Tells sessions without storing anything.
    void notify(base::Shard& here, std::vector<Notice> notices);

    /// Puts a loaded guild in place, before the shards start.
    void load_guild(const LoadedGuild& loaded);

  private:
    class Impl;
    Deps deps_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::journal
