#pragma once
// How people come into a guild and leave it, whichever verb brings it about: an invite, a bot's
// authorisation, leaving, a kick, a ban. Pure but for the View; the guild's shard.

#include "federation/bytes.h"
#include "node/journal/view.h"
#include "protocol/event.h"
#include "protocol/guild_state.h"
#include "protocol/result.h"

#include <vector>

namespace guildhall::services {

/// Whether the user may become a member: not banned (40007), not in too many guilds (30001). The
/// latter is counted in the committed view, so two joins at the same instant may both pass.
protocol::Status check_may_join(const journal::View& view,
                                const protocol::GuildState& guild,
                                protocol::UserId user);
protocol::Status check_guild_count(const journal::View& view, protocol::UserId user);

/// Whether age or use has ended the invite.
bool has_ended(const protocol::Invite& invite, protocol::UnixMs now);

/// A member from now on, without roles: of the node on which the guild began.
protocol::Member new_member(const protocol::User& user, protocol::UnixMs now);
/// The same in a guild that goes on, of any node; `node_uid` is the home of users who name none.
protocol::Member new_member(const protocol::GuildState& guild,
                            const protocol::User& user,
                            const federation::Hash32& node_uid,
                            protocol::UnixMs now);

/// The end of a membership. A bot's managed role and its commands in the guild go with it.
std::vector<protocol::Event> departure(const protocol::GuildState& guild,
                                       protocol::UserId user,
                                       protocol::LeaveCause cause,
                                       protocol::UserId by);

/// The message that tells of a new member, when the guild wants one; `id` is a new id.
std::vector<protocol::Event> join_message(const protocol::GuildState& guild,
                                          protocol::UserId user,
                                          protocol::MessageId id);

}  // namespace guildhall::services
