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
};

/// `body` is salt ‖ event bytes; empty when it was dropped.
struct EntryRow {
    federation::EntryHeader header;
    std::string body;
};

Status insert(Tx& tx, LogKey log, const federation::EntryHeader& header, std::string_view body);
Status drop_body(Tx& tx, LogKey log, std::uint64_t seq);

Result<std::optional<EntryRow>> find(Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t seq);
/// Entries from `from` on, ascending, at most `limit`.
Result<std::vector<EntryRow>> range(
    Tx& tx, LogKey log, std::uint64_t log_id, std::uint64_t from, std::uint64_t limit);

Result<std::optional<LogRow>> find_log(Tx& tx, LogKey log);
Result<std::vector<LogRow>> logs_of(Tx& tx, protocol::GuildId guild);
Status put_log(Tx& tx, const LogRow& row);

/// Every hosted guild with its uid and epoch.
struct HostingRow {
    protocol::GuildId guild;
    std::string uid;
    std::uint64_t epoch = 0;
    std::string host_uid, host_name;
};
Result<std::vector<HostingRow>> hosted(Tx& tx);
Status put_hosting(Tx& tx, const HostingRow& row);

}  // namespace guildhall::store::entries
