#pragma once
// Interactions that were answered: what follow-ups through their tokens need, also after a restart.
// Kept for as long as the tokens live. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/ids.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::store::interactions {

struct Answered {
    protocol::InteractionId id;
    protocol::UnixMs created_ms = 0;
    /// As in the API: 2 command, 3 component, 5 modal.
    std::uint8_t type = 0;
    protocol::UserId user;
    /// Of the command; empty for the others.
    std::string name;
    /// The message that @original means; 0: none.
    protocol::MessageId original;
    /// The original is shown to its user alone and lives in memory.
    bool ephemeral = false;
    /// The original was put there as a promise, which the first follow-up keeps.
    bool deferred = false;

    friend bool operator==(const Answered&, const Answered&) = default;
};

/// Inserts one and forgets those made before `oldest_ms`. An error when it is there already.
Status put(Tx& tx, const Answered& answered, protocol::UnixMs oldest_ms);
Result<std::optional<Answered>> find(Tx& tx, protocol::InteractionId id);

}  // namespace guildhall::store::interactions
