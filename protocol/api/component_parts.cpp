#include "protocol/api/component_parts.h"

#include "protocol/api/rules.h"
#include "protocol/errors.h"

#include <set>
#include <string_view>

namespace guildhall::protocol::api::parts {

namespace {

constexpr std::int64_t kLinkStyle = 5;
constexpr std::int64_t kPremiumStyle = 6;

void require(std::string_view field, bool there, FormErrors& errors) {
    if (!there) errors.add(field, "BASE_TYPE_REQUIRED", "This field is required");
}

}  // namespace

void validate(Button& button, FormErrors& errors) {
    if (button.style == kPremiumStyle) return require("sku_id", button.sku_id.has_value(), errors);
    bool shows = (button.label && !button.label->empty()) || button.emoji;
    require("label", shows, errors);
    if (button.style == kLinkStyle) {
        require("url", button.url.has_value(), errors);
        if (button.url) check_url("url", *button.url, false, errors);
    } else {
        require("custom_id", button.custom_id.has_value(), errors);
    }
    // A button either tells the bot or opens an address.
    if (button.custom_id && button.url) {
        errors.add("custom_id",
                   "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                   "A custom id and url cannot both be specified");
    }
}

void validate(Select& select, FormErrors& errors) {
    auto least = select.min_values.value_or(1).value, most = select.max_values.value_or(1).value;
    if (least <= most) return;
    errors.add("min_values", "NUMBER_TYPE_MAX", "Must not be above max_values.");
}

void validate(StringSelect& select, FormErrors& errors) {
    validate(static_cast<Select&>(select), errors);
    std::set<std::string_view> values;
    for (const auto& option : select.options) {
        if (values.insert(option.value).second) continue;
        errors.add("options",
                   "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                   "The specified option value is already used");
        return;
    }
}

void validate(Media& media, FormErrors& errors) { check_url("url", media.url, true, errors); }

}  // namespace guildhall::protocol::api::parts
