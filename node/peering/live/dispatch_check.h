#pragma once
// What a host may tell one user of another node beside the log: an interaction to the bot that it
// is for, what became of it to who began it, and messages that say that nobody else sees them. A
// host speaks for its guild alone, and for no user but the guild's bots.
//
// Pure; any thread.

#include "protocol/guild_state.h"

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace guildhall::peering {

struct ToldUser {
    const protocol::GuildState& guild;
    /// A member, of this node.
    const protocol::Member& user;
};

/// Names of dispatches that a host may send; what is kept of a name points into this.
std::span<const std::string_view> dispatch_names();

/// What is wrong with it; empty: nothing. Its token is looked at elsewhere.
std::string_view fault_of_dispatch(std::string_view name,
                                   const boost::json::object& body,
                                   const ToldUser& to);

}  // namespace guildhall::peering
