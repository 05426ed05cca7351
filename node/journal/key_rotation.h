#pragma once
// Rotation of a node's own keys, while the node is stopped: a new event at the end of its key log,
// signed by the key that it committed to, or by the rotation key where the others are lost or
// stolen; the new secrets in place of the old; and all heads of guilds that it hosts signed anew,
// so that nobody need believe the old key any more. One transaction: both or nothing. What the
// events mean to others: docs/FEDERATION.md, "Key events". Synchronous, inside a Tx.

#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/journal/identity.h"
#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::journal {

struct Rotation {
    /// Of the new key.
    std::uint32_t key_seq = 0;
    federation::PublicKey signing_key{};
    /// Logs whose heads were signed anew.
    std::uint64_t heads = 0;
};

/// To the key that was committed to.
protocol::Result<Rotation> rotate_keys(store::Tx& tx, base::Clock& clock, base::Rng& rng);

/// By the rotation key: makes the last event void, which somebody else made or whose keys were
/// stolen, and what it committed to; where there is no event yet it is the first. `theirs`: an
/// event that this node has not made itself and that is to be void, as it is stored and sent.
protocol::Result<Rotation> override_keys(store::Tx& tx,
                                         base::Clock& clock,
                                         base::Rng& rng,
                                         const federation::Seed& rotation,
                                         const std::optional<std::string>& theirs);

}  // namespace guildhall::journal
