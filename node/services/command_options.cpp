#include "node/services/command_options.h"

#include "node/services/permission.h"
#include "protocol/errors.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace guildhall::services {

namespace api = protocol::api;
using protocol::CommandOptionType;
using protocol::FormErrors;

namespace {

using Definitions = protocol::List<api::CommandOption, protocol::limits::kCommandOptionsMax>;
using Choices = protocol::List<api::CommandChoice, protocol::limits::kCommandChoicesMax>;
using Given = protocol::List<api::InteractionOption, protocol::limits::kCommandOptionsMax>;

template <class T>
void add_once(std::vector<T>& list, T id) {
    if (std::ranges::find(list, id) == list.end()) list.push_back(id);
}

std::string_view text_of(const boost::json::value& value) {
    const auto* text = value.if_string();
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

bool is_container(CommandOptionType type) {
    return type == CommandOptionType::subcommand || type == CommandOptionType::subcommand_group;
}

/// One walk over what was filled in.
class Checker {
  public:
    Checker(const Place& place, bool typing, Named& named)
        : place_(place), typing_(typing), named_(named) {}

    void check(const std::optional<Definitions>& definitions, const std::optional<Given>& given);
    FormErrors& errors() { return errors_; }
    unsigned focused() const { return focused_; }

  private:
    void check_one(const api::CommandOption& definition, const api::InteractionOption& option);
    void check_required(const Definitions& definitions, const Given& given);
    void check_value(const api::CommandOption& definition, const boost::json::value& value);
    void check_text(const api::CommandOption& definition, const boost::json::value& value);
    void check_number(const api::CommandOption& definition, const boost::json::value& value);
    void check_channel(const api::CommandOption& definition, const boost::json::value& value);
    void check_choice(const Choices& choices, const boost::json::value& value);
    void check_file(const boost::json::value& value);

    void refuse(std::string_view what) {
        errors_.add("value", "APPLICATION_COMMAND_OPTION_VALUE_INVALID", std::string(what));
    }

    const Place& place_;
    const bool typing_;
    Named& named_;
    FormErrors errors_;
    unsigned focused_ = 0;
};

void Checker::check(const std::optional<Definitions>& definitions,
                    const std::optional<Given>& given) {
    static const Definitions kNoDefinitions;
    static const Given kNone;
    const Definitions& known = definitions ? *definitions : kNoDefinitions;
    const Given& options = given ? *given : kNone;
    FormErrors::Scope scope(errors_, "options");
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const api::InteractionOption& option = options[i];
        FormErrors::Scope item(errors_, i);
        const auto at = std::ranges::find_if(known, [&](const api::CommandOption& d) {
            return d.name == option.name && d.type == option.type;
        });
        if (at == known.end() || !seen.insert(option.name).second) {
            errors_.add("name", "APPLICATION_COMMAND_OPTION_UNKNOWN", "Unknown option.");
        } else {
            check_one(*at, option);
        }
    }
    check_required(known, options);
}

void Checker::check_required(const Definitions& definitions, const Given& given) {
    const bool nests = std::ranges::any_of(definitions, is_container, &api::CommandOption::type);
    if (nests && given.size() != 1)
        errors_.add("BASE_TYPE_REQUIRED", "Exactly one subcommand is required.");
    if (nests || typing_) return;
    for (const api::CommandOption& definition : definitions) {
        const bool there = std::ranges::any_of(given, [&](const api::InteractionOption& option) {
            return option.name == definition.name;
        });
        if (definition.required.value_or(false) && !there)
            errors_.add(definition.name, "BASE_TYPE_REQUIRED", "This option is required");
    }
}

void Checker::check_one(const api::CommandOption& definition,
                        const api::InteractionOption& option) {
    if (is_container(definition.type)) return check(definition.options, option.options);
    if (!option.value) return errors_.add("value", "BASE_TYPE_REQUIRED", "This field is required");
    if (!option.focused.value_or(false)) return check_value(definition, *option.value);
    ++focused_;
    if (!typing_ || !definition.autocomplete.value_or(false))
        errors_.add("focused",
                    "APPLICATION_COMMAND_OPTION_NO_AUTOCOMPLETE",
                    "This option has no autocompletion.");
}

void Checker::check_value(const api::CommandOption& definition, const boost::json::value& value) {
    switch (definition.type) {
        case CommandOptionType::string:
            check_text(definition, value);
            break;
        case CommandOptionType::integer:
        case CommandOptionType::number:
            check_number(definition, value);
            break;
        case CommandOptionType::boolean:
            if (!value.is_bool()) refuse("Must be either true or false.");
            break;
        case CommandOptionType::user:
            if (!name_user(place_, text_of(value), named_)) refuse("Unknown user.");
            break;
        case CommandOptionType::role:
            if (!name_role(place_, text_of(value), named_)) refuse("Unknown role.");
            break;
        case CommandOptionType::mentionable:
            if (!name_role(place_, text_of(value), named_) &&
                !name_user(place_, text_of(value), named_))
                refuse("Neither a user nor a role.");
            break;
        case CommandOptionType::channel:
            check_channel(definition, value);
            break;
        case CommandOptionType::attachment:
            // What has been attached so far comes with the command, not with each letter.
            if (!typing_) check_file(value);
            break;
        case CommandOptionType::subcommand:
        case CommandOptionType::subcommand_group:
            break;
    }
    if (definition.choices && !definition.choices->empty()) {
        check_choice(*definition.choices, value);
    }
}

void Checker::check_text(const api::CommandOption& definition, const boost::json::value& value) {
    if (!value.is_string()) return refuse("Must be a string.");
    const auto length = static_cast<std::int64_t>(protocol::code_points(text_of(value)));
    const std::int64_t least = definition.min_length ? definition.min_length->value : 0;
    const std::int64_t most =
        definition.max_length ? definition.max_length->value : protocol::limits::kOptionLengthMax;
    if (length < least || length > most)
        refuse("Must be between " + std::to_string(least) + " and " + std::to_string(most) +
               " in length.");
}

void Checker::check_number(const api::CommandOption& definition, const boost::json::value& value) {
    if (!value.is_number()) return refuse("Must be a number.");
    const double n = value.to_number<double>();
    // What JavaScript can count with.
    constexpr double kWhole = 9007199254740991.0;
    const bool whole = definition.type == CommandOptionType::integer;
    if (whole && (!value.is_int64() || std::abs(n) > kWhole)) return refuse("Must be an integer.");
    if (definition.min_value && n < *definition.min_value) refuse("Below the least value.");
    if (definition.max_value && n > *definition.max_value) refuse("Above the greatest value.");
}

void Checker::check_channel(const api::CommandOption& definition, const boost::json::value& value) {
    const protocol::Channel* channel = name_channel(place_, text_of(value), named_);
    if (!channel) return refuse("Unknown channel.");
    if (!definition.channel_types || definition.channel_types->empty()) return;
    const auto& types = *definition.channel_types;
    if (std::ranges::find(types, channel->type) == types.end())
        refuse("Not a channel of a type that this option takes.");
}

void Checker::check_file(const boost::json::value& value) {
    const OfferedFile* offered = find_file(place_, value);
    if (!offered) return refuse("No such file came with the command.");
    named_.files.push_back(offered->file);
}

void Checker::check_choice(const Choices& choices, const boost::json::value& value) {
    const bool listed = std::ranges::any_of(choices, [&](const api::CommandChoice& c) {
        if (c.value.is_number() && value.is_number())
            return c.value.to_number<double>() == value.to_number<double>();
        return c.value == value;
    });
    if (!listed) refuse("Not one of the choices.");
}

}  // namespace

const OfferedFile* find_file(const Place& place, const boost::json::value& value) {
    std::int64_t number = -1;
    if (value.is_int64()) number = value.get_int64();
    if (const auto id = protocol::parse_id(text_of(value)))
        number = static_cast<std::int64_t>(id->value);
    const auto at = std::ranges::find(place.files, number, &OfferedFile::number);
    return number < 0 || at == place.files.end() ? nullptr : &*at;
}

bool name_user(const Place& place, std::string_view text, Named& named) {
    const auto id = protocol::parse_id<protocol::UserId>(text);
    if (!id || !place.view.user(*id)) return false;
    add_once(named.users, *id);
    return true;
}

bool name_role(const Place& place, std::string_view text, Named& named) {
    const auto id = protocol::parse_id<protocol::RoleId>(text);
    if (!id || !place.guild.roles.find(*id)) return false;
    add_once(named.roles, *id);
    return true;
}

const protocol::Channel* name_channel(const Place& place, std::string_view text, Named& named) {
    const auto id = protocol::parse_id<protocol::ChannelId>(text);
    if (!id || !can_view_channel(place.guild, place.user, *id)) return nullptr;
    add_once(named.channels, *id);
    return place.guild.channels.find(*id);
}

protocol::Status check_options(const Place& place,
                               const api::CommandCreate& definition,
                               const api::InteractionData& data,
                               bool typing,
                               Named& named) {
    Checker checker(place, typing, named);
    {
        FormErrors::Scope scope(checker.errors(), "data");
        checker.check(definition.options, data.options);
        if (typing && checker.focused() != 1)
            checker.errors().add("options",
                                 "APPLICATION_COMMAND_OPTION_FOCUSED_REQUIRED",
                                 "Exactly one option must be focused.");
    }
    return checker.errors().finish();
}

}  // namespace guildhall::services
