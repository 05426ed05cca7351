#pragma once
// Invites as the API shows them: to who looks at one, to who manages them, and as dispatches. Pure;
// any thread.

#include "node/journal/view.h"
#include "node/services/present/guild.h"
#include "protocol/guild_state.h"
#include "protocol/json/writer.h"

#include <optional>

namespace guildhall::services {

struct InviteForm {
    /// Uses, age and the like: for who may manage the channel.
    bool metadata = false;
    std::optional<GuildCounts> counts;
    /// `new_member` of the answer to who accepted it; absent otherwise.
    std::optional<bool> new_member;
};

/// One invite object with its guild and channel.
void write_invite(protocol::JsonWriter& w,
                  const protocol::Invite& invite,
                  const protocol::GuildState& guild,
                  const journal::View& view,
                  const InviteForm& form);

/// Bodies of INVITE_CREATE and INVITE_DELETE.
void write_invite_created(protocol::JsonWriter& w,
                          const protocol::Invite& invite,
                          protocol::GuildId guild,
                          const journal::View& view);
void write_invite_deleted(protocol::JsonWriter& w,
                          std::string_view code,
                          protocol::ChannelId channel,
                          protocol::GuildId guild);

}  // namespace guildhall::services
