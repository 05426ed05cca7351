#pragma once
// Application commands: their definition with the tree of options, and the canonical text that is
// stored. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/enums.h"
#include "protocol/permissions.h"
#include "protocol/result.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// Texts by locale, of which a client shows its own.
struct Localizations {
    std::map<std::string, std::string, std::less<>> texts;
};
void read_json(const boost::json::value& in, Localizations& out, FormErrors& errors);
boost::json::value write_json(const Localizations& in);

using CommandName = Name<1, limits::kCommandNameMax>;

/// A value to pick from; its type is the option's.
struct CommandChoice {
    Name<1, limits::kChoiceNameMax> name;
    std::optional<Localizations> name_localizations;
    boost::json::value value;
};
BOOST_DESCRIBE_STRUCT(CommandChoice, (), (name, name_localizations, value))

struct CommandOption {
    CommandOptionType type = CommandOptionType::string;
    CommandName name;
    std::optional<Localizations> name_localizations;
    Name<1, limits::kCommandDescriptionMax> description;
    std::optional<Localizations> description_localizations;
    std::optional<bool> required;
    std::optional<List<CommandChoice, limits::kCommandChoicesMax>> choices;
    std::optional<List<CommandOption, limits::kCommandOptionsMax>> options;
    std::optional<List<ChannelType, 16>> channel_types;
    std::optional<double> min_value;
    std::optional<double> max_value;
    std::optional<Int<0, limits::kOptionLengthMax>> min_length;
    std::optional<Int<1, limits::kOptionLengthMax>> max_length;
    std::optional<bool> autocomplete;
};
BOOST_DESCRIBE_STRUCT(CommandOption,
                      (),
                      (type,
                       name,
                       name_localizations,
                       description,
                       description_localizations,
                       required,
                       choices,
                       options,
                       channel_types,
                       min_value,
                       max_value,
                       min_length,
                       max_length,
                       autocomplete))

/// POST of a command, and one item of PUT.
struct CommandCreate {
    std::optional<CommandType> type;
    CommandName name;
    std::optional<Localizations> name_localizations;
    std::optional<Name<0, limits::kCommandDescriptionMax>> description;
    std::optional<Localizations> description_localizations;
    std::optional<List<CommandOption, limits::kCommandOptionsMax>> options;
    Field<Permissions> default_member_permissions;
    std::optional<bool> dm_permission;
    std::optional<bool> default_permission;
    std::optional<bool> nsfw;
    std::optional<List<Int<0, 1>, 2>> integration_types;
    std::optional<List<Int<0, 2>, 3>> contexts;

    CommandType kind() const { return type.value_or(CommandType::chat_input); }
};
BOOST_DESCRIBE_STRUCT(CommandCreate,
                      (),
                      (type,
                       name,
                       name_localizations,
                       description,
                       description_localizations,
                       options,
                       default_member_permissions,
                       dm_permission,
                       default_permission,
                       nsfw,
                       integration_types,
                       contexts))
/// Names, the shape of the option tree, what each option type allows, 8,000 characters in all.
void validate(CommandCreate& command, FormErrors& errors);

/// PUT of all commands of a scope: at most so many of each type, names unique per type.
struct CommandBulk : List<CommandCreate, limits::kCommandsMax> {};
void read_json(const boost::json::value& in, CommandBulk& out, FormErrors& errors);

/// The stored definition: validated, without ids, members in one order.
std::string canonical_command(const CommandCreate& command);
/// The command of a stored definition.
Result<CommandCreate> parse_command(std::string_view canonical);
/// PATCH: the stored definition with the members of `patch` over it, validated anew.
Result<CommandCreate> patch_command(std::string_view canonical, const boost::json::value& patch);

/// Whether a name may be a chat command's or option's: letters, digits, `-`, `_`, `'`, no capitals.
bool is_valid_command_name(std::string_view name);

}  // namespace guildhall::protocol::api
