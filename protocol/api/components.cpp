#include "protocol/api/components.h"

#include "protocol/api/component_parts.h"
#include "protocol/api/rules.h"
#include "protocol/json/codec.h"
#include "protocol/utf8.h"

#include <boost/json/serialize.hpp>

#include <set>

namespace guildhall::protocol::api {

namespace json = boost::json;

namespace {

/// A set of component types, as bits.
using TypeSet = std::uint32_t;

constexpr TypeSet bit(ComponentType type) { return 1u << static_cast<int>(type); }
template <class... Types>
constexpr TypeSet types(Types... list) {
    return (bit(list) | ...);
}

using enum ComponentType;
constexpr TypeSet kSelects =
    types(string_select, user_select, role_select, mentionable_select, channel_select);
constexpr TypeSet kLayout =
    types(action_row, section, text_display, media_gallery, file, separator);

/// One walk over a tree: what is counted over all of it.
struct Walk {
    FormErrors& errors;
    ComponentPlace place;
    std::size_t components = 0;
    std::size_t text = 0;
    std::set<std::string, std::less<>> custom_ids;
    std::set<std::int64_t> ids;

    TypeSet top() const {
        switch (place) {
            case ComponentPlace::message:
                return bit(action_row);
            case ComponentPlace::message_v2:
                return kLayout | bit(container);
            case ComponentPlace::modal:
                return types(action_row, label, text_display);
        }
        return 0;
    }
    TypeSet in_row() const {
        return place == ComponentPlace::modal ? bit(text_input) : kSelects | bit(button);
    }
};

json::value read_component(const json::value& in, TypeSet allowed, std::size_t depth, Walk& walk);

json::array read_children(const json::object& in,
                          std::string_view field,
                          std::size_t max,
                          TypeSet allowed,
                          std::size_t depth,
                          Walk& walk) {
    FormErrors::Scope scope(walk.errors, field);
    const auto* value = in.if_contains(field);
    json::array out;
    if (!value) {
        codec::add_required(walk.errors);
        return out;
    }
    const auto* list = codec::read_list(*value, 1, max, walk.errors);
    if (!list) return out;
    for (std::size_t i = 0; i < list->size(); ++i) {
        FormErrors::Scope item(walk.errors, i);
        out.push_back(read_component((*list)[i], allowed, depth + 1, walk));
    }
    return out;
}

json::value read_child(const json::object& in,
                       std::string_view field,
                       TypeSet allowed,
                       std::size_t depth,
                       Walk& walk) {
    FormErrors::Scope scope(walk.errors, field);
    const auto* value = in.if_contains(field);
    if (value) return read_component(*value, allowed, depth + 1, walk);
    codec::add_required(walk.errors);
    return nullptr;
}

/// A component without children: its described struct says what it has.
template <class Part>
void read_part(const json::object& in, json::object& out, Walk& walk) {
    Part part;
    auto before = walk.errors.size();
    codec::read_members(in, part, walk.errors);
    if (walk.errors.size() != before) return;
    if constexpr (requires { part.content; }) walk.text += code_points(part.content);
    for (auto& member : codec::write_members(part)) out.emplace(member.key(), member.value());
}

void read_row(const json::object& in, json::object& out, std::size_t depth, Walk& walk) {
    out["components"] =
        read_children(in, "components", limits::kButtonsPerRowMax, walk.in_row(), depth, walk);
    const auto& children = out["components"].get_array();
    if (children.size() < 2 || walk.place == ComponentPlace::modal) return;
    for (const auto& child : children) {
        // A select takes a whole row.
        const auto* type = child.is_object() ? child.get_object().if_contains("type") : nullptr;
        if (!type || type->as_int64() == static_cast<int>(button)) continue;
        walk.errors.add("components",
                        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                        "Components displayed horizontally must fit within a width of 5");
        return;
    }
}

void read_container(const json::object& in, json::object& out, std::size_t depth, Walk& walk) {
    read_part<parts::Container>(in, out, walk);
    out["components"] =
        read_children(in, "components", limits::kComponentsTotalMax, kLayout, depth, walk);
}

void read_section(const json::object& in, json::object& out, std::size_t depth, Walk& walk) {
    out["components"] =
        read_children(in, "components", limits::kSectionTextsMax, bit(text_display), depth, walk);
    out["accessory"] = read_child(in, "accessory", types(button, thumbnail), depth, walk);
}

void read_label(const json::object& in, json::object& out, std::size_t depth, Walk& walk) {
    read_part<parts::Label>(in, out, walk);
    out["component"] =
        read_child(in, "component", kSelects | types(text_input, file_upload), depth, walk);
}

void read_members(
    ComponentType type, const json::object& in, json::object& out, std::size_t depth, Walk& walk) {
    switch (type) {
        case action_row:
            return read_row(in, out, depth, walk);
        case container:
            return read_container(in, out, depth, walk);
        case section:
            return read_section(in, out, depth, walk);
        case label:
            return read_label(in, out, depth, walk);
        case button:
            return read_part<parts::Button>(in, out, walk);
        case string_select:
            return read_part<parts::StringSelect>(in, out, walk);
        case text_input:
            return read_part<parts::TextInput>(in, out, walk);
        case user_select:
        case role_select:
        case mentionable_select:
            return read_part<parts::EntitySelect>(in, out, walk);
        case channel_select:
            return read_part<parts::ChannelSelect>(in, out, walk);
        case text_display:
            return read_part<parts::TextDisplay>(in, out, walk);
        case thumbnail:
            return read_part<parts::Thumbnail>(in, out, walk);
        case media_gallery:
            return read_part<parts::MediaGallery>(in, out, walk);
        case file:
            return read_part<parts::File>(in, out, walk);
        case separator:
            return read_part<parts::Separator>(in, out, walk);
        case file_upload:
            return read_part<parts::FileUpload>(in, out, walk);
    }
}

std::optional<ComponentType> read_type(const json::object& in,
                                       TypeSet allowed,
                                       FormErrors& errors) {
    FormErrors::Scope scope(errors, "type");
    const auto* value = in.if_contains("type");
    std::int64_t type = 0;
    if (!value) {
        codec::add_required(errors);
        return std::nullopt;
    }
    if (!codec::read_int(*value, INT64_MIN, INT64_MAX, type, errors)) return std::nullopt;
    if (type >= 0 && type < 32 && (allowed >> type & 1)) return static_cast<ComponentType>(type);
    codec::add_choices(allowed, errors);
    return std::nullopt;
}

/// The sender's own `id` when it is one and still free; 0 is given out later.
std::int64_t read_own_id(const json::object& in, Walk& walk) {
    const auto* value = in.if_contains("id");
    if (!value || !value->is_int64()) return 0;
    auto id = value->get_int64();
    return id > 0 && id <= INT32_MAX && walk.ids.insert(id).second ? id : 0;
}

void check_custom_id(const json::object& out, Walk& walk) {
    const auto* id = out.if_contains("custom_id");
    if (!id || !id->is_string()) return;
    const auto& text = id->get_string();
    if (walk.custom_ids.emplace(text.data(), text.size()).second) return;
    walk.errors.add(
        "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
}

json::value read_component(const json::value& in, TypeSet allowed, std::size_t depth, Walk& walk) {
    const auto* object = codec::read_object(in, walk.errors);
    if (!object) return nullptr;
    ++walk.components;
    if (depth > limits::kComponentDepthMax || walk.components > limits::kComponentsTotalMax) {
        walk.errors.add("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                        "A message can have at most 40 components in total");
        return nullptr;
    }
    auto type = read_type(*object, allowed, walk.errors);
    if (!type) return nullptr;
    json::object out;
    out["type"] = static_cast<int>(*type);
    out["id"] = read_own_id(*object, walk);
    read_members(*type, *object, out, depth, walk);
    check_custom_id(out, walk);
    return out;
}

/// Gives the components without an id the lowest numbers that are free, in reading order.
void number(json::value& value, std::int64_t& next, Walk& walk) {
    if (auto* list = value.if_array()) {
        for (auto& item : *list) number(item, next, walk);
        return;
    }
    auto* object = value.if_object();
    if (!object || !object->contains("type")) return;
    if (auto* id = object->if_contains("id"); id && id->is_int64() && id->get_int64() == 0) {
        while (!walk.ids.insert(next).second) ++next;
        *id = next;
    }
    for (auto* child : {"components", "accessory", "component"}) {
        if (auto* below = object->if_contains(child)) number(*below, next, walk);
    }
}

const json::object* find(const json::value& value, std::string_view custom_id) {
    if (const auto* list = value.if_array()) {
        for (const auto& item : *list) {
            if (const auto* found = find(item, custom_id)) return found;
        }
        return nullptr;
    }
    const auto* object = value.if_object();
    if (!object) return nullptr;
    const auto* id = object->if_contains("custom_id");
    if (id && id->is_string() && std::string_view(id->get_string()) == custom_id) return object;
    for (auto* child : {"components", "accessory", "component"}) {
        const auto* below = object->if_contains(child);
        if (const auto* found = below ? find(*below, custom_id) : nullptr) return found;
    }
    return nullptr;
}

}  // namespace

std::string read_components(const json::value& in, ComponentPlace place, FormErrors& errors) {
    auto max =
        place == ComponentPlace::message_v2 ? limits::kComponentsTotalMax : limits::kActionRowsMax;
    const auto* list = codec::read_list(in, 0, max, errors);
    if (!list || list->empty()) return {};
    Walk walk{.errors = errors, .place = place, .custom_ids = {}, .ids = {}};
    auto before = errors.size();
    json::value out = json::array();
    for (std::size_t i = 0; i < list->size(); ++i) {
        FormErrors::Scope scope(errors, i);
        out.get_array().push_back(read_component((*list)[i], walk.top(), 1, walk));
    }
    if (walk.text > limits::kTextDisplayMax) {
        errors.add("COMPONENT_TEXT_TOTAL_EXCEEDED",
                   "The texts of all components must be 4000 or fewer in length.");
    }
    if (errors.size() != before) return {};
    std::int64_t next = 1;
    number(out, next, walk);
    return json::serialize(out);
}

std::optional<ComponentMatch> find_component(std::string_view canonical,
                                             std::string_view custom_id) {
    auto tree = parse_json(canonical);
    if (!tree) return std::nullopt;
    const auto* found = find(*tree, custom_id);
    if (!found || !found->contains("type") || !found->at("type").is_int64()) return std::nullopt;
    auto type = static_cast<ComponentType>(found->at("type").get_int64());
    return ComponentMatch{type, json::serialize(*found)};
}

}  // namespace guildhall::protocol::api
