#pragma once
// Visibility: who is told of which dispatch, as one table: the intents that ask for it and the
// scope that may see it. Pure; any thread.

#include "protocol/event.h"
#include "protocol/guild_state.h"

#include <cstdint>
#include <string_view>

namespace guildhall::gateway {

enum class Scope : std::uint8_t {
    /// Every session in the guild.
    guild,
    /// Who can see the event's channel.
    channel,
    /// Who may manage the event's channel.
    channel_managers,
    /// Who may ban or read the audit log.
    moderators,
};

struct Rule {
    std::string_view name;
    /// Any of them; 0: everybody.
    std::uint32_t intents;
    Scope scope;
    /// The member whom the event is about is told without the intent.
    bool own_always = false;
};

/// The row of a dispatch; one without intents and of the whole guild for what has none.
const Rule& rule_of(std::string_view name);

/// The channel an event happened in; 0 for one of the guild as a whole.
protocol::ChannelId channel_of(const protocol::Event& event);
/// The member a member event is about; 0 otherwise.
protocol::UserId subject_of(const protocol::Event& event);

/// Whether the guild's rights let a user be told, whatever the intents are.
bool may_see_scope(protocol::UserId user,
                   Scope scope,
                   protocol::ChannelId channel,
                   const protocol::GuildState& state);

}  // namespace guildhall::gateway
