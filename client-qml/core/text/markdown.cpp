#include "client-qml/core/text/markdown.h"

#include "client-qml/core/text/blocks.h"
#include "client-qml/core/text/inline.h"
#include "client-qml/core/text/writers.h"

#include <algorithm>
#include <utility>

namespace guildhall::client::text {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kJumboMax = 27;
constexpr QStringView kQuoteMark = u"\u258e ";

// RichText costs five times StyledText, which knows no monospaced font and no font by name.
Block::Format format_for(const std::vector<Piece>& pieces, const MarkdownOptions& options) {
    auto format = Block::Format::plain;
    for (const auto& piece : pieces) {
        bool named_font = piece.kind == Piece::Kind::emoji && piece.flag;
        if (piece.kind == Piece::Kind::code || named_font) return Block::Format::rich;
        bool plain = piece.kind == Piece::Kind::text || piece.kind == Piece::Kind::emoji ||
                     piece.kind == Piece::Kind::line_break;
        if (!plain) format = Block::Format::styled;
    }
    return format;
}

bool is_only_emoji(const std::vector<Piece>& pieces) {
    int emoji = 0;
    for (const auto& piece : pieces) {
        bool blank = piece.kind == Piece::Kind::line_break ||
                     (piece.kind == Piece::Kind::text && piece.text.trimmed().isEmpty());
        bool is_emoji = piece.kind == Piece::Kind::emoji || piece.kind == Piece::Kind::custom_emoji;
        if (!blank && !is_emoji) return false;
        emoji += is_emoji ? 1 : 0;
    }
    return emoji > 0 && emoji <= kJumboMax;
}

QString covered_text() { return QString(8, QChar(0x2588)); }

QString marker_of(const RawBlock& raw) {
    if (raw.number > 0) return QString::number(raw.number) + u'.';
    return raw.level == 0 ? QStringLiteral("\u2022") : QStringLiteral("\u25e6");
}

// What stands before and behind a block's text where blocks are told apart by marks alone.
struct Marks {
    QString before, behind;
};

Marks marks_of(const RawBlock& raw) {
    auto quote = raw.quoted ? kQuoteMark.toString() : QString();
    switch (raw.kind) {
        case RawBlock::Kind::heading:
            return {quote + QStringLiteral("<b>"), QStringLiteral("</b>")};
        case RawBlock::Kind::subtext:
            return {quote + QStringLiteral("<font size=\"2\">"), QStringLiteral("</font>")};
        case RawBlock::Kind::item:
            return {
                quote + QStringLiteral("&nbsp;&nbsp;").repeated(raw.level) + marker_of(raw) + u' ',
                {}};
        case RawBlock::Kind::paragraph:
        case RawBlock::Kind::code:
            return {quote, {}};
    }
    return {};
}

Block code_block(RawBlock raw, WriteState& state) {
    Block block{.kind = Block::Kind::code, .quoted = raw.quoted, .language = raw.language};
    if (raw.spoiler) {
        block.spoiler = state.spoilers++;
        block.hidden = !state.options.revealed.contains(block.spoiler);
    }
    if (!block.hidden) block.text = std::move(raw.text);
    return block;
}

Block text_block(const RawBlock& raw, const std::vector<Piece>& pieces, WriteState& state) {
    Block block{.kind = static_cast<Block::Kind>(raw.kind),
                .format = format_for(pieces, state.options),
                .level = raw.level,
                .quoted = raw.quoted,
                .rtl = direction_of(raw.text) == Direction::right_to_left};
    if (raw.kind == RawBlock::Kind::item) block.marker = marker_of(raw);
    if (block.format == Block::Format::plain) {
        block.html = write_plain(pieces, false, state);
    } else {
        bool rich = block.format == Block::Format::rich;
        block.html = write_markup(pieces, rich ? Markup::rich : Markup::styled, state);
    }
    return block;
}

}  // namespace

Document to_document(const QString& text, const MarkdownOptions& options) {
    auto raw = parse_blocks(safe_text(text));
    Document document{.steps = raw.steps};
    WriteState state{options};
    bool may_be_jumbo = raw.blocks.size() == 1 && !raw.blocks.front().quoted;
    for (auto& block : raw.blocks) {
        if (block.kind == RawBlock::Kind::code) {
            document.blocks.push_back(code_block(std::move(block), state));
            continue;
        }
        auto inline_parts = parse_inline(block.text);
        document.steps += inline_parts.steps;
        document.jumbo = may_be_jumbo && block.kind == RawBlock::Kind::paragraph &&
                         is_only_emoji(inline_parts.pieces);
        document.blocks.push_back(text_block(block, inline_parts.pieces, state));
    }
    document.mentions_me = state.mentions_me;
    document.spoilers = state.spoilers;
    return document;
}

QString to_styled(const QString& text, const MarkdownOptions& options) {
    QString out;
    WriteState state{options};
    for (const auto& raw : parse_blocks(safe_text(text)).blocks) {
        if (!out.isEmpty()) out += u"<br>";
        QString html;
        if (raw.kind == RawBlock::Kind::code) {
            auto code = code_block(raw, state);
            html = code.hidden ? covered_text() : escaped(code.text);
        } else {
            html = write_markup(parse_inline(raw.text).pieces, Markup::styled, state);
        }
        if (raw.quoted) html.replace(u"<br>"_s, u"<br>\u258e "_s);
        auto marks = marks_of(raw);
        out += marks.before + html + marks.behind;
    }
    return out;
}

QString plain_text(const QString& text, const MarkdownOptions& options, bool single_line) {
    QString out;
    WriteState state{options};
    for (const auto& block : parse_blocks(safe_text(text)).blocks) {
        if (!out.isEmpty()) out += single_line ? u' ' : u'\n';
        if (block.kind == RawBlock::Kind::code) {
            auto code = code_block(block, state);
            out += code.hidden ? covered_text() : code.text;
            continue;
        }
        if (block.kind == RawBlock::Kind::item) out += marker_of(block) + u' ';
        out += write_plain(parse_inline(block.text).pieces, single_line, state);
    }
    if (single_line) out.replace(u'\n', u' ');
    return out;
}

bool mentions_me(const QString& text, const MentionResolver& resolver) {
    if (!text.contains(u'@')) return false;
    MarkdownOptions options;
    options.resolver = &resolver;
    return to_document(text, options).mentions_me;
}

}  // namespace guildhall::client::text
