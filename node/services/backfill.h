#pragma once
// Backfill: what a reader of history asks for first in a guild that another node hosts: its past
// comes when somebody looks at it. Implemented by node/peering; called on any shard, which is named
// for the way back.

#include "node/base/shard.h"
#include "node/base/task.h"
#include "node/store/tables/messages.h"

namespace guildhall::services {

class Backfill {
  public:
    virtual ~Backfill() = default;

    /// Returns when the page can be read from the store as well as it ever will be: at once where
    /// nothing is missing, after a few seconds where nobody who has it answers.
    virtual base::Task<void> ensure(base::Shard& here,
                                    protocol::ChannelId channel,
                                    store::messages::Page page) = 0;
    /// The whole channel: pinned messages may be anywhere. What takes longer comes afterwards.
    virtual base::Task<void> ensure_all(base::Shard& here, protocol::ChannelId channel) = 0;
};

}  // namespace guildhall::services
