#include "node/services/component_answer.h"

#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/json/writer.h"
#include "protocol/utf8.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace guildhall::services {

namespace api = protocol::api;
namespace json = boost::json;
using api::ComponentType;
using protocol::FormErrors;
using protocol::JsonWriter;
using protocol::Result;
using protocol::Status;

namespace {

std::int64_t number_or(const json::object& o, std::string_view name, std::int64_t otherwise) {
    const auto* value = o.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : otherwise;
}

bool flag_or(const json::object& o, std::string_view name, bool otherwise) {
    const auto* value = o.if_contains(name);
    return value && value->is_bool() ? value->get_bool() : otherwise;
}

std::string_view text_or_empty(const json::object& o, std::string_view name) {
    const auto* value = o.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

ComponentType type_of(const json::object& o) {
    return static_cast<ComponentType>(number_or(o, "type", 0));
}

bool is_select(ComponentType type) {
    return type == ComponentType::string_select ||
           (type >= ComponentType::user_select && type <= ComponentType::channel_select);
}

bool offers(const json::object& select, std::string_view value) {
    const auto* options = select.if_contains("options");
    if (!options || !options->is_array()) return false;
    return std::ranges::any_of(options->get_array(), [&](const json::value& option) {
        return option.is_object() && text_or_empty(option.get_object(), "value") == value;
    });
}

bool takes_channel(const json::object& select, const protocol::Channel& channel) {
    const auto* types = select.if_contains("channel_types");
    if (!types || !types->is_array() || types->get_array().empty()) return true;
    return std::ranges::any_of(types->get_array(), [&](const json::value& type) {
        return type.is_int64() && type.get_int64() == static_cast<int>(channel.type);
    });
}

/// Whether the select may give this value.
bool is_choice(const Place& place,
               const json::object& select,
               std::string_view value,
               Named& named) {
    switch (type_of(select)) {
        case ComponentType::string_select:
            return offers(select, value);
        case ComponentType::user_select:
            return name_user(place, value, named);
        case ComponentType::role_select:
            return name_role(place, value, named);
        case ComponentType::mentionable_select:
            return name_role(place, value, named) || name_user(place, value, named);
        case ComponentType::channel_select: {
            const auto* channel = name_channel(place, value, named);
            return channel && takes_channel(select, *channel);
        }
        default:
            return false;
    }
}

void check_values(const Place& place,
                  const json::object& select,
                  const std::vector<std::string_view>& values,
                  bool required,
                  Named& named,
                  FormErrors& errors) {
    FormErrors::Scope scope(errors, "values");
    const auto count = static_cast<std::int64_t>(values.size());
    const std::int64_t least = required ? number_or(select, "min_values", 1) : 0;
    const std::int64_t most = number_or(select, "max_values", 1);
    if (count < least || count > most)
        errors.add("BASE_TYPE_BAD_LENGTH",
                   "Must be between " + std::to_string(least) + " and " + std::to_string(most) +
                       " in length.");
    for (std::size_t i = 0; i < values.size(); ++i) {
        FormErrors::Scope item(errors, i);
        const bool twice =
            std::find(values.begin(), values.begin() + static_cast<long>(i), values[i]) !=
            values.begin() + static_cast<long>(i);
        if (twice || !is_choice(place, select, values[i], named))
            errors.add("COMPONENT_VALUE_INVALID", "Not a value that this component offers.");
    }
}

/// The walk over a modal's tree that writes it out again with what was filled in.
class Submission {
  public:
    Submission(const Place& place, const json::value& submitted, Named& named, std::string& out)
        : place_(place), submitted_(submitted), named_(named), w_(out) {}

    void write_all(const json::array& components) {
        w_.begin_array();
        for (const json::value& c : components) {
            if (c.is_object()) write(c.get_object());
        }
        w_.end_array();
    }
    FormErrors& errors() { return errors_; }

  private:
    void write(const json::object& component);
    void write_text(const json::object& input, const json::object* given);
    void write_values(const json::object& select, const json::object* given);
    static const json::object* find(const json::value& in, std::string_view custom_id);

    const Place& place_;
    const json::value& submitted_;
    Named& named_;
    JsonWriter w_;
    FormErrors errors_;
};

const json::object* Submission::find(const json::value& in, std::string_view custom_id) {
    if (const auto* list = in.if_array()) {
        for (const json::value& item : *list) {
            if (const auto* found = find(item, custom_id)) return found;
        }
        return nullptr;
    }
    const auto* object = in.if_object();
    if (!object) return nullptr;
    if (text_or_empty(*object, "custom_id") == custom_id) return object;
    for (const char* below : {"components", "component"}) {
        const auto* child = object->if_contains(below);
        if (const auto* found = child ? find(*child, custom_id) : nullptr) return found;
    }
    return nullptr;
}

void Submission::write(const json::object& component) {
    const ComponentType type = type_of(component);
    w_.begin_object().number("type", static_cast<int>(type));
    w_.number("id", number_or(component, "id", 0));
    if (const auto* children = component.if_contains("components");
        children && children->is_array()) {
        w_.key("components");
        write_all(children->get_array());
    }
    if (const auto* child = component.if_contains("component"); child && child->is_object()) {
        w_.key("component");
        write(child->get_object());
    }
    const std::string_view custom_id = text_or_empty(component, "custom_id");
    if (!custom_id.empty()) {
        w_.string("custom_id", custom_id);
        FormErrors::Scope scope(errors_, custom_id);
        const json::object* given = find(submitted_, custom_id);
        if (type == ComponentType::text_input) write_text(component, given);
        if (is_select(type) || type == ComponentType::file_upload) write_values(component, given);
    }
    w_.end_object();
}

void Submission::write_text(const json::object& input, const json::object* given) {
    const std::string_view value = given ? text_or_empty(*given, "value") : std::string_view();
    const auto length = static_cast<std::int64_t>(protocol::code_points(value));
    const bool required = flag_or(input, "required", true);
    if (value.empty() && required) {
        errors_.add("value", "BASE_TYPE_REQUIRED", "This field is required");
    } else if (!value.empty()) {
        constexpr std::int64_t kMost = 4000;
        const std::int64_t least = number_or(input, "min_length", 0);
        const std::int64_t most = number_or(input, "max_length", kMost);
        if (length < least || length > most)
            errors_.add("value",
                        "BASE_TYPE_BAD_LENGTH",
                        "Must be between " + std::to_string(least) + " and " +
                            std::to_string(most) + " in length.");
    }
    w_.string("value", value);
}

void Submission::write_values(const json::object& select, const json::object* given) {
    std::vector<std::string_view> values;
    const auto* list = given ? given->if_contains("values") : nullptr;
    if (list && list->is_array()) {
        for (const json::value& item : list->get_array()) {
            const auto* text = item.if_string();
            values.emplace_back(text ? std::string_view(*text) : std::string_view());
        }
    }
    const bool required = flag_or(select, "required", true);
    // A select that need not be answered may be left empty, but not answered by too few.
    const bool answered = required || !values.empty();
    check_values(place_, select, values, answered, named_, errors_);
    w_.begin_array("values");
    for (const std::string_view value : values) w_.string(value);
    w_.end_array();
}

}  // namespace

Status check_component(const Place& place,
                       std::string_view components,
                       const api::InteractionData& data,
                       Named& named) {
    const auto found =
        data.custom_id ? api::find_component(components, *data.custom_id) : std::nullopt;
    if (!found || found->type != data.component_type)
        return protocol::make_field_error(
            "data.custom_id", "COMPONENT_VALIDATION_FAILED", "No such component in the message.");
    TRY(const json::value tree, protocol::parse_json(found->json));
    const json::object& component = tree.get_object();
    if (flag_or(component, "disabled", false))
        return protocol::make_field_error(
            "data.custom_id", "COMPONENT_DISABLED", "The component is disabled.");
    if (!is_select(found->type)) return {};
    std::vector<std::string_view> values;
    if (data.values) values.assign(data.values->begin(), data.values->end());
    FormErrors errors;
    {
        FormErrors::Scope scope(errors, "data");
        check_values(place, component, values, true, named, errors);
    }
    return errors.finish();
}

Result<std::string> read_submission(const Place& place,
                                    std::string_view components,
                                    const json::value& submitted,
                                    Named& named) {
    TRY(const json::value tree, protocol::parse_json(components));
    if (!tree.is_array() || !submitted.is_array())
        return protocol::make_field_error(
            "data.components", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
    std::string out;
    Submission submission(place, submitted, named, out);
    {
        FormErrors::Scope scope(submission.errors(), "data");
        FormErrors::Scope below(submission.errors(), "components");
        submission.write_all(tree.get_array());
    }
    TRY_VOID(submission.errors().finish());
    return out;
}

}  // namespace guildhall::services
