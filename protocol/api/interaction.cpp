#include "protocol/api/interaction.h"

#include "protocol/json/codec.h"

#include <boost/json/serialize.hpp>

namespace guildhall::protocol::api {

namespace json = boost::json;

namespace {

void require(std::string_view field, bool there, FormErrors& errors) {
    if (!there) errors.add(field, "BASE_TYPE_REQUIRED", "This field is required");
}

/// A value is text, a number or a boolean; only containers have none.
void check_option(const InteractionOption& option, FormErrors& errors) {
    bool container = option.type == CommandOptionType::subcommand ||
                     option.type == CommandOptionType::subcommand_group;
    if (!container) {
        bool scalar = option.value && !option.value->is_structured();
        require("value", scalar, errors);
        return;
    }
    if (!option.options) return;
    FormErrors::Scope scope(errors, "options");
    for (std::size_t i = 0; i < option.options->size(); ++i) {
        FormErrors::Scope item(errors, i);
        check_option((*option.options)[i], errors);
    }
}

void check_command(const InteractionData& data, FormErrors& errors) {
    require("id", data.id.has_value(), errors);
    require("name", data.name.has_value(), errors);
    auto type = data.type.value_or(CommandType::chat_input);
    require("target_id", type == CommandType::chat_input || data.target_id, errors);
    if (!data.options) return;
    FormErrors::Scope scope(errors, "options");
    for (std::size_t i = 0; i < data.options->size(); ++i) {
        FormErrors::Scope item(errors, i);
        check_option((*data.options)[i], errors);
    }
}

template <class T>
void read_data(const json::object& in, std::optional<T>& out, FormErrors& errors) {
    const auto* data = in.if_contains("data");
    FormErrors::Scope scope(errors, "data");
    if (!data || data->is_null()) return codec::add_required(errors);
    codec::read(*data, out.emplace(), errors);
}

}  // namespace

void validate(InteractionCreate& request, FormErrors& errors) {
    bool component = request.type == InteractionType::message_component;
    require("message_id", !component || request.message_id, errors);
    FormErrors::Scope scope(errors, "data");
    switch (request.type) {
        case InteractionType::application_command:
        case InteractionType::autocomplete:
            check_command(request.data, errors);
            break;
        case InteractionType::message_component:
            require("custom_id", request.data.custom_id.has_value(), errors);
            require("component_type", request.data.component_type.has_value(), errors);
            break;
        case InteractionType::modal_submit:
            require("custom_id", request.data.custom_id.has_value(), errors);
            require("components", request.data.components.has_value(), errors);
            break;
        case InteractionType::ping:
            codec::add_choices(0b111100, errors);
            break;
    }
}

std::string canonical_options(const InteractionData& data) {
    if (!data.options || data.options->empty()) return {};
    return json::serialize(encode(*data.options));
}

std::string canonical_choices(const AutocompleteResult& result) {
    return json::serialize(encode(result.choices));
}

void validate(Modal& modal, FormErrors& errors) {
    FormErrors::Scope scope(errors, "components");
    auto before = errors.size();
    modal.components_text = read_components(modal.components, ComponentPlace::modal, errors);
    bool none = modal.components_text.empty() && errors.size() == before;
    if (none) codec::add_required(errors);
}

void read_json(const json::value& in, InteractionCallback& out, FormErrors& errors) {
    const auto* object = codec::read_object(in, errors);
    if (!object) return;
    {
        FormErrors::Scope scope(errors, "type");
        const auto* type = object->if_contains("type");
        if (!type) return codec::add_required(errors);
        codec::read(*type, out.type, errors);
    }
    if (!errors.empty()) return;
    switch (out.type) {
        case InteractionCallbackType::message:
        case InteractionCallbackType::update_message:
            return read_data(*object, out.message, errors);
        case InteractionCallbackType::autocomplete_result:
            return read_data(*object, out.choices, errors);
        case InteractionCallbackType::modal:
            return read_data(*object, out.modal, errors);
        case InteractionCallbackType::deferred_message:
        case InteractionCallbackType::deferred_update:
            // Only flags may come along, to keep the answer to come between the two.
            if (object->contains("data") && !object->at("data").is_null()) {
                read_data(*object, out.message, errors);
            }
            return;
        case InteractionCallbackType::pong:
            return;
    }
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::InteractionCreate);
GUILDHALL_DECODER(guildhall::protocol::api::InteractionCallback);
