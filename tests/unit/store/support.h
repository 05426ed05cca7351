#pragma once
// A table of numbers, and ways to write and read it that wait for the answer.

#include "node/store/db.h"
#include "node/store/migrations.h"

#include <future>
#include <set>
#include <string>

namespace guildhall::store::testing {

inline std::vector<Migration> one_table() {
    return {{1, "rows", "CREATE TABLE rows(id BIGINT PRIMARY KEY, body BYTEA NOT NULL)"}};
}

/// Runs `f(Tx&) -> Status` as a write job and waits until it is told what came of it.
template <class F>
Status write_now(Db& db, F f, bool savepoint = true) {
    std::promise<Status> told;
    WriteJob job;
    job.run = std::move(f);
    job.done = [&](Status status) { told.set_value(std::move(status)); };
    job.savepoint = savepoint;
    db.write(std::move(job));
    return told.get_future().get();
}

/// Runs `f(Tx&)` as a read job and waits; the error when it could not run.
template <class F>
Status read_now(Db& db, F f) {
    std::promise<Status> told;
    ReadJob job;
    job.run = [&](Tx& tx) {
        f(tx);
        told.set_value({});
    };
    job.failed = [&](Error error) { told.set_value(std::move(error)); };
    db.read(std::move(job));
    return told.get_future().get();
}

inline Status insert(Tx& tx, std::int64_t id, std::size_t body_bytes = 40) {
    const std::string body(body_bytes, static_cast<char>('a' + id % 26));
    return tx.run("INSERT INTO rows(id, body) VALUES($1, $2)", id, Blob(body));
}

inline Status insert_now(Db& db, std::int64_t id, std::size_t body_bytes = 40) {
    return write_now(db, [=](Tx& tx) { return insert(tx, id, body_bytes); });
}

inline std::set<std::int64_t> ids_in(Tx& tx) {
    std::set<std::int64_t> out;
    const Status read =
        tx.each("SELECT id FROM rows", [&](const Row& r) { out.insert(r.int64(0)); });
    if (!read) out = {-1};  // No id of any test.
    return out;
}

inline std::set<std::int64_t> ids_now(Db& db) {
    std::set<std::int64_t> out;
    const Status read = read_now(db, [&](Tx& tx) { out = ids_in(tx); });
    if (!read) out = {-1};
    return out;
}

}  // namespace guildhall::store::testing
