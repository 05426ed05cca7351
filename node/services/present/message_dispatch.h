#pragma once
// What the events of a channel's log tell sessions: one function for each kind, called by
// presenter.cpp. Each appends to `entry.dispatches`; on the guild's shard, once per event.

#include "node/journal/committed.h"
#include "node/journal/view.h"
#include "node/services/links.h"

namespace guildhall::services {

void present_message(journal::Committed& entry,
                     const protocol::MessageCreated& event,
                     const journal::View& view,
                     const Links& links);
void present_message(journal::Committed& entry,
                     const protocol::MessageEdited& event,
                     const journal::View& view,
                     const Links& links);
void present_message(journal::Committed& entry,
                     const protocol::MessagesDeleted& event,
                     const journal::View& view,
                     const Links& links);
void present_message(journal::Committed& entry,
                     const protocol::ReactionAdded& event,
                     const journal::View& view,
                     const Links& links);
void present_message(journal::Committed& entry,
                     const protocol::ReactionRemoved& event,
                     const journal::View& view,
                     const Links& links);
void present_message(journal::Committed& entry,
                     const protocol::ReactionsCleared& event,
                     const journal::View& view,
                     const Links& links);
void present_message(journal::Committed& entry,
                     const protocol::PinChanged& event,
                     const journal::View& view,
                     const Links& links);

}  // namespace guildhall::services
