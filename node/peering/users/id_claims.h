#pragma once
// Ids that two claim: who was met first keeps it. Two geneses can be made to the same id, with some
// work, so the operator reads both. On the shard of peering.

#include "federation/policy.h"
#include "node/peering/context.h"
#include "node/peering/succession/pauses.h"

#include <chrono>
#include <string>

namespace guildhall::peering {

class IdClaims {
  public:
    explicit IdClaims(Context& ctx) : ctx_(ctx), lines_(kLines, ctx.clock.now()) {}

    /// After a claim that was refused: a warning with the genesis that has the id here and the one
    /// that wanted it; nothing where it was refused for something else. Once an hour for each that
    /// claims, and kLines for all: who makes one such genesis makes a thousand.
    base::Task<void> note(protocol::Snowflake id, std::string uid, std::string genesis);

    static constexpr federation::Rate kLines{
        .burst = 30, .per = 30, .period = std::chrono::hours(1)};

  private:
    Context& ctx_;
    Pauses told_{std::chrono::hours(1)};
    federation::TokenBucket lines_;
};

}  // namespace guildhall::peering
