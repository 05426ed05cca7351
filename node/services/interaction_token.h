#pragma once
// Interaction tokens: what a bot answers an interaction with. Stateless: the token says which
// interaction it is for and carries the node's HMAC over that, so any shard can tell a true one and
// where it belongs. URL-safe text. Pure; any thread.

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

}  // namespace guildhall::services
