#pragma once
// Interactions: what a user sends when they run a command or press a button, and what the bot
// answers. Plain values; any thread.

#include "protocol/api/command.h"
#include "protocol/api/common.h"
#include "protocol/api/message.h"
#include "protocol/enums.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// One option as filled in; a subcommand holds its own options instead of a value.
struct InteractionOption {
    CommandOptionType type = CommandOptionType::string;
    CommandName name;
    /// Text, number or boolean; absent for subcommands.
    std::optional<boost::json::value> value;
    std::optional<List<InteractionOption, limits::kCommandOptionsMax>> options;
    /// Set on the option being typed, in autocompletion.
    std::optional<bool> focused;
};
BOOST_DESCRIBE_STRUCT(InteractionOption, (), (type, name, value, options, focused))

/// The `data` of all interaction types; validate(InteractionCreate) says which members each needs.
struct InteractionData {
    // Commands and autocompletion.
    std::optional<CommandId> id;
    std::optional<CommandName> name;
    std::optional<CommandType> type;
    std::optional<Snowflake> version;
    std::optional<GuildId> guild_id;
    std::optional<List<InteractionOption, limits::kCommandOptionsMax>> options;
    std::optional<Snowflake> target_id;
    // Components and modals.
    std::optional<Text<1, limits::kCustomIdMax>> custom_id;
    std::optional<ComponentType> component_type;
    std::optional<List<Text<0, limits::kSelectOptionTextMax>, limits::kSelectOptionsMax>> values;
    std::optional<boost::json::value> components;
};
BOOST_DESCRIBE_STRUCT(InteractionData,
                      (),
                      (id,
                       name,
                       type,
                       version,
                       guild_id,
                       options,
                       target_id,
                       custom_id,
                       component_type,
                       values,
                       components))

/// POST /interactions, by users.
struct InteractionCreate {
    InteractionType type = InteractionType::application_command;
    ApplicationId application_id;
    std::optional<GuildId> guild_id;
    ChannelId channel_id;
    std::optional<MessageId> message_id;
    std::optional<Text<0, 128>> session_id;
    std::optional<Nonce> nonce;
    InteractionData data;
};
BOOST_DESCRIBE_STRUCT(
    InteractionCreate,
    (),
    (type, application_id, guild_id, channel_id, message_id, session_id, nonce, data))
void validate(InteractionCreate& request, FormErrors& errors);

/// The options as JSON text, as INTERACTION_CREATE carries them; empty for none.
std::string canonical_options(const InteractionData& data);

/// Answer to autocompletion.
struct AutocompleteResult {
    List<CommandChoice, limits::kCommandChoicesMax> choices;
};
BOOST_DESCRIBE_STRUCT(AutocompleteResult, (), (choices))
std::string canonical_choices(const AutocompleteResult& result);

/// A form the bot wants filled in.
struct Modal {
    Text<1, limits::kCustomIdMax> custom_id;
    Name<1, limits::kModalTitleMax> title;
    boost::json::value components;

    /// Canonical JSON of the component tree. Set by validate().
    std::string components_text;
};
BOOST_DESCRIBE_STRUCT(Modal, (), (custom_id, title, components))
void validate(Modal& modal, FormErrors& errors);

/// POST /interactions/{id}/{token}/callback, by bots. Of the three only the one that `type` asks
/// for is set: `message` for 4 and 7 (and for 5 when it names flags), `choices` for 8, `modal` for
/// 9.
struct InteractionCallback {
    InteractionCallbackType type = InteractionCallbackType::pong;
    std::optional<WebhookMessage> message;
    std::optional<AutocompleteResult> choices;
    std::optional<Modal> modal;
};
void read_json(const boost::json::value& in, InteractionCallback& out, FormErrors& errors);

}  // namespace guildhall::protocol::api
