#include "protocol/api/embed.h"

#include "protocol/api/rules.h"
#include "protocol/json/writer.h"
#include "protocol/utf8.h"

#include <string_view>

namespace guildhall::protocol::api {

namespace {

template <class Text>
bool has_text(const std::optional<Text>& text) {
    return text && !text->empty();
}

template <class Text>
std::string_view view(const std::optional<Text>& text) {
    return text ? std::string_view(*text) : std::string_view();
}

bool has_url(const std::optional<EmbedMedia>& media) { return media && has_text(media->url); }

void write_text(JsonWriter& out, std::string_view name, std::string_view text) {
    if (!text.empty()) out.string(name, text);
}

void write_media(JsonWriter& out, std::string_view name, const std::optional<EmbedMedia>& media) {
    if (!media || !has_text(media->url)) return;
    out.begin_object(name).string("url", view(media->url)).end_object();
}

void write_footer(JsonWriter& out, const EmbedFooter& footer) {
    if (!has_text(footer.text)) return;
    out.begin_object("footer").string("text", view(footer.text));
    write_text(out, "icon_url", view(footer.icon_url));
    out.end_object();
}

void write_author(JsonWriter& out, const EmbedAuthor& author) {
    if (!has_text(author.name)) return;
    out.begin_object("author").string("name", view(author.name));
    write_text(out, "url", view(author.url));
    write_text(out, "icon_url", view(author.icon_url));
    out.end_object();
}

void write_fields(JsonWriter& out, std::span<const EmbedField> fields) {
    if (fields.empty()) return;
    out.begin_array("fields");
    for (const auto& field : fields) {
        out.begin_object().string("name", field.name).string("value", field.value);
        out.boolean("inline", field.inline_.value_or(false)).end_object();
    }
    out.end_array();
}

void write_embed(JsonWriter& out, const Embed& embed) {
    out.begin_object().string("type", "rich");
    write_text(out, "title", view(embed.title));
    write_text(out, "description", view(embed.description));
    write_text(out, "url", view(embed.url));
    if (embed.timestamp) out.timestamp("timestamp", embed.timestamp->ms);
    if (embed.color) out.number("color", embed.color->value);
    if (embed.footer) write_footer(out, *embed.footer);
    write_media(out, "image", embed.image);
    write_media(out, "thumbnail", embed.thumbnail);
    if (embed.author) write_author(out, *embed.author);
    if (embed.fields) write_fields(out, *embed.fields);
    out.end_object();
}

}  // namespace

void validate(Embed& embed, FormErrors& errors) {
    check_url("url", view(embed.url), false, errors);
    if (embed.image) check_url("image.url", view(embed.image->url), true, errors);
    if (embed.thumbnail) check_url("thumbnail.url", view(embed.thumbnail->url), true, errors);
    if (embed.footer) check_url("footer.icon_url", view(embed.footer->icon_url), true, errors);
    if (embed.author) {
        check_url("author.url", view(embed.author->url), false, errors);
        check_url("author.icon_url", view(embed.author->icon_url), true, errors);
    }
    bool shows = has_text(embed.title) || has_text(embed.description) || has_url(embed.image) ||
                 has_url(embed.thumbnail) || (embed.fields && !embed.fields->empty()) ||
                 (embed.footer && has_text(embed.footer->text)) ||
                 (embed.author && has_text(embed.author->name));
    if (!shows) errors.add("description", "BASE_TYPE_REQUIRED", "This field is required");
}

std::size_t embed_length(const Embed& embed) {
    std::size_t sum = code_points(view(embed.title)) + code_points(view(embed.description));
    if (embed.footer) sum += code_points(view(embed.footer->text));
    if (embed.author) sum += code_points(view(embed.author->name));
    if (!embed.fields) return sum;
    for (const auto& field : *embed.fields)
        sum += code_points(field.name) + code_points(field.value);
    return sum;
}

void validate_total(std::span<const Embed> embeds, FormErrors& errors) {
    std::size_t sum = 0;
    for (const auto& embed : embeds) sum += embed_length(embed);
    if (sum <= limits::kEmbedTotalMax) return;
    errors.add("embeds",
               "MAX_EMBED_SIZE_EXCEEDED",
               "Embed size exceeds maximum size of " + std::to_string(limits::kEmbedTotalMax));
}

std::string canonical_embeds(std::span<const Embed> embeds) {
    std::string out;
    if (embeds.empty()) return out;
    JsonWriter writer(out);
    writer.begin_array();
    for (const auto& embed : embeds) write_embed(writer, embed);
    writer.end_array();
    return out;
}

}  // namespace guildhall::protocol::api
