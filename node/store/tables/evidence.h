#pragma once
// Evidence: signed statements that cannot all be true, for which a guild is frozen on this node.
// Kept for ever, also when the guild is left. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::store::evidence {

struct EvidenceRow {
    std::int64_t id = 0;
    protocol::GuildId guild;
    /// federation::EvidenceKind; 0: what only this node saw happen, told in words.
    std::uint8_t kind = 0;
    /// An encoded federation::Evidence; for kind 0 the words.
    std::string statements;
    protocol::UnixMs ts_ms = 0;

    friend bool operator==(const EvidenceRow&, const EvidenceRow&) = default;
};

/// The row's id is made here.
Status add(Tx& tx, const EvidenceRow& row);
/// Oldest first.
Result<std::vector<EvidenceRow>> all(Tx& tx);
Result<std::vector<EvidenceRow>> of_guild(Tx& tx, protocol::GuildId guild);

}  // namespace guildhall::store::evidence
