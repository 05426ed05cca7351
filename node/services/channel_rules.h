#pragma once
// What makes a channel legal, apart from who asks: the values of each type's fields, categories and
// their limits, overwrites and who may change them. Shared by creating and editing channels and by
// the creation of guilds. Pure functions; any thread.

#include "node/services/permission.h"
#include "protocol/api/channel.h"

#include <string_view>
#include <vector>

namespace guildhall::services {

/// A channel as the request describes it, with the defaults of its type. `position` and `parentId`
/// are the request's; overwrites are sorted.
protocol::Channel new_channel(ChannelId id, const protocol::api::ChannelCreate& request);

/// The bounds that depend on the type: user limits and topics.
protocol::Status check_channel(const protocol::Channel& channel);

/// Whether `channel` may stand in the category `parent`; `guild` is as it was before.
protocol::Status check_parent(const GuildState& guild,
                              const protocol::Channel& channel,
                              ChannelId parent);

/// Behind the last of the channels it is listed with.
std::int32_t next_position(const GuildState& guild, protocol::ChannelType type);

/// Sorts by id, which makes equal sets equal lists.
void sort_overwrites(std::vector<protocol::Overwrite>& overwrites);

/// Whether the actor may replace `before` by `after` in a channel in which they have `channel` and,
/// in the guild, `guild` permissions: every bit that comes or goes must be theirs, and MANAGE_ROLES
/// theirs in the guild, so that a channel's right to hand out rights does not spread.
bool may_change_overwrites(Permissions guild,
                           Permissions channel,
                           const std::vector<protocol::Overwrite>& before,
                           const std::vector<protocol::Overwrite>& after);

/// Every overwrite must name a role of the guild or be a member's: 10009 otherwise.
protocol::Status check_overwrites(const GuildState& guild,
                                  const std::vector<protocol::Overwrite>& overwrites);

}  // namespace guildhall::services
