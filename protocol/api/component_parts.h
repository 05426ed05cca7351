#pragma once
// The members of each component type, as described structs: what components.cpp reads and writes
// back. `type`, `id` and children are the walk's business. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/api/embed.h"
#include "protocol/enums.h"
#include "protocol/ids.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api::parts {

using CustomId = Text<1, limits::kCustomIdMax>;
using Label45 = Text<1, limits::kTextInputLabelMax>;

struct Emoji {
    std::optional<EmojiId> id;
    std::optional<Name<0, 64>> name;
    std::optional<bool> animated;
};
BOOST_DESCRIBE_STRUCT(Emoji, (), (id, name, animated))

struct Button {
    Int<1, 6> style;
    std::optional<Text<0, limits::kButtonLabelMax>> label;
    std::optional<Emoji> emoji;
    std::optional<CustomId> custom_id;
    std::optional<Name<1, 512>> url;
    std::optional<Snowflake> sku_id;
    std::optional<bool> disabled;
};
BOOST_DESCRIBE_STRUCT(Button, (), (style, label, emoji, custom_id, url, sku_id, disabled))
void validate(Button& button, FormErrors& errors);

struct SelectOption {
    Text<1, limits::kSelectOptionTextMax> label;
    Text<1, limits::kSelectOptionTextMax> value;
    std::optional<Text<0, limits::kSelectOptionTextMax>> description;
    std::optional<Emoji> emoji;
    std::optional<bool> default_;
};
BOOST_DESCRIBE_STRUCT(SelectOption, (), (label, value, description, emoji, default_))

/// What all selects have.
struct Select {
    CustomId custom_id;
    std::optional<Text<0, limits::kPlaceholderMax>> placeholder;
    std::optional<Int<0, limits::kSelectOptionsMax>> min_values;
    std::optional<Int<1, limits::kSelectOptionsMax>> max_values;
    std::optional<bool> disabled;
    std::optional<bool> required;
};
BOOST_DESCRIBE_STRUCT(Select,
                      (),
                      (custom_id, placeholder, min_values, max_values, disabled, required))
void validate(Select& select, FormErrors& errors);

struct StringSelect : Select {
    List<SelectOption, limits::kSelectOptionsMax, 1> options;
};
BOOST_DESCRIBE_STRUCT(StringSelect, (Select), (options))
void validate(StringSelect& select, FormErrors& errors);

struct DefaultValue {
    Snowflake id;
    Text<1, 16> type;
};
BOOST_DESCRIBE_STRUCT(DefaultValue, (), (id, type))

struct EntitySelect : Select {
    std::optional<List<DefaultValue, limits::kSelectOptionsMax>> default_values;
};
BOOST_DESCRIBE_STRUCT(EntitySelect, (Select), (default_values))

struct ChannelSelect : EntitySelect {
    std::optional<List<ChannelType, 16>> channel_types;
};
BOOST_DESCRIBE_STRUCT(ChannelSelect, (EntitySelect), (channel_types))

struct TextInput {
    CustomId custom_id;
    Int<1, 2> style;
    std::optional<Label45> label;
    std::optional<Text<0, limits::kTextInputValueMax>> value;
    std::optional<Text<0, limits::kTextInputPlaceholderMax>> placeholder;
    std::optional<Int<0, limits::kTextInputValueMax>> min_length;
    std::optional<Int<1, limits::kTextInputValueMax>> max_length;
    std::optional<bool> required;
};
BOOST_DESCRIBE_STRUCT(
    TextInput, (), (custom_id, style, label, value, placeholder, min_length, max_length, required))

struct TextDisplay {
    Text<1, limits::kTextDisplayMax> content;
};
BOOST_DESCRIBE_STRUCT(TextDisplay, (), (content))

/// http(s) or attachment://.
struct Media {
    Name<1, limits::kUrlMax> url;
};
BOOST_DESCRIBE_STRUCT(Media, (), (url))
void validate(Media& media, FormErrors& errors);

struct Thumbnail {
    Media media;
    std::optional<Text<1, limits::kMediaDescriptionMax>> description;
    std::optional<bool> spoiler;
};
BOOST_DESCRIBE_STRUCT(Thumbnail, (), (media, description, spoiler))

struct MediaGallery {
    List<Thumbnail, limits::kGalleryItemsMax, 1> items;
};
BOOST_DESCRIBE_STRUCT(MediaGallery, (), (items))

struct File {
    Media file;
    std::optional<bool> spoiler;
};
BOOST_DESCRIBE_STRUCT(File, (), (file, spoiler))

struct Separator {
    std::optional<bool> divider;
    std::optional<Int<1, 2>> spacing;
};
BOOST_DESCRIBE_STRUCT(Separator, (), (divider, spacing))

struct Container {
    std::optional<Color> accent_color;
    std::optional<bool> spoiler;
};
BOOST_DESCRIBE_STRUCT(Container, (), (accent_color, spoiler))

struct Label {
    Label45 label;
    std::optional<Text<1, 100>> description;
};
BOOST_DESCRIBE_STRUCT(Label, (), (label, description))

struct FileUpload {
    CustomId custom_id;
    std::optional<Int<0, 10>> min_values;
    std::optional<Int<1, 10>> max_values;
    std::optional<bool> required;
};
BOOST_DESCRIBE_STRUCT(FileUpload, (), (custom_id, min_values, max_values, required))

}  // namespace guildhall::protocol::api::parts
