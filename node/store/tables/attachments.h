#pragma once
// Attached files as messages refer to them; rows are written by projections. Synchronous, inside a
// Tx.

#include "node/store/db.h"

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::store::attachments {

/// The content hash of an attachment that a message still has.
Result<std::optional<std::string>> hash_of(Tx& tx,
                                           protocol::ChannelId channel,
                                           protocol::AttachmentId id);
/// Whether any message still has a file of that content.
Result<bool> is_used(Tx& tx, std::string_view hash);

}  // namespace guildhall::store::attachments
