#pragma once
// What keeps an author's word beside the edits of others. An edit that changes only flags (a
// moderator hides embeds) repeats a message in the host's words alone: the entry in which its
// author said it keeps its body and command then, so that every mirror can hold the edit against
// them. It goes when the author says something else, or the message goes. Kept in `patches`, also
// for logs without holes. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "node/store/tables/log_key.h"
#include "protocol/ids.h"
#include "protocol/model.h"

#include <cstdint>
#include <optional>

namespace guildhall::store::said {

/// `patches.kind` of such a row, whose seq is the entry's; the others are in project_partial.cpp.
inline constexpr int kPatchKind = 4;

/// Whether the entry at `seq` of the channel's log, a creation or an edit with its body, is the
/// message in everything but flags.
Result<bool> is_repeated(Tx& tx, std::uint64_t seq, const protocol::Message& message);

/// The entry that was kept for a message.
Result<std::optional<std::uint64_t>> find(Tx& tx,
                                          protocol::ChannelId channel,
                                          protocol::MessageId message);
/// Of two entries that say the same the earlier one stays; the other's body goes.
Status keep(Tx& tx, protocol::ChannelId channel, protocol::MessageId message, std::uint64_t seq);
/// The kept body goes.
Status drop(Tx& tx, protocol::ChannelId channel, protocol::MessageId message);

}  // namespace guildhall::store::said
