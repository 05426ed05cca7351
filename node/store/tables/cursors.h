#pragma once
// How far each peer has each log of the guilds that this node serves it: entries below `size` were
// acknowledged. A peer that was away for a month goes on there. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::store::cursors {

struct Cursor {
    std::string peer;
    protocol::GuildId guild;
    std::uint64_t log_id = 0;
    std::uint64_t size = 0;

    friend bool operator==(const Cursor&, const Cursor&) = default;
};

/// Also backwards: a peer that lost its data starts again.
Status put(Tx& tx, const Cursor& cursor);
/// Ascending by guild and log.
Result<std::vector<Cursor>> of_peer(Tx& tx, std::string_view peer);
/// Ascending by peer and log.
Result<std::vector<Cursor>> of_guild(Tx& tx, protocol::GuildId guild);
/// Whether the peer lacks an entry of the control log, the admin log or a channel that still is.
Result<bool> is_behind(Tx& tx, std::string_view peer, protocol::GuildId guild);
/// Bodies of the channels' entries of one kind that the peer did not acknowledge, by time, at most
/// `limit`; those that were dropped are left out.
Result<std::vector<std::string>> bodies_beyond(
    Tx& tx, std::string_view peer, protocol::GuildId guild, std::uint16_t kind, unsigned limit);
/// The peer has no member there any more, or may not see the log.
Status forget(Tx& tx, std::string_view peer, protocol::GuildId guild);
Status forget(Tx& tx, std::string_view peer, protocol::GuildId guild, std::uint64_t log_id);

}  // namespace guildhall::store::cursors
