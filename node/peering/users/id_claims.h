#pragma once
// Ids that two claim: who was met first keeps it. Two geneses can be made to the same id, with some
// work, so the operator reads both. On the shard of peering.

#include "node/peering/context.h"

#include <string>

namespace guildhall::peering {

/// After a claim that was refused: a warning with the genesis that has the id here and the one that
/// wanted it; nothing where it was refused for something else.
base::Task<void> note_claim(Context& ctx,
                            protocol::Snowflake id,
                            std::string uid,
                            std::string genesis);

}  // namespace guildhall::peering
