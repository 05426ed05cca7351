#include "client-qml/core/text/inline_angle.h"

#include "client-qml/core/text/links.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace guildhall::client::text {

namespace {

constexpr qsizetype kAngleUnitsMax = 160;  // Of everything but addresses.
constexpr qsizetype kEmojiNameMax = 32, kCommandNameMax = 100, kTitleMax = 256;

std::optional<std::uint64_t> id_of(QStringView digits) {
    if (digits.isEmpty() || digits.size() > 20) return std::nullopt;
    for (QChar c : digits) {
        if (c < u'0' || c > u'9') return std::nullopt;
    }
    bool fits = false;
    auto id = digits.toULongLong(&fits);
    return fits ? std::optional(static_cast<std::uint64_t>(id)) : std::nullopt;
}

bool is_emoji_name(QStringView name) {
    return !name.isEmpty() && name.size() <= kEmojiNameMax &&
           std::all_of(name.begin(), name.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') ||
                      (c >= u'0' && c <= u'9') || c == u'_' || c == u'~';
           });
}

bool is_command_name(QStringView name) {
    return !name.isEmpty() && name.size() <= kCommandNameMax &&
           std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u' ' || c == u'\'';
           });
}

std::optional<Piece> with_id(Piece::Kind kind, QStringView digits) {
    auto id = id_of(digits);
    return id ? std::optional(Piece{.kind = kind, .id = *id}) : std::nullopt;
}

std::optional<Piece> parse_emoji(QStringView inner, bool animated) {
    auto colon = inner.indexOf(u':');
    if (colon < 0 || !is_emoji_name(inner.left(colon))) return std::nullopt;
    auto piece = with_id(Piece::Kind::custom_emoji, inner.mid(colon + 1));
    if (!piece) return std::nullopt;
    piece->flag = animated;
    piece->text = inner.left(colon).toString();
    return piece;
}

std::optional<Piece> parse_command(QStringView inner) {
    auto colon = inner.indexOf(u':');
    if (colon < 0 || !is_command_name(inner.left(colon))) return std::nullopt;
    auto piece = with_id(Piece::Kind::command, inner.mid(colon + 1));
    if (piece) piece->text = inner.left(colon).toString();
    return piece;
}

// <t:SECONDS> or <t:SECONDS:LETTER>; seconds as far as a date can be made of them.
std::optional<Piece> parse_time(QStringView inner) {
    constexpr std::int64_t kSecondsMax = 8'640'000'000'000;
    auto colon = inner.indexOf(u':');
    auto digits = colon < 0 ? inner : inner.left(colon);
    auto letter = colon < 0 ? QStringView(u"f") : inner.mid(colon + 1);
    bool negative = digits.startsWith(u'-');
    auto seconds = id_of(negative ? digits.mid(1) : digits);
    bool known = letter.size() == 1 && QStringView(u"tTdDfFRsS").contains(letter.front());
    if (!seconds || !known || *seconds > static_cast<std::uint64_t>(kSecondsMax)) {
        return std::nullopt;
    }
    auto value = static_cast<std::int64_t>(*seconds);
    return Piece{.kind = Piece::Kind::time,
                 .style_letter = letter.front().unicode(),
                 .seconds = negative ? -value : value};
}

std::optional<Piece> parse_inner(QStringView inner) {
    if (inner.startsWith(u"@&")) return with_id(Piece::Kind::role, inner.mid(2));
    if (inner.startsWith(u"@!")) return with_id(Piece::Kind::user, inner.mid(2));
    if (inner.startsWith(u'@')) return with_id(Piece::Kind::user, inner.mid(1));
    if (inner.startsWith(u'#')) return with_id(Piece::Kind::channel, inner.mid(1));
    if (inner.startsWith(u'/')) return parse_command(inner.mid(1));
    if (inner.startsWith(u"t:")) return parse_time(inner.mid(2));
    if (inner.startsWith(u"a:")) return parse_emoji(inner.mid(2), true);
    if (inner.startsWith(u':')) return parse_emoji(inner.mid(1), false);
    return std::nullopt;
}

// Where the address that begins at `at` ends: at a space, an angle, a [, or a ) of nobody's.
qsizetype end_of_target(QStringView text, qsizetype at, bool in_angles) {
    int depth = 0;
    for (; at < text.size(); ++at) {
        QChar c = text[at];
        if (c.isSpace() || c == u'<' || c == u'>' || c == u'[') return at;
        if (in_angles) continue;
        if (c == u'(') ++depth;
        if (c == u')' && depth-- == 0) return at;
    }
    return at;
}

// ` "title"`: read over and not shown.
qsizetype end_of_title(QStringView text, qsizetype at) {
    auto from = at;
    while (from < text.size() && text[from] == u' ') ++from;
    if (from == at || from >= text.size() || text[from] != u'"') return from;
    auto close = text.mid(from + 1, kTitleMax).indexOf(u'"');
    return close < 0 ? at : from + 1 + close + 1;
}

}  // namespace

Angle parse_angle(QStringView text) {
    bool address = starts_url(text, 1);
    auto limit = std::min(text.size(), address ? text.size() : kAngleUnitsMax);
    qsizetype at = 1;
    while (at < limit && text[at] != u'>' && text[at] != u'<' && text[at] != u'\n') ++at;
    Angle out{.steps = static_cast<std::size_t>(at)};
    if (at >= limit || text[at] != u'>') return out;
    auto inner = text.mid(1, at - 1);
    if (address) {
        bool spaced = std::any_of(inner.begin(), inner.end(), [](QChar c) { return c.isSpace(); });
        auto url = spaced ? SafeUrl{} : safe_url(inner);
        if (url.is_empty()) return out;
        out.piece = {.kind = Piece::Kind::link_open, .text = url.encoded, .host = url.host};
        out.units = at + 1;
    } else if (auto piece = parse_inner(inner)) {
        out.piece = std::move(*piece);
        out.units = at + 1;
    }
    return out;
}

LinkTarget parse_link_target(QStringView text) {
    bool in_angles = text.startsWith(u'<');
    qsizetype from = in_angles ? 1 : 0;
    if (!starts_url(text, from)) return {};
    auto end = end_of_target(text, from, in_angles);
    LinkTarget out{.url = text.mid(from, end - from), .steps = static_cast<std::size_t>(end)};
    if (in_angles && (end >= text.size() || text[end++] != u'>')) return out;
    auto after = end_of_title(text, end);
    out.steps += static_cast<std::size_t>(after - end);
    if (after < text.size() && text[after] == u')') out.units = after + 1;
    return out;
}

}  // namespace guildhall::client::text
