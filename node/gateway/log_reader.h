#pragma once
// Reading back from the logs what a session was told or missed. Synchronous, inside a Tx, on a
// reader's thread; touches nothing of a shard.

#include "node/gateway/position.h"
#include "node/store/db.h"
#include "protocol/event.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace guildhall::gateway {

/// An entry of a log; no event when its body was dropped and nothing takes its place.
struct ReadEntry {
    Source source;
    std::uint64_t control_seq = 0;
    std::optional<protocol::Event> event;
};

/// The entries at `places`, in that order. A message that was edited since is what it says now: the
/// edit took the older body with it.
store::Result<std::vector<ReadEntry>> read_entries(store::Tx& tx,
                                                   const std::vector<Source>& places);

struct Missed {
    /// In the order in which they happened.
    std::vector<ReadEntry> entries;
    /// Of a log the entries [from, size) were missed; what is below was told.
    struct Log {
        protocol::GuildId guild;
        std::uint64_t log_id = 0, from = 0, size = 0;
    };
    std::vector<Log> logs;
    /// There were more than a RESUME reads.
    bool too_many = false;

    /// Whether the entry was told, or is in `entries`.
    bool covers(const Source& source) const;
    /// Where what was missed of a log begins; 0 for one that there is not.
    std::uint64_t from(protocol::GuildId guild, std::uint64_t log_id) const;
};

/// What happened in the guilds after the positions.
store::Result<Missed> read_missed(
    store::Tx& tx, const std::vector<std::pair<protocol::GuildId, Position>>& guilds);

}  // namespace guildhall::gateway
