#include "client-qml/core/data/message.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kUrlMax = 2'048, kNameMax = 256, kEmbedTextMax = 4'096;
constexpr qsizetype kFieldsMax = 25, kMentionRolesMax = 100;
constexpr int kSideMax = 100'000;  // pixels; what claims more is not laid out

/// Only what an image provider or a browser may be handed.
QString web_address(const QJsonObject& object, QLatin1StringView key) {
    const QString url = text_of(object, key, kUrlMax);
    const bool is_web = url.startsWith("https://"_L1) || url.startsWith("http://"_L1);
    return is_web ? url : QString();
}

int side_of(const QJsonObject& object, QLatin1StringView key) {
    return int(number_of(object, key, 0, kSideMax));
}

std::optional<Attachment> parse_attachment(const QJsonObject& object) {
    Attachment file;
    file.id = id_of(object, "id"_L1);
    file.url = web_address(object, "url"_L1);
    if (file.id == 0 || file.url.isEmpty()) return std::nullopt;
    file.name = text_of(object, "filename"_L1, kNameMax);
    file.description = text_of(object, "description"_L1, 1'024);
    file.content_type = text_of(object, "content_type"_L1, 128);
    file.bytes = number_of(object, "size"_L1, 0, qint64(1) << 50);
    file.width = side_of(object, "width"_L1);
    file.height = side_of(object, "height"_L1);
    return file;
}

std::optional<EmbedField> parse_field(const QJsonObject& object) {
    EmbedField field{text_of(object, "name"_L1, kNameMax),
                     text_of(object, "value"_L1, 1'024),
                     flag_of(object, "inline"_L1)};
    if (field.name.isEmpty() && field.value.isEmpty()) return std::nullopt;
    return field;
}

std::optional<Embed> parse_embed(const QJsonObject& object) {
    if (object.isEmpty()) return std::nullopt;
    Embed embed;
    const QJsonObject image = object_of(object, "image"_L1);
    const QJsonObject author = object_of(object, "author"_L1);
    embed.type = text_of(object, "type"_L1, 32);
    embed.title = text_of(object, "title"_L1, kNameMax);
    embed.description = text_of(object, "description"_L1, kEmbedTextMax);
    embed.url = web_address(object, "url"_L1);
    embed.author = text_of(author, "name"_L1, kNameMax);
    embed.author_url = web_address(author, "url"_L1);
    embed.footer = text_of(object_of(object, "footer"_L1), "text"_L1, 2'048);
    embed.provider = text_of(object_of(object, "provider"_L1), "name"_L1, kNameMax);
    embed.image_url = web_address(image, "url"_L1);
    embed.thumbnail_url = web_address(object_of(object, "thumbnail"_L1), "url"_L1);
    embed.image_width = side_of(image, "width"_L1);
    embed.image_height = side_of(image, "height"_L1);
    embed.color = int(number_of(object, "color"_L1, 0, 0xFFFFFF, -1));
    embed.time_ms = time_of(object, "timestamp"_L1);
    embed.fields = list_of(object, "fields"_L1, kFieldsMax, parse_field);
    return embed;
}

void parse_reply(const QJsonObject& object, Message& message) {
    const QJsonObject reference = object_of(object, "message_reference"_L1);
    if (message.type != 19 || reference.isEmpty()) return;
    Reply reply;
    reply.message = id_of(reference, "message_id"_L1);
    QJsonObject shown = object_of(object, "referenced_message"_L1);
    reply.deleted = object["referenced_message"_L1].isNull();
    // One level: what that one replied to is not shown, and a chain would have no end.
    shown.remove("referenced_message"_L1);
    if (auto parsed = parse_message(shown)) {
        reply.shown = std::make_shared<const Message>(std::move(*parsed));
    }
    message.reply = std::move(reply);
}

}  // namespace

bool Attachment::is_image() const {
    return width > 0 && height > 0 && content_type.startsWith("image/"_L1);
}

bool Attachment::is_spoiler() const { return name.startsWith("SPOILER_"_L1); }

bool Message::is_system() const { return type != 0 && type != 19 && type != 20 && type != 23; }

std::optional<Reaction> parse_reaction(const QJsonObject& object) {
    const auto emoji = parse_emoji(object_of(object, "emoji"_L1));
    if (!emoji) return std::nullopt;
    return Reaction{
        *emoji, int(number_of(object, "count"_L1, 1, 1'000'000'000, 1)), flag_of(object, "me"_L1)};
}

std::optional<Message> parse_message(const QJsonObject& object) {
    Message message;
    message.id = id_of(object, "id"_L1);
    message.channel = id_of(object, "channel_id"_L1);
    const auto author = parse_user(object_of(object, "author"_L1));
    if (message.id == 0 || message.channel == 0 || !author) return std::nullopt;
    message.author = *author;
    message.guild = id_of(object, "guild_id"_L1);
    message.type = int(number_of(object, "type"_L1, 0, 1'000));
    message.content = text_of(object, "content"_L1, kContentMax);
    message.time_ms = time_of(object, "timestamp"_L1);
    if (message.time_ms == 0) message.time_ms = made_at_ms(message.id);
    message.edited_ms = time_of(object, "edited_timestamp"_L1);
    message.pinned = flag_of(object, "pinned"_L1);
    message.tts = flag_of(object, "tts"_L1);
    message.flags = quint64(number_of(object, "flags"_L1, 0, qint64(1) << 52));
    message.nonce = text_of(object, "nonce"_L1, 64);
    message.mention_everyone = flag_of(object, "mention_everyone"_L1);
    message.mentions = list_of(object, "mentions"_L1, kMentionsMax, parse_user);
    message.mention_roles = ids_of(object, "mention_roles"_L1, kMentionRolesMax);
    message.attachments = list_of(object, "attachments"_L1, kAttachmentsMax, parse_attachment);
    message.embeds = list_of(object, "embeds"_L1, kEmbedsMax, parse_embed);
    message.reactions = list_of(object, "reactions"_L1, kReactionsMax, parse_reaction);
    message.webhook = id_of(object, "webhook_id"_L1) != 0;
    const QJsonObject command = object_of(object, "interaction"_L1);
    message.command_name = text_of(command, "name"_L1, 128);
    if (auto user = parse_user(object_of(command, "user"_L1))) message.command_user = *user;
    parse_reply(object, message);
    return message;
}

}  // namespace guildhall::client
