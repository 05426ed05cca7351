#pragma once
// Interaction tokens: what a bot answers an interaction with. Stateless: the token says which
// interaction it is for and carries the node's HMAC over that, so any shard can tell a true one and
// where it belongs. URL-safe text. Pure; any thread.
//
// Where the bot's home is another node than the guild's host, the bot's calls become commands,
// which stand in the guild's log for every mirror to read. So what is in a command must be worth
// nothing to others: the host makes a ticket that it takes from that home's commands alone; the
// home wraps it, with a MAC of its own, into the token that its bot sees, and unwraps it for the
// command.

#include "protocol/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::services {

/// What a token names.
struct InteractionRef {
    protocol::InteractionId id;
    protocol::ApplicationId application;
    protocol::GuildId guild;
    protocol::ChannelId channel;
    protocol::UserId user;

    friend bool operator==(const InteractionRef&, const InteractionRef&) = default;
};

std::string make_interaction_token(std::string_view key, const InteractionRef& ref);
/// Nothing for what this node did not make.
std::optional<InteractionRef> read_interaction_token(std::string_view key, std::string_view token);

/// By the host, for the home node of the interaction's bot.
std::string make_interaction_ticket(std::string_view key,
                                    const InteractionRef& ref,
                                    std::string_view home_uid);
std::optional<InteractionRef> read_interaction_ticket(std::string_view key,
                                                      std::string_view ticket,
                                                      std::string_view home_uid);

/// A host's ticket as the bot's home took it; not verified, for only the host can.
struct RemoteInteraction {
    InteractionRef ref;
    std::string ticket;
};
/// By the home, with its own key; nothing for what is no ticket.
std::optional<std::string> wrap_interaction_ticket(std::string_view key, std::string_view ticket);
/// Nothing for what this node did not wrap.
std::optional<RemoteInteraction> unwrap_interaction_token(std::string_view key,
                                                          std::string_view token);

}  // namespace guildhall::services
