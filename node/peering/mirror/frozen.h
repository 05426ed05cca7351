#pragma once
// What makes a mirror freeze: evidence of what its host contradicted, and what follows: the journal
// takes nothing more, the statements are kept, and nodes that share the guild are told. On the
// shard of peering.

#include "federation/entry_check.h"
#include "federation/evidence.h"
#include "federation/mirror_log.h"
#include "federation/range_proof.h"
#include "node/journal/mirror_batch.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::peering {

class Mirror;
class Mirrors;
struct Context;

/// Of one batch: what a person reads.
inline constexpr std::size_t kEscalationsMax = 16;

/// An entry that stands in the host's tree and that no honest host puts there.
struct SuspectEntry {
    /// The entries that came together, the head under which they stand, and what proves that: for a
    /// batch at the log's end the frontier before it.
    const std::vector<federation::VerifiedEntry>& entries;
    std::optional<federation::SignedHead> head;
    federation::RangeProof proof;
    std::size_t index = 0;
    federation::EntryFinding finding;
};

journal::Finding finding_of(const federation::Contradiction& found, const federation::KeyLog& host);
/// Evidence for others where the statements say it by themselves; words else, after `where`.
journal::Finding finding_of(Mirror& mirror,
                            const SuspectEntry& suspect,
                            std::string_view where = {});
/// What convicts the host whoever passed the entry on; nothing where who did may have spoiled it.
std::optional<journal::Finding> sure_finding_of(Mirror& mirror, const SuspectEntry& suspect);
journal::Finding finding_of(std::string words);

/// Takes effect at once; rows follow.
void freeze(Mirrors& mirrors, const std::shared_ptr<Mirror>& mirror, journal::Finding finding);

/// Keeps what the host let happen and should have refused. The guild goes on: its people may see to
/// it.
void note_escalations(Context& ctx, protocol::GuildId guild, const std::vector<std::string>& words);

}  // namespace guildhall::peering
