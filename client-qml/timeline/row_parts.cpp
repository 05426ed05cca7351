// What hangs on a message: files, embeds, reactions, what it replies to, what the node says in it.

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/escape.h"
#include "client-qml/core/text/relative_time.h"
#include "client-qml/timeline/row_text.h"

#include <QCoreApplication>
#include <QUrl>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

struct Parts {
    Q_DECLARE_TR_FUNCTIONS(TimelineParts)
};

QString extension_free_name(const Attachment& file) {
    const QString name = file.is_spoiler() ? file.name.mid(8) : file.name;
    return text::safe_name(name, Parts::tr("File"));
}

/// Whether it may have more than one frame.
bool moves(const Attachment& file) {
    return file.is_image() &&
           (file.content_type == "image/gif"_L1 || file.content_type == "image/webp"_L1);
}

}  // namespace

QVariantMap reply_line(const RowView& view, const Row& row) {
    if (!row.message.reply) return {};
    const Reply& reply = *row.message.reply;
    QVariantMap line{{u"id"_s, id_text(reply.message)}, {u"deleted"_s, reply.deleted}};
    if (!reply.shown) return line;
    const Message& shown = *reply.shown;
    line[u"authorId"_s] = id_text(shown.author.id);
    line[u"author"_s] = author_name(view, shown.author, shown.webhook);
    line[u"color"_s] = readable_color(view.state.color(view.guild, shown.author.id), view.colors);
    line[u"avatar"_s] = avatar_address(shown.author);
    line[u"text"_s] = row.text.answers;
    return line;
}

QVariantList file_list(const Row& row) {
    QVariantList files;
    for (const Attachment& file : row.message.attachments) {
        const bool is_spoiler = file.is_spoiler();
        files.append(
            QVariantMap{{u"id"_s, id_text(file.id)},
                        {u"name"_s, extension_free_name(file)},
                        {u"description"_s, text::safe_text(file.description, 1'024)},
                        {u"url"_s, file.url},
                        {u"picture"_s, file.is_image() ? picture_address(file.url) : QString()},
                        {u"moves"_s, moves(file)},
                        {u"size"_s, QLocale().formattedDataSize(file.bytes)},
                        {u"bytes"_s, file.bytes},
                        {u"width"_s, file.width},
                        {u"height"_s, file.height},
                        {u"spoiler"_s, is_spoiler},
                        {u"covered"_s, is_spoiler && !row.uncovered.contains(file.id)}});
    }
    return files;
}

QVariantList picture_list(const Row& row) {
    QVariantList pictures = file_list(row);
    pictures.removeIf(
        [](const QVariant& file) { return file.toMap()[u"picture"_s].toString().isEmpty(); });
    for (const Embed& one : row.message.embeds) {
        if (one.image_url.isEmpty()) continue;
        const QString name = QUrl(one.image_url).fileName();
        pictures.append(QVariantMap{{u"id"_s, QString()},
                                    {u"name"_s, text::safe_name(name, Parts::tr("Picture"))},
                                    {u"description"_s, text::safe_text(one.title, 1'024)},
                                    {u"url"_s, one.image_url},
                                    {u"picture"_s, picture_address(one.image_url)},
                                    {u"moves"_s, name.endsWith(".gif"_L1, Qt::CaseInsensitive)},
                                    {u"bytes"_s, 0},
                                    {u"covered"_s, false}});
    }
    return pictures;
}

QVariantList embed_list(const RowView& view, const Message& message) {
    const Names names(view.state, view.guild, &message);
    text::MarkdownOptions options;
    options.resolver = &names;
    options.palette = {
        view.colors.link, view.colors.mention, view.colors.spoiler, view.colors.code};
    options.now_ms = view.state.clock().now_ms();
    const auto html = [&](const QString& text) {
        QStringList lines;
        for (const text::Block& block : text::to_document(text, options).blocks) {
            lines += block.kind == text::Block::Kind::code        ? text::escaped(block.text)
                     : block.format == text::Block::Format::plain ? text::escaped(block.html)
                                                                  : block.html;
        }
        return lines.join(u"<br>"_s);
    };
    QVariantList embeds;
    for (const Embed& one : message.embeds) {
        const bool is_empty = one.title.isEmpty() && one.description.isEmpty() &&
                              one.fields.empty() && one.image_url.isEmpty() &&
                              one.thumbnail_url.isEmpty() && one.author.isEmpty() &&
                              one.footer.isEmpty();
        if (is_empty) continue;
        QVariantList fields;
        for (const EmbedField& field : one.fields) {
            fields.append(QVariantMap{{u"name"_s, text::safe_text(field.name)},
                                      {u"value"_s, html(field.value)},
                                      {u"inline"_s, field.inline_}});
        }
        const QString color =
            one.color < 0 ? QString() : u"#%1"_s.arg(one.color, 6, 16, QChar(u'0'));
        const QString when =
            one.time_ms == 0 ? QString() : text::full_moment(one.time_ms, QLocale());
        embeds.append(QVariantMap{{u"provider"_s, text::safe_name(one.provider)},
                                  {u"author"_s, text::safe_name(one.author)},
                                  {u"authorUrl"_s, one.author_url},
                                  {u"title"_s, text::safe_text(one.title)},
                                  {u"url"_s, one.url},
                                  {u"html"_s, html(one.description)},
                                  {u"fields"_s, fields},
                                  {u"footer"_s, text::safe_text(one.footer)},
                                  {u"when"_s, when},
                                  {u"color"_s, color},
                                  {u"picture"_s, picture_address(one.image_url)},
                                  {u"pictureUrl"_s, one.image_url},
                                  {u"width"_s, one.image_width},
                                  {u"height"_s, one.image_height},
                                  {u"thumbnail"_s, picture_address(one.thumbnail_url)}});
    }
    return embeds;
}

QVariantList reaction_list(const Message& message) {
    QVariantList reactions;
    for (const Reaction& one : message.reactions) {
        const bool is_own = one.emoji.id != 0;
        reactions.append(QVariantMap{{u"code"_s, emoji_code(one.emoji)},
                                     {u"text"_s, is_own ? QString() : one.emoji.name},
                                     {u"name"_s, text::safe_name(one.emoji.name, u"?"_s, 40)},
                                     {u"picture"_s, emoji_address(one.emoji)},
                                     {u"count"_s, one.count},
                                     {u"mine"_s, one.mine}});
    }
    return reactions;
}

QString emoji_code(const Emoji& emoji) {
    return emoji.id == 0 ? emoji.name : emoji.name + u':' + id_text(emoji.id);
}

Emoji emoji_of(const QString& code) {
    QString inner = code.left(128);
    Emoji emoji;
    if (inner.startsWith(u'<') && inner.endsWith(u'>')) {
        emoji.animated = inner.startsWith("<a:"_L1);
        inner = inner.mid(emoji.animated ? 3 : 2).chopped(1);
    }
    const qsizetype colon = inner.lastIndexOf(u':');
    emoji.id = colon < 0 ? 0 : snowflake(QStringView(inner).mid(colon + 1));
    emoji.name = emoji.id == 0 ? inner : inner.left(colon);
    return emoji;
}

QString system_sentence(const RowView& view, const Message& message) {
    if (!message.is_system()) return {};
    const QString who = author_name(view, message.author, message.webhook);
    const QString what = text::safe_name(message.content);
    const User* other = message.mentions.empty() ? nullptr : &message.mentions.front();
    const QString whom = other ? author_name(view, *other, false) : Parts::tr("somebody");
    switch (message.type) {
        case 1:
            return Parts::tr("%1 added %2 to the group.").arg(who, whom);
        case 2:
            return other && other->id != message.author.id
                       ? Parts::tr("%1 removed %2 from the group.").arg(who, whom)
                       : Parts::tr("%1 left the group.").arg(who);
        case 3:
            return Parts::tr("%1 started a call.").arg(who);
        case 4:
            return Parts::tr("%1 changed the channel's name to %2.").arg(who, what);
        case 5:
            return Parts::tr("%1 changed the channel's icon.").arg(who);
        case 6:
            return Parts::tr("%1 pinned a message to this channel.").arg(who);
        case 7:
            return Parts::tr("%1 joined the guild.").arg(who);
        case 8:
        case 9:
        case 10:
        case 11:
            return Parts::tr("%1 boosted the guild.").arg(who);
        case 12:
            return Parts::tr("%1 added %2 to this channel.").arg(who, what);
        case 18:
            return Parts::tr("%1 started a thread: %2.").arg(who, what);
        case 21:
            return Parts::tr("The thread starts here.");
        case 24:
            return Parts::tr("A message was held back by a rule.");
        default:
            return what.isEmpty()
                       ? Parts::tr("%1 did something this program does not know.").arg(who)
                       : u"%1: %2"_s.arg(who, what);
    }
}

}  // namespace guildhall::client
