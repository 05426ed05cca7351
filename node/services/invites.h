#pragma once
// The verbs of invites: making, accepting and revoking them. Codes are 48 random bits in base 62.
// Expired invites are collected when the guild's next invite is made or used. One instance per
// shard; each verb runs on the guild's shard.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "protocol/api/member.h"

#include <string>
#include <vector>

namespace guildhall::services {

/// An invite with the guild that it leads to.
struct FoundInvite {
    protocol::GuildSnapshot guild;
    protocol::Invite invite;
    /// After accept(): the user was no member before.
    bool new_member = false;
};

class Invites {
  public:
    explicit Invites(Context& ctx) : ctx_(ctx) {}

    /// Unless the request wants a unique one, an invite of the same kind that the actor made for
    /// the channel before is given again.
    Task<Result<FoundInvite>> create(const Actor& actor,
                                     protocol::GuildId guild,
                                     protocol::ChannelId channel,
                                     const protocol::api::InviteCreate& request);
    Task<Result<FoundInvite>> accept(const Actor& actor, const std::string& code);
    Task<Result<FoundInvite>> remove(const Actor& actor, const std::string& code);

    /// An invite that still leads somewhere: 10006 otherwise. On any shard.
    Result<FoundInvite> find(const std::string& code) const;
    /// All invites of the guild that have not ended, for who has MANAGE_GUILD; those of one
    /// channel, for who has MANAGE_CHANNELS there.
    Result<std::vector<FoundInvite>> of_guild(const Actor& actor, protocol::GuildId guild) const;
    Result<std::vector<FoundInvite>> of_channel(const Actor& actor,
                                                protocol::GuildId guild,
                                                protocol::ChannelId channel) const;

  private:
    std::string new_code();

    Context& ctx_;
};

}  // namespace guildhall::services
