#include "protocol/api/command.h"

#include "protocol/json/codec.h"
#include "protocol/utf8.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace guildhall::protocol::api {

namespace json = boost::json;

namespace {

using Options = List<CommandOption, limits::kCommandOptionsMax>;

/// Locales of the API's clients.
constexpr std::string_view kLocales[] = {
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu",
    "nl", "no", "pl", "pt-BR", "ro",    "fi",    "sv-SE",  "vi", "tr", "cs", "el", "bg",
    "ru", "uk", "hi", "th",    "zh-CN", "ja",    "zh-TW",  "ko", "ar", "he"};

bool is_container(CommandOptionType type) {
    return type == CommandOptionType::subcommand || type == CommandOptionType::subcommand_group;
}
bool takes_choices(CommandOptionType type) {
    return type == CommandOptionType::string || type == CommandOptionType::integer ||
           type == CommandOptionType::number;
}
bool is_numeric(CommandOptionType type) {
    return type == CommandOptionType::integer || type == CommandOptionType::number;
}

void check_name(const std::string& name, FormErrors& errors) {
    if (is_valid_command_name(name)) return;
    errors.add("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
}

void refuse(std::string_view field, bool used, FormErrors& errors) {
    if (!used) return;
    errors.add(field,
               "APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED",
               "This field is not allowed for this option type.");
}

void check_localizations(std::string_view field,
                         const std::optional<Localizations>& in,
                         std::size_t max,
                         FormErrors& errors) {
    if (!in) return;
    FormErrors::Scope scope(errors, field);
    for (const auto& [locale, text] : in->texts) {
        if (!text.empty() && fits(text, max)) continue;
        errors.add(locale,
                   "BASE_TYPE_BAD_LENGTH",
                   "Must be between 1 and " + std::to_string(max) + " in length.");
    }
}

/// Whether a choice's value is of its option's type, and in bounds.
bool fits_type(const json::value& value, CommandOptionType type) {
    if (type == CommandOptionType::string) {
        const auto* s = value.if_string();
        return s && fits({s->data(), s->size()}, limits::kChoiceValueMax);
    }
    if (type == CommandOptionType::number) return value.is_number();
    return value.is_int64();
}

void check_choices(const CommandOption& option, FormErrors& errors) {
    if (!option.choices) return;
    FormErrors::Scope scope(errors, "choices");
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < option.choices->size(); ++i) {
        const auto& choice = (*option.choices)[i];
        FormErrors::Scope item(errors, i);
        check_localizations(
            "name_localizations", choice.name_localizations, limits::kChoiceNameMax, errors);
        if (!fits_type(choice.value, option.type)) {
            errors.add("value", "APPLICATION_COMMAND_CHOICE_VALUE", "Choice value is invalid");
        }
        if (!names.insert(choice.name).second) {
            errors.add(
                "name", "APPLICATION_COMMAND_DUPLICATE_CHOICE", "Choice name is a duplicate");
        }
    }
}

void check_members(const CommandOption& option, FormErrors& errors) {
    auto type = option.type;
    refuse("choices", option.choices && !option.choices->empty() && !takes_choices(type), errors);
    refuse("autocomplete", option.autocomplete.value_or(false) && !takes_choices(type), errors);
    refuse("options", option.options && !option.options->empty() && !is_container(type), errors);
    refuse("channel_types", option.channel_types && type != CommandOptionType::channel, errors);
    refuse("min_value", option.min_value && !is_numeric(type), errors);
    refuse("max_value", option.max_value && !is_numeric(type), errors);
    refuse("min_length", option.min_length && type != CommandOptionType::string, errors);
    refuse("max_length", option.max_length && type != CommandOptionType::string, errors);
    if (option.min_value && option.max_value && *option.min_value > *option.max_value) {
        errors.add("min_value", "NUMBER_TYPE_MAX", "Must not be above max_value.");
    }
    if (option.min_length && option.max_length && *option.min_length > *option.max_length) {
        errors.add("min_length", "NUMBER_TYPE_MAX", "Must not be above max_length.");
    }
    if (option.autocomplete.value_or(false) && option.choices && !option.choices->empty()) {
        errors.add("choices",
                   "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
                   "Choices and autocomplete exclude each other.");
    }
}

/// `level` 0 is the command, 1 a group, 2 a subcommand: each holds less than the one above.
void check_nesting(CommandOptionType type, int level, bool siblings_nest, FormErrors& errors) {
    bool allowed = !is_container(type);
    if (type == CommandOptionType::subcommand) allowed = level <= 1;
    if (type == CommandOptionType::subcommand_group) allowed = level == 0;
    if (level == 1 && !is_container(type)) allowed = false;
    if (level == 0 && siblings_nest != is_container(type)) allowed = false;
    if (allowed) return;
    errors.add("type",
               "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
               "Sub-command and sub-command group option types are mutually exclusive to all "
               "other types");
}

void check_options(const std::optional<Options>& options, int level, FormErrors& errors) {
    if (!options) return;
    FormErrors::Scope scope(errors, "options");
    std::set<std::string_view> names;
    bool optional_seen = false;
    bool nest = std::ranges::any_of(*options, is_container, &CommandOption::type);
    for (std::size_t i = 0; i < options->size(); ++i) {
        const auto& option = (*options)[i];
        FormErrors::Scope item(errors, i);
        check_name(option.name, errors);
        check_nesting(option.type, level, nest, errors);
        check_members(option, errors);
        check_choices(option, errors);
        check_localizations(
            "name_localizations", option.name_localizations, limits::kCommandNameMax, errors);
        check_localizations("description_localizations",
                            option.description_localizations,
                            limits::kCommandDescriptionMax,
                            errors);
        if (!names.insert(option.name).second) {
            errors.add(
                "name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name is a duplicate");
        }
        bool required = option.required.value_or(false);
        if (required && optional_seen) {
            errors.add("required",
                       "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                       "Required options must be placed before non-required options");
        }
        optional_seen = optional_seen || !required;
        int below = option.type == CommandOptionType::subcommand_group ? 1 : 2;
        if (is_container(option.type)) check_options(option.options, below, errors);
    }
}

std::size_t longest(std::size_t own, const std::optional<Localizations>& others) {
    if (!others) return own;
    for (const auto& [locale, text] : others->texts) own = std::max(own, code_points(text));
    return own;
}

/// The characters that count towards kCommandTotalMax: the longest localisation of each text.
std::size_t total_length(const std::optional<Options>& options) {
    std::size_t sum = 0;
    if (!options) return sum;
    for (const auto& option : *options) {
        sum += longest(code_points(option.name), option.name_localizations);
        sum += longest(code_points(option.description), option.description_localizations);
        sum += total_length(option.options);
        if (!option.choices) continue;
        for (const auto& choice : *option.choices) {
            sum += longest(code_points(choice.name), choice.name_localizations);
            if (const auto* s = choice.value.if_string())
                sum += code_points({s->data(), s->size()});
        }
    }
    return sum;
}

std::size_t total_length(const CommandCreate& command) {
    std::string_view description;
    if (command.description) description = *command.description;
    return longest(code_points(command.name), command.name_localizations) +
           longest(code_points(description), command.description_localizations) +
           total_length(command.options);
}

/// Context-menu commands have a name and nothing else to show.
void check_context_menu(const CommandCreate& command, FormErrors& errors) {
    if (command.description && !command.description->empty()) {
        errors.add("description",
                   "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                   "Context menu commands cannot have description");
    }
    if (command.options && !command.options->empty()) {
        errors.add("options",
                   "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS",
                   "Context menu commands cannot have options");
    }
}

std::size_t commands_max(CommandType type) {
    switch (type) {
        case CommandType::chat_input:
            return limits::kChatCommandsMax;
        case CommandType::user:
            return limits::kUserCommandsMax;
        case CommandType::message:
            return limits::kMessageCommandsMax;
    }
    return 0;
}

/// Scripts, marks and letters pass; what is a sign, a picture or a space does not.
bool may_be_in_name(char32_t c) {
    if (c < 0x80) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '\'';
    }
    if (c <= 0xbf) return c == 0xaa || c == 0xb5 || c == 0xba;
    // Latin-1 capitals; their small forms are 0x20 above.
    if (c <= 0xde || c == 0xf7) return c == 0xdf;
    if (c >= 0x2000 && c <= 0x2bff) return false;
    if (c >= 0x3000 && c <= 0x3003) return false;
    if (c >= 0x3008 && c <= 0x3020) return false;
    if (c >= 0xd800 && c <= 0xf8ff) return false;
    return c < 0xfe00 || (c >= 0xff21 && c <= 0xffdc) || (c >= 0x10000 && c <= 0x1cfff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

}  // namespace

bool is_valid_command_name(std::string_view name) {
    if (name.empty() || !fits(name, limits::kCommandNameMax)) return false;
    for (std::size_t at = 0; at < name.size();) {
        if (!may_be_in_name(next_code_point(name, at))) return false;
    }
    return true;
}

void read_json(const json::value& in, Localizations& out, FormErrors& errors) {
    const auto* object = codec::read_object(in, errors);
    if (!object) return;
    for (const auto& member : *object) {
        std::string_view locale(member.key().data(), member.key().size());
        if (std::ranges::find(kLocales, locale) == std::end(kLocales)) {
            errors.add("BASE_TYPE_CHOICES", "A key is not a locale of the API.");
            continue;
        }
        if (member.value().is_null()) continue;
        FormErrors::Scope scope(errors, locale);
        codec::read_text(member.value(), out.texts[std::string(locale)], errors);
    }
}

json::value write_json(const Localizations& in) {
    json::object out;
    for (const auto& [locale, text] : in.texts) out.emplace(locale, text);
    return out;
}

void validate(CommandCreate& command, FormErrors& errors) {
    check_localizations(
        "name_localizations", command.name_localizations, limits::kCommandNameMax, errors);
    check_localizations("description_localizations",
                        command.description_localizations,
                        limits::kCommandDescriptionMax,
                        errors);
    if (command.kind() != CommandType::chat_input) return check_context_menu(command, errors);
    check_name(command.name, errors);
    if (!command.description || command.description->empty()) {
        errors.add("description", "BASE_TYPE_REQUIRED", "This field is required");
    }
    check_options(command.options, 0, errors);
    if (total_length(command) > limits::kCommandTotalMax) {
        errors.add(
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size (" + std::to_string(limits::kCommandTotalMax) + ")");
    }
}

void read_json(const json::value& in, CommandBulk& out, FormErrors& errors) {
    codec::read_items(in, 0, limits::kCommandsMax, out, errors);
    if (!errors.empty()) return;
    std::set<std::pair<CommandType, std::string_view>> names;
    std::map<CommandType, std::size_t> counts;
    for (std::size_t i = 0; i < out.size(); ++i) {
        FormErrors::Scope scope(errors, i);
        auto type = out[i].kind();
        if (!names.insert({type, out[i].name}).second) {
            errors.add("name",
                       "APPLICATION_COMMANDS_DUPLICATE_NAME",
                       "Application command names must be unique");
        }
        if (++counts[type] == commands_max(type) + 1) {
            errors.add("type",
                       "APPLICATION_COMMANDS_LIMIT",
                       "Maximum number of application commands of this type reached");
        }
    }
}

std::string canonical_command(const CommandCreate& command) {
    auto full = command;
    full.type = command.kind();
    if (!full.description) full.description.emplace();
    full.default_member_permissions.present = true;
    return json::serialize(codec::write_members(full));
}

Result<CommandCreate> parse_command(std::string_view canonical) {
    return decode_text<CommandCreate>(canonical);
}

Result<CommandCreate> patch_command(std::string_view canonical, const json::value& patch) {
    TRY(auto stored, parse_json(canonical));
    const auto* over = patch.if_object();
    if (!over || !stored.is_object()) {
        return make_field_error(
            "", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
    }
    for (const auto& member : *over) {
        // A command's type is for ever.
        if (member.key() != "type") stored.get_object()[member.key()] = member.value();
    }
    return decode<CommandCreate>(stored);
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::CommandCreate);
GUILDHALL_DECODER(guildhall::protocol::api::CommandBulk);
