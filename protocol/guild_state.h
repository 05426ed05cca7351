#pragma once
// GuildState: all of a guild that decisions, permissions and READY need, without message history.
// It changes only by apply(), the same on a host, a mirror and a rebuild. Copies share structure
// (persistent_map.h), so a state is handed between shards as an immutable snapshot.

#include "protocol/event.h"
#include "protocol/model.h"
#include "protocol/persistent_map.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::protocol {

struct GuildState {
    Guild guild;
    PersistentMap<RoleId, Role> roles;
    PersistentMap<ChannelId, Channel> channels;
    PersistentMap<UserId, Member> members;
    PersistentMap<UserId, Ban> bans;
    PersistentMap<std::string, Invite> invites;
    PersistentMap<ApplicationId, std::vector<Command>> commands;
    Hosting hosting;
    /// By uid: what commands in this guild are verified with.
    PersistentMap<std::string, Identity> identities;
    /// By node uid.
    PersistentMap<std::string, NodeBan> node_bans;
    /// Entries in the control log so far: the control_seq under which the next decision is made.
    std::uint64_t control_size = 0;
    bool deleted = false;

    const Role* everyone() const { return roles.find(id_cast<RoleId>(guild.id)); }
    bool is_owner(UserId user) const { return guild.ownerId == user; }

    friend bool operator==(const GuildState&, const GuildState&) = default;
};

/// The uid of the node where a member's account lives.
inline const std::string& home_of(const GuildState& state, const Member& member) {
    return member.homeUid.empty() ? state.hosting.firstHostUid : member.homeUid;
}

/// The hosting that a guild begins with. What it says of the host stands in the signed genesis.
Hosting first_hosting(const GuildCreated& event);

/// What a log says after the event; `apply()` and the projections share these.
void change_hosting(Hosting& hosting, const HostingChanged& event);
void change_hosting(Hosting& hosting, const HostingPolicySet& event);
/// `known`: null when the uid is new.
Identity grown_identity(const Identity* known, const IdentityAdded& event);

/// An immutable state shared by the shards; shared_ptr because its last reader may be any of them.
using GuildSnapshot = std::shared_ptr<const GuildState>;

/// Makes `state` what it is after `event`. Pure: no clock, no I/O. Events of a channel's log change
/// nothing here.
void apply(GuildState& state, const Event& event);

}  // namespace guildhall::protocol
