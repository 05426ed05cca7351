#pragma once
// Embeds as bots send them, and the canonical text that the log stores: validated, unknown members
// dropped, `type` always "rich", members in one order. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/timestamp.h"

#include <boost/describe/class.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// http(s), for images also attachment://; empty is absent.
using Url = Name<0, limits::kUrlMax>;

struct EmbedMedia {
    std::optional<Url> url;
};
BOOST_DESCRIBE_STRUCT(EmbedMedia, (), (url))

struct EmbedAuthor {
    std::optional<Name<0, limits::kEmbedAuthorMax>> name;
    std::optional<Url> url;
    std::optional<Url> icon_url;
};
BOOST_DESCRIBE_STRUCT(EmbedAuthor, (), (name, url, icon_url))

struct EmbedFooter {
    std::optional<Name<0, limits::kEmbedFooterMax>> text;
    std::optional<Url> icon_url;
};
BOOST_DESCRIBE_STRUCT(EmbedFooter, (), (text, icon_url))

struct EmbedField {
    Name<1, limits::kEmbedFieldNameMax> name;
    Name<1, limits::kEmbedFieldValueMax> value;
    std::optional<bool> inline_;
};
BOOST_DESCRIBE_STRUCT(EmbedField, (), (name, value, inline_))

struct Embed {
    std::optional<Name<0, limits::kEmbedTitleMax>> title;
    std::optional<Name<0, limits::kEmbedDescriptionMax>> description;
    std::optional<Url> url;
    std::optional<Timestamp> timestamp;
    std::optional<Color> color;
    std::optional<EmbedFooter> footer;
    std::optional<EmbedMedia> image;
    std::optional<EmbedMedia> thumbnail;
    std::optional<EmbedAuthor> author;
    std::optional<List<EmbedField, limits::kEmbedFieldsMax>> fields;
};
BOOST_DESCRIBE_STRUCT(
    Embed,
    (),
    (title, description, url, timestamp, color, footer, image, thumbnail, author, fields))
/// Something to show, and addresses of schemes that clients may load.
void validate(Embed& embed, FormErrors& errors);

using Embeds = List<Embed, limits::kEmbedsMax>;

/// Characters that count towards kEmbedTotalMax.
std::size_t embed_length(const Embed& embed);
/// Adds a fault where all embeds together are too long.
void validate_total(std::span<const Embed> embeds, FormErrors& errors);

/// The JSON array the log stores; empty text for no embeds. Equal embeds make equal bytes.
std::string canonical_embeds(std::span<const Embed> embeds);

}  // namespace guildhall::protocol::api
