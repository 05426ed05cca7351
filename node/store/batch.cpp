#include "node/store/batch.h"

#include <utility>
#include <vector>

namespace guildhall::store {

namespace {

/// What happened to one job while its batch ran.
struct Outcome {
    Status status;
    /// The batch cannot go on: the job had no savepoint, or the engine gave the transaction up.
    bool ends_batch = false;
};

Outcome run_job(SqliteConnection& connection, WriteJob& job) {
    SqliteTx& tx = connection.tx();
    if (job.admit) {
        if (Status admitted = job.admit(); !admitted) return {std::move(admitted), false};
    }
    if (!job.savepoint) {
        Status status = job.run(tx);
        const bool failed = !status;
        return {std::move(status), failed || !connection.in_transaction()};
    }
    if (Status opened = tx.exec("SAVEPOINT job", {}); !opened) return {std::move(opened), true};
    Status status = job.run(tx);
    if (!connection.in_transaction()) {
        if (status) status = unavailable("the transaction was lost");
        return {std::move(status), true};
    }
    if (!status) {
        if (Status undone = tx.exec("ROLLBACK TO job", {}); !undone) {
            return {std::move(undone), true};
        }
    }
    if (Status closed = tx.exec("RELEASE job", {}); !closed) return {std::move(closed), true};
    return {std::move(status), false};
}

/// Runs the jobs up to COMMIT. `statuses` gets each job's own outcome; the result is the batch's.
Status run_jobs(SqliteConnection& connection,
                BatchHooks& hooks,
                std::span<WriteJob> jobs,
                std::vector<Status>& statuses) {
    TRY_VOID(connection.begin_write());
    bool any = false;
    for (WriteJob& job : jobs) {
        Outcome outcome = run_job(connection, job);
        if (outcome.ends_batch) {
            return outcome.status ? Status(unavailable("the transaction was lost"))
                                  : std::move(outcome.status);
        }
        any = any || outcome.status.has_value();
        statuses.push_back(std::move(outcome.status));
    }
    if (!any) return {};  // Nothing to keep; the rollback that follows has nothing to undo.
    if (hooks.before_commit) TRY_VOID(hooks.before_commit(connection.tx()));
    return connection.commit();
}

}  // namespace

bool run_batch(SqliteConnection& connection,
               BatchHooks& hooks,
               std::span<WriteJob> jobs,
               Counters& counters) {
    std::vector<Status> statuses;
    statuses.reserve(jobs.size());
    const Status whole = run_jobs(connection, hooks, jobs, statuses);
    const bool usable = connection.rollback();

    counters.jobs += jobs.size();
    ++counters.batches;
    if (!whole) ++counters.failed_batches;
    if (hooks.after_batch) hooks.after_batch(whole);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const bool failed_alone = i < statuses.size() && !statuses[i];
        jobs[i].done(whole || failed_alone ? statuses[i] : whole);
    }
    return usable;
}

}  // namespace guildhall::store
