#pragma once
// Component trees of messages and modals. They are kept as canonical JSON text: validated against
// the table of component types, unknown members dropped, members in one order, an `id` on each.
// Plain values; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace boost::json {
class value;
}
namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// Types of the API; gaps are types that no request may send.
enum class ComponentType : std::uint8_t {
    action_row = 1,
    button = 2,
    string_select = 3,
    text_input = 4,
    user_select = 5,
    role_select = 6,
    mentionable_select = 7,
    channel_select = 8,
    section = 9,
    text_display = 10,
    thumbnail = 11,
    media_gallery = 12,
    file = 13,
    separator = 14,
    container = 17,
    label = 18,
    file_upload = 19,
};
constexpr bool is_valid(ComponentType type) {
    auto n = static_cast<int>(type);
    return (n >= 1 && n <= 14) || (n >= 17 && n <= 19);
}

/// Where a tree stands, which decides what may be in it.
enum class ComponentPlace : std::uint8_t {
    message,     // rows of buttons and selects
    message_v2,  // IS_COMPONENTS_V2: layout components too
    modal,       // rows of text inputs, labels, text
};

/// Reads the array `in` and answers with its canonical text ("" for an empty array). Faults are
/// added at the current path.
std::string read_components(const boost::json::value& in, ComponentPlace place, FormErrors& errors);

/// A component as an interaction names it.
struct ComponentMatch {
    ComponentType type;
    /// Its own JSON text.
    std::string json;
};

/// The component with that `custom_id` in canonical text, which a click must name truly.
std::optional<ComponentMatch> find_component(std::string_view canonical,
                                             std::string_view custom_id);

}  // namespace guildhall::protocol::api
