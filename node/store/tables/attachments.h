#pragma once
// Attached files: as messages refer to them, which projections write, and loose ones, which belong
// to no message (an ephemeral answer's, a command's) and end by age. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::store::attachments {

/// How long a loose file can be fetched: as long as an address of it (services/links.h).
inline constexpr protocol::UnixMs kLooseMs = 24LL * 3600 * 1000;

/// Keeps the files for kLooseMs, and forgets those whose time is over.
Status put_loose(Tx& tx,
                 protocol::ChannelId channel,
                 const std::vector<protocol::Attachment>& files,
                 protocol::UnixMs now_ms);

/// The content hash of a loose file or of an attachment that a message still has.
Result<std::optional<std::string>> hash_of(Tx& tx,
                                           protocol::ChannelId channel,
                                           protocol::AttachmentId id);
/// Whether a message of the channel, or a loose file there, has that content.
Result<bool> is_in(Tx& tx, protocol::ChannelId channel, std::string_view hash);
/// The contents of all files that messages of the channel have, each once.
Result<std::vector<std::string>> hashes_in(Tx& tx, protocol::ChannelId channel);
/// The same of all channels of a guild.
Result<std::vector<std::string>> hashes_of_guild(Tx& tx, protocol::GuildId guild);
/// Whether there still is a file of that content.
Result<bool> is_used(Tx& tx, std::string_view hash);

}  // namespace guildhall::store::attachments
