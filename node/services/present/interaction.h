#pragma once
// Interactions as the gateway tells them: the whole to the bot, a nod to its user; and what a
// callback answers. Pure; any thread.

#include "node/services/command_options.h"
#include "node/services/interaction_token.h"
#include "node/services/links.h"
#include "protocol/api/interaction.h"
#include "protocol/guild_state.h"
#include "protocol/json/writer.h"

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::services {

/// What an interaction's data names, and where and when it came.
struct ToResolve {
    const Named& named;
    protocol::ChannelId channel;
    protocol::UnixMs now;
    /// The one that a command is about.
    const protocol::Message* message = nullptr;
};

/// `resolved` of an interaction's data; nothing is written when it names nothing.
void write_resolved(protocol::JsonWriter& w,
                    const Place& place,
                    const ToResolve& what,
                    const Links& links);

/// What INTERACTION_CREATE tells the bot.
struct ToldInteraction {
    InteractionRef ref;
    protocol::InteractionType type = protocol::InteractionType::application_command;
    std::string_view token, data;
    /// JSON of the message that a component is on; empty: none.
    std::string_view message;
};
std::string interaction_body(const ToldInteraction& told, const Place& place, protocol::UnixMs now);

/// {id, nonce}: INTERACTION_CREATE to the user; INTERACTION_SUCCESS and, with a reason,
/// INTERACTION_FAILURE.
std::string interaction_nod(protocol::InteractionId id,
                            std::string_view nonce_json,
                            std::optional<int> reason = {});

/// APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE and INTERACTION_MODAL_CREATE.
std::string choices_body(std::string_view choices, std::string_view nonce_json);
std::string modal_body(const InteractionRef& ref,
                       const protocol::api::Modal& modal,
                       std::string_view nonce_json,
                       const journal::View& view);

/// InteractionCallbackResponse.
struct CallbackOutcome {
    InteractionRef ref;
    protocol::InteractionType type = protocol::InteractionType::application_command;
    protocol::InteractionCallbackType callback = protocol::InteractionCallbackType::pong;
    /// The message that is now the original; 0: none.
    protocol::MessageId message;
    bool loading = false, ephemeral = false;
    /// JSON of the message; empty where the callback made or changed none.
    std::string message_json;
};
void write_callback_outcome(protocol::JsonWriter& w, const CallbackOutcome& outcome);

}  // namespace guildhall::services
