#pragma once
// Snapshot: a session as it is written down, or handed to another shard: who it is, its ring as
// places in logs, and how far each of its guilds was followed. Bodies travel between shards only;
// in the store a dispatch is its place. Plain values; any thread.

#include "node/gateway/position.h"
#include "node/gateway/session.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::gateway {

struct Snapshot {
    struct Slot {
        RecordKind kind = RecordKind::ephemeral;
        std::uint8_t part = 0;
        Source source;
        /// Between shards only; `name` is of static storage.
        std::string_view name;
        std::string d;
    };

    Identity who;
    /// The `s` of the last dispatch, and of the first slot.
    std::uint64_t last = 0, first = 1;
    std::vector<Slot> slots;
    std::vector<std::pair<protocol::GuildId, Position>> guilds;
    OwnPresence presence;
    std::vector<protocol::GuildId> subscribed;
};

/// With at most the newest `ring_max` slots.
std::string encode(const Snapshot& snapshot);
/// Nothing for bytes of another version, or damaged ones.
std::optional<Snapshot> decode_snapshot(std::string_view bytes);

}  // namespace guildhall::gateway
