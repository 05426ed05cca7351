#pragma once
// Access: one member's rights in one guild, the permission algorithm of permissions.h over a
// guild's state. The node asks it before a verb, federation when it re-runs what another node
// decided. Pure; any thread.

#include "protocol/guild_state.h"
#include "protocol/permissions.h"

namespace guildhall::protocol {

/// Computed once and asked for many channels. Borrows the state.
class Access {
  public:
    Access(const GuildState& guild, UserId user);

    bool is_member() const { return member_ != nullptr; }
    const Member* member() const { return member_; }
    /// Before any timeout.
    Permissions base() const { return base_; }
    /// In the guild as a whole; a member in timeout keeps little.
    Permissions in_guild(UnixMs now) const;
    Permissions in_channel(const Channel& channel, UnixMs now) const;
    /// VIEW_CHANNEL, which a timeout leaves.
    bool can_view(const Channel& channel) const;
    /// The member's highest role; below every role for who has none.
    RoleRank top_rank() const;

  private:
    const GuildState& guild_;
    const Member* member_;
    PermissionSubject subject_;
    Permissions base_;
};

}  // namespace guildhall::protocol
