#pragma once
// project() for channel logs with holes: whatever the order in which holes are filled, the rows are
// those that the same entries give in the order of the log. What an entry takes away from a message
// that is not held yet (a deletion, a removed reaction, a pin) is kept in `patches` until the log
// has no hole. Synchronous, inside a Tx.

#include "federation/entry.h"
#include "node/store/db.h"
#include "node/store/tables/log_key.h"
#include "protocol/event.h"

namespace guildhall::store {

/// An entry of a channel's log, already inserted. Its body is dropped again where a later entry
/// that is held took it away. An entry without a body changes nothing here.
Status project_partial(Tx& tx, const federation::EntryHeader& header, const protocol::Event& event);

/// When the last hole was filled.
Status forget_patches(Tx& tx, LogKey log);

}  // namespace guildhall::store
