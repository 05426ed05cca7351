#pragma once
// Journal::Impl: what journal.cpp (deciding) and mirror.cpp (following) share: the guilds of each
// shard, and the way of a piece of work to the writer and back.
//
// Threads: as said at each member.

#include "federation/id_allocator.h"
#include "node/base/timer.h"
#include "node/journal/journal.h"
#include "node/journal/log_writer.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <deque>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace guildhall::journal {

/// Entries that wait for the control log.
struct Waiting {
    MirrorBatch batch;
    std::size_t bytes = 0;
    store::UniqueFunction<void(Result<Receipt>)> done;
};

/// What a guild's own shard keeps beside the View.
struct Host {
    explicit Host(GuildSnapshot state);

    GuildSnapshot decided, committed;
    /// Raised when decisions fail: those made on what failed carry the old number and fail too.
    std::uint64_t generation = 0;
    std::uint64_t epoch = 0;
    federation::IdAllocator ids;
    UnixMs last_ts_ms = 0;
    GuildRole role = GuildRole::hosted;
    /// False while members of a snapshot are to come.
    bool complete = true;
    /// Hosted, and nothing is decided while a transfer is open.
    bool paused = false;
    /// By log, each in order.
    std::map<std::uint64_t, std::deque<Waiting>> waiting;
    std::size_t waiting_bytes = 0;
    /// Messages, by log, of which a host sent the place alone, because they were edited before it
    /// sent them: nobody here was told of them yet.
    std::set<std::pair<std::uint64_t, protocol::MessageId>> untold;
};

/// One transaction's worth for a guild: made on its shard, run by the writer, settled on the shard.
struct Work {
    GuildId guild;
    std::shared_ptr<Batch> batch = std::make_shared<Batch>();
    /// The decided state before and after it.
    GuildSnapshot before, after;
    std::uint64_t generation = 0, epoch = 0;
    /// The guild's first entries.
    bool first = false;
    store::UniqueFunction<Status(store::Tx&)> rows;
    std::shared_ptr<CommandRun> run;
    /// Of a mirror: in place of a decision.
    std::optional<IncomingLog> incoming;
    /// `incoming` is of the past.
    bool past = false;
    /// Stored and projected, and not published.
    bool quiet = false;
    /// Whether the writer reached it; read after it was written, on the thread that wrote it.
    bool ran = false;
};

/// Turns `start(done)`, which calls `done` later on the same shard, into something to await.
template <class T, class Start>
Task<T> await_callback(Start start) {
    co_return co_await boost::asio::
        async_initiate<const boost::asio::use_awaitable_t<base::Executor>, void(T)>(
            [&start](auto handler) { start(std::move(handler)); }, base::kUseTask);
}

/// As in store::WriteJob.
struct RowsHow {
    bool savepoint = true;
    bool can_wait = false;
};

class Journal::Impl {
  public:
    using Done = store::UniqueFunction<void(Result<Receipt>)>;

    Impl(Deps& deps, const Identity& identity);

    // On the guild's shard.

    Host* find(GuildId guild);
    Host& add(GuildId guild, GuildSnapshot state);
    void remove(GuildId guild);
    base::Shard& shard_of(GuildId guild) { return deps_.shards.of(guild); }
    const Identity& identity() const { return identity_; }

    /// Applies the events to the decided state and lists them as entries to be.
    std::shared_ptr<Work> decide(GuildId guild, Host& host, Decision& decision);
    /// To the writer; `done` is called on the shard once it is durable and published.
    void submit(std::shared_ptr<Work> work, Done done);
    Task<Result<Receipt>> write(std::shared_ptr<Work> work);
    /// Rows alone, in a transaction of the next batch.
    Task<Status> write_rows(base::Shard& here,
                            store::UniqueFunction<Status(store::Tx&)> rows,
                            RowsHow how = {});

    /// Entries of a mirror: those whose control entries are here go on, the others wait.
    void take(GuildId guild, Host& host, MirrorBatch batch, Done done);
    /// The same as work; moves the decided state on.
    Result<std::shared_ptr<Work>> follow(GuildId guild, Host& host, MirrorBatch batch);
    Result<std::shared_ptr<Work>> past(GuildId guild, const Host& host, PastEntries entries);
    void fail_waiting(Host& host, const protocol::Error& why);
    void set_role(GuildId guild, Host& host, GuildRole role);
    void publish(GuildChange change);

    // On the writer thread.

    void forget(GuildId guild);
    Status adopt(store::Tx& tx, GuildId guild, const std::string& uid, std::uint64_t epoch);

  private:
    Status run(store::Tx& tx, Work& work);
    Status admit(store::Tx& tx, const Work& work);
    Result<Receipt> settle(Work& work, const Status& status);
    void publish(Work& work);
    static void tell_as_new(Host& host, Work& work);
    void go(GuildId guild, Host& host, MirrorBatch batch, Done done);
    void wait(GuildId guild, Host& host, MirrorBatch batch, Done done);
    void release_waiting(GuildId guild, Host& host);

    Deps& deps_;
    const Identity& identity_;
    LogWriter writer_;
    /// By shard; each map is touched by its shard alone once the shards run.
    std::vector<std::unordered_map<GuildId, Host>> hosts_;
    /// Writer thread: decisions of generations below these are void.
    std::unordered_map<GuildId, std::uint64_t> void_until_;
    /// Writer thread: commands whose verbs may still decide more, by hash.
    std::unordered_map<std::string, std::weak_ptr<const federation::SignedCommand>> running_;
};

}  // namespace guildhall::journal
