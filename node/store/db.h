#pragma once
// The one way to rows: Db runs closures in transactions, Tx runs SQL inside one. SQL is one text
// for SQLite and PostgreSQL ($1 parameters, ON CONFLICT, RETURNING), always a string literal beside
// the function that uses it. Drivers: sqlite_db.h (the node), inline_sqlite_db.h (simulation and
// unit tests).
//
// Owner: node/app. Threads: every function of Db may be called from any thread; what runs where is
// said below.

#include "node/store/value.h"
#include "protocol/function.h"
#include "protocol/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace guildhall::store {

using protocol::Error;
using protocol::FunctionRef;
using protocol::Result;
using protocol::Status;
using protocol::UniqueFunction;

/// One row of an answer. Columns count from 0. Views are valid until the callback that got the row
/// returns. A NULL reads as 0 or empty: ask is_null where the difference matters.
class Row {
  public:
    virtual ~Row() = default;
    virtual std::int64_t int64(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view blob(int column) const = 0;
    virtual bool is_null(int column) const = 0;

    bool boolean(int column) const { return int64(column) != 0; }
    /// A typed snowflake: `row.id<ChannelId>(0)`.
    template <class T>
    T id(int column) const {
        return T(static_cast<std::uint64_t>(int64(column)));
    }
};

/// One transaction. Lives for one job; never kept.
class Tx {
  public:
    virtual ~Tx() = default;

    /// Runs a statement whose rows, if any, do not matter.
    virtual Status exec(std::string_view sql, std::span<const Value> args) = 0;
    /// Runs a statement and shows its rows one by one until `each` returns false. `each` may run
    /// other statements of this Tx.
    virtual Status query(std::string_view sql,
                         std::span<const Value> args,
                         FunctionRef<bool(const Row&)> each) = 0;
    /// Rows that the last exec() or query() inserted, updated or deleted.
    virtual std::int64_t changes() const = 0;
    /// Several statements separated by `;`, without parameters: for migrations.
    virtual Status script(std::string_view sql) = 0;

    /// exec() with C++ values: `tx.run("DELETE FROM bans WHERE guild = $1", guild_id)`.
    template <class... Args>
    Status run(std::string_view sql, const Args&... args) {
        const std::array<Value, sizeof...(Args)> values{to_value(args)...};
        return exec(sql, values);
    }
    /// query() with C++ values; `each` takes a `const Row&` and returns bool (go on) or void.
    template <class F, class... Args>
    Status each(std::string_view sql, F&& each_row, const Args&... args) {
        const std::array<Value, sizeof...(Args)> values{to_value(args)...};
        if constexpr (std::is_void_v<std::invoke_result_t<F&, const Row&>>) {
            return query(sql, values, [&](const Row& row) {
                each_row(row);
                return true;
            });
        } else {
            return query(sql, values, each_row);
        }
    }
    /// The first row as `f` makes a value of it; nothing when there is none.
    template <class F, class... Args>
    auto first(std::string_view sql, F&& f, const Args&... args)
        -> Result<std::optional<std::invoke_result_t<F&, const Row&>>> {
        std::optional<std::invoke_result_t<F&, const Row&>> found;
        TRY_VOID(each(
            sql,
            [&](const Row& row) {
                found.emplace(f(row));
                return false;
            },
            args...));
        return found;
    }
};

/// Something to write. `run` is called at most once, on the writer thread, inside the transaction
/// of its batch. `done` is called once, on the writer thread, after that transaction was committed
/// (durable) or gave up; or on the caller's thread, at once, when the queue was full (503). It must
/// only hand over (post to a shard), never wait.
struct WriteJob {
    UniqueFunction<Status(Tx&)> run;
    UniqueFunction<void(Status)> done;
    /// When set, asked before `run`, on the writer thread: an error refuses this job alone, which
    /// has written nothing yet.
    UniqueFunction<Status()> admit;
    /// True: an error of `run` undoes and fails this job alone. False saves two statements for a
    /// job that only fails when the disk does: its error then fails the whole batch.
    bool savepoint = true;
    /// True: nobody waits for it. It goes with the next batch that somebody waits for, or alone
    /// after a moment, so that it costs no sync of its own.
    bool can_wait = false;
};

/// Something to read, in one snapshot. `run` is called on a reader thread and hands over its own
/// result; `failed` is called instead of it when the queue is full (on the caller's thread) or no
/// snapshot could be had. Exactly one of the two is called.
struct ReadJob {
    UniqueFunction<void(Tx&)> run;
    UniqueFunction<void(Error)> failed;
};

/// What the owner adds to each write transaction; all on the writer thread.
struct BatchHooks {
    /// After the jobs of a batch ran and before its COMMIT, when at least one job succeeded. An
    /// error fails the batch. The journal signs heads here.
    UniqueFunction<Status(Tx&)> before_commit;
    /// After COMMIT or rollback and before the jobs' `done`: what the batch came to.
    UniqueFunction<void(const Status&)> after_batch;
};

/// Counted since the Db was opened.
struct DbStats {
    std::uint64_t jobs = 0;
    std::uint64_t batches = 0;
    std::uint64_t failed_batches = 0;
    std::uint64_t refused = 0;
    std::uint64_t write_queue = 0;
    std::uint64_t read_queue = 0;
};

class Db {
  public:
    virtual ~Db() = default;

    /// Once, before the first write().
    virtual void set_hooks(BatchHooks hooks) = 0;
    /// Queues a job. All that wait go into one transaction, in the order of their arrival.
    virtual void write(WriteJob job) = 0;
    virtual void read(ReadJob job) = 0;
    /// Asks for the write-ahead log to be folded into the database once the queue is empty, so that
    /// deleted bytes are gone from it too.
    virtual void checkpoint() = 0;
    /// Finishes what is queued, then refuses; returns when no callback runs any more. Call it
    /// before what jobs and hooks refer to is destroyed.
    virtual void stop() = 0;
    virtual DbStats stats() const = 0;
};

/// 507 "Insufficient Storage": the disk is full.
Error disk_full();
/// 503: the store cannot do it now (I/O error, queue full, stopping).
Error unavailable(std::string_view why);

}  // namespace guildhall::store
