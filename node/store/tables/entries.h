#pragma once
// The log: entries and, per log, its size, frontier and signed head. Written by the journal's
// writer alone; bodies are dropped by projections of edits and deletions. Synchronous, inside a Tx.

#include "federation/entry.h"
#include "node/store/db.h"
#include "node/store/tables/log_key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::store::entries {

/// A log's tail as stored.
struct LogRow {
    LogKey log = 0;
    protocol::GuildId guild;
    std::uint64_t log_id = 0;
    std::uint64_t size = 0;
    protocol::UnixMs last_ts_ms = 0;
    std::string frontier, head;
    /// The first entry that is held without holes up to `size`; `gaps` has the holes below it.
    std::uint64_t first = 0;
};

/// `body` is salt ‖ event bytes; empty when it was dropped. `command` is the signed command that
/// made the entry, empty for what was done on the host.
struct EntryRow {
    federation::EntryHeader header;
    std::string body;
    std::string command;
};

/// An empty body is stored as dropped.
Status insert(Tx& tx,
              LogKey log,
              const federation::EntryHeader& header,
              std::string_view body,
              std::string_view command = {});
/// Also of the command: what a user wrote is in both.
Status drop_body(Tx& tx, LogKey log, std::uint64_t seq);
/// The bodies of at most `limit` entries; true when none is left.
Result<bool> drop_some_bodies(Tx& tx, LogKey log, unsigned limit);

Result<std::optional<EntryRow>> find(Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t seq);
/// Entries from `from` on, ascending, at most `limit`.
Result<std::vector<EntryRow>> range(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, std::uint64_t limit);
/// The same without a limit, one by one until `each` returns false.
Status walk(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, FunctionRef<bool(EntryRow)> each);
/// Whether one of that kind and object, in (after, after + within], stands there without its body.
Result<bool> is_bare_after(Tx& tx,
                           LogKey log,
                           protocol::EventKind kind,
                           std::uint64_t object,
                           std::uint64_t after,
                           std::uint64_t within);
/// Merkle leaves of the entries in [from, to), ascending; fewer where entries are missing.
Result<std::vector<federation::Hash32>> leaves(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, std::uint64_t to);

Result<std::optional<LogRow>> find_log(Tx& tx, LogKey log);
Result<std::vector<LogRow>> logs_of(Tx& tx, protocol::GuildId guild);
Status put_log(Tx& tx, const LogRow& row);
/// What the entries of a guild take, about.
Result<std::uint64_t> bytes_of_guild(Tx& tx, protocol::GuildId guild);

}  // namespace guildhall::store::entries
