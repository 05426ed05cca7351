#pragma once
// The message half of project(): messages, reactions, attachments, pins. Used by project.cpp alone.

#include "federation/entry.h"
#include "node/store/db.h"
#include "protocol/event.h"

namespace guildhall::store {

Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::MessageCreated& event);
Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::MessageEdited& event);
Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::MessagesDeleted& event);
Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::ReactionAdded& event);
Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::ReactionRemoved& event);
Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::ReactionsCleared& event);
Status project_message(Tx& tx,
                       const federation::EntryHeader& header,
                       const protocol::PinChanged& event);

}  // namespace guildhall::store
