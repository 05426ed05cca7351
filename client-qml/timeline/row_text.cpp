#include "client-qml/timeline/row_text.h"

#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/highlight.h"
#include "client-qml/core/text/relative_time.h"

#include <QCoreApplication>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEmojiPx = 22, kJumboPx = 44, kSaidUnits = 2'000, kPreviewUnits = 160;

text::MarkdownOptions options_of(const RowView& view, const Names& names) {
    text::MarkdownOptions options;
    options.resolver = &names;
    options.palette = {
        view.colors.link, view.colors.mention, view.colors.spoiler, view.colors.code};
    options.now_ms = view.state.clock().now_ms();
    options.emoji_prefix = u"image://cdn/emojis/"_s;
    options.emoji_px = kEmojiPx;
    return options;
}

int format_of(text::Block::Format format) {
    switch (format) {
        case text::Block::Format::plain:
            return Qt::PlainText;
        case text::Block::Format::styled:
            return 4;  // Text.StyledText
        case text::Block::Format::rich:
            return Qt::RichText;
    }
    return Qt::PlainText;
}

QString code_html(const text::Block& block, const TextColors& colors) {
    text::CodePalette palette;
    palette.keyword = palette.meta = colors.keyword;
    palette.string = palette.added = colors.string;
    palette.number = palette.removed = colors.number;
    palette.comment = colors.comment;
    palette.type = palette.function = palette.key = colors.type;
    return text::highlighted(block.text, block.language, palette);
}

QVariantMap block_map(const text::Block& block, const TextColors& colors) {
    static const QStringList kinds{
        u"paragraph"_s, u"heading"_s, u"subtext"_s, u"code"_s, u"item"_s};
    const bool is_code = block.kind == text::Block::Kind::code;
    return {{u"kind"_s, kinds.at(int(block.kind))},
            {u"html"_s, is_code ? code_html(block, colors) : block.html},
            {u"format"_s, is_code ? 4 : format_of(block.format)},
            {u"level"_s, block.level},
            {u"quoted"_s, block.quoted},
            {u"rtl"_s, block.rtl},
            {u"spoiler"_s, block.spoiler},
            {u"hidden"_s, block.hidden},
            {u"marker"_s, block.marker},
            {u"language"_s, block.language},
            {u"source"_s, block.text}};
}

}  // namespace

void make_text(const RowView& view, Row& row) {
    row.text = {};
    row.text.made = true;
    row.text.said = preview(view, row.message, kSaidUnits);
    row.text.embeds = embed_list(view, row.message);
    const auto& reply = row.message.reply;
    if (reply && reply->shown) row.text.answers = preview(view, *reply->shown, kPreviewUnits);
    if (row.message.content.isEmpty()) return;
    const Names names(view.state, view.guild, &row.message);
    text::MarkdownOptions options = options_of(view, names);
    options.revealed = row.revealed;
    text::Document document = text::to_document(row.message.content, options);
    row.text.jumbo = document.jumbo;
    if (document.jumbo) {
        options.emoji_px = kJumboPx;
        document = text::to_document(row.message.content, options);
    }
    const auto& blocks = document.blocks;
    if (blocks.size() == 1 && blocks[0].kind == text::Block::Kind::paragraph && !blocks[0].quoted) {
        row.text.html = blocks[0].html;
        row.text.format = format_of(blocks[0].format);
        return;
    }
    row.text.blocks.reserve(qsizetype(blocks.size()));
    for (const text::Block& block : blocks) {
        row.text.blocks.append(block_map(block, view.colors));
    }
}

QString preview(const RowView& view, const Message& message, int units_max) {
    const Names names(view.state, view.guild, &message);
    const QString cut = text::safe_text(message.content, 4 * units_max);
    const QString plain = text::plain_text(cut, options_of(view, names));
    if (!plain.isEmpty()) return text::safe_text(plain, units_max);
    if (!message.attachments.empty()) return QCoreApplication::translate("Timeline", "Attachment");
    if (!message.embeds.empty()) return QCoreApplication::translate("Timeline", "Embed");
    return {};
}

QString author_name(const RowView& view, const User& author, bool webhook) {
    if (webhook) return text::safe_name(author.display_name(), u"Webhook"_s);
    const QString name = view.state.display_name(view.guild, author);
    // The node is shown beside the name.
    const QString node = u'@' + author.node();
    return node.size() > 1 && name.endsWith(node) ? name.chopped(node.size()) : name;
}

QString spoken_row(const RowView& view, const Row& row) {
    const auto tr = [](const char* text) { return QCoreApplication::translate("Timeline", text); };
    const Message& message = row.message;
    const QString system = system_sentence(view, message);
    if (!system.isEmpty()) return system;
    QStringList parts{author_name(view, message.author, message.webhook)};
    parts += text::message_time(message.time_ms, view.state.clock().now_ms(), QLocale());
    if (!row.text.said.isEmpty()) parts += row.text.said;
    const std::size_t files = message.attachments.size() + std::size_t(row.files.size());
    if (files > 0) {
        parts += QCoreApplication::translate("Timeline", "%n attachment(s)", nullptr, int(files));
    }
    if (!message.reactions.empty()) {
        parts += QCoreApplication::translate(
            "Timeline", "%n reaction(s)", nullptr, int(message.reactions.size()));
    }
    if (message.edited_ms != 0) parts += tr("edited");
    if (message.pinned) parts += tr("pinned");
    if (!row.is_pending()) return parts.join(u", ");
    switch (row.stage) {
        case Outbox::Stage::waiting:
            parts += tr("waiting to be sent");
            break;
        case Outbox::Stage::sending:
            parts += tr("sending");
            break;
        case Outbox::Stage::host_away:
            parts += tr("waiting for the guild's host");
            break;
        case Outbox::Stage::failed:
            parts += tr("not sent");
            if (!row.error.isEmpty()) parts += text::safe_text(row.error, 200);
            break;
    }
    return parts.join(u", ");
}

}  // namespace guildhall::client
