// A document of core/text in one line, for tables of cases; and the people and places of its tests.
#pragma once

#include "client-qml/core/text/markdown.h"

#include <QString>

namespace guildhall::client::text {

// Knows user 1 (the reader), 3 and 4 (whose names are up to no good), role 5 and channel 6.
class KnownNames final : public MentionResolver {
  public:
    Mention mention(MentionKind kind, std::uint64_t id) const override {
        if (kind == MentionKind::everyone) return {QStringLiteral("everyone"), {}, true};
        if (kind == MentionKind::here) return {QStringLiteral("here"), {}, false};
        if (kind == MentionKind::user && id == 1) return {QStringLiteral("Ada"), {}, true};
        if (kind == MentionKind::user && id == 3) return {QStringLiteral("<b>&\"x"), {}, false};
        if (kind == MentionKind::user && id == 4) return {QStringLiteral("a\u202eb"), {}, false};
        if (kind == MentionKind::role && id == 5) {
            return {QStringLiteral("Crew"), QStringLiteral("#ff8800"), false};
        }
        if (kind == MentionKind::channel && id == 6) return {QStringLiteral("general"), {}, false};
        return {};
    }
};

// Line ends as U+23CE, characters that nobody sees as {U+XXXX}.
inline QString shown(const QString& text) {
    QString out;
    for (QChar c : text) {
        if (c == u'\n') {
            out += QChar(0x23ce);
        } else if (c.unicode() < 0x20 || c.category() == QChar::Other_Format ||
                   c.isNonCharacter()) {
            bool joiner = c.unicode() == 0x200d;
            out += joiner ? QString(c)
                          : QStringLiteral("{U+%1}").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        } else {
            out += c;
        }
    }
    return out;
}

// "p", "h1" to "h3", "sub", "code", "li0"; then q: quoted, r: rich, s: styled, d: right to left.
inline QString written(const Block& block) {
    static constexpr const char16_t* kKinds[] = {u"p", u"h", u"sub", u"code", u"li"};
    QString out = QString::fromUtf16(kKinds[static_cast<std::size_t>(block.kind)]);
    if (block.kind == Block::Kind::heading || block.kind == Block::Kind::item) {
        out += QString::number(block.level);
    }
    if (block.quoted) out += u'q';
    if (block.format == Block::Format::rich) out += u'r';
    if (block.format == Block::Format::styled) out += u's';
    if (block.rtl) out += u'd';
    if (block.spoiler >= 0) out += QStringLiteral("|%1").arg(block.spoiler);
    if (!block.language.isEmpty()) out += u'(' + block.language + u')';
    out += u": ";
    if (!block.marker.isEmpty()) out += block.marker + u' ';
    return out + shown(block.html + block.text);
}

inline QString written(const Document& document) {
    QString out;
    if (document.jumbo) out += u"jumbo ";
    if (document.mentions_me) out += u"me ";
    for (const auto& block : document.blocks) {
        if (!out.isEmpty() && !out.endsWith(u' ')) out += u" \u00b6 ";
        out += written(block);
    }
    return out;
}

// The other way round, for the table's inputs.
inline QString meant(QString text) {
    text.replace(QChar(0x23ce), u'\n');
    for (auto at = text.indexOf(QStringLiteral("{U+")); at >= 0;
         at = text.indexOf(QStringLiteral("{U+"), at + 1)) {
        auto code = QStringView(text).mid(at + 3, 4).toUShort(nullptr, 16);
        text.replace(at, 8, QChar(code));
    }
    return text;
}

inline MarkdownOptions options_for(const MentionResolver& resolver) {
    MarkdownOptions options;
    options.resolver = &resolver;
    options.locale = QLocale::c();
    options.emoji_prefix = QStringLiteral("image://cdn/emojis/");
    return options;
}

}  // namespace guildhall::client::text
