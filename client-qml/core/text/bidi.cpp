#include "client-qml/core/text/bidi.h"

#include "client-qml/core/text/characters.h"

#include <algorithm>

namespace guildhall::client::text {

namespace {

constexpr char16_t kFirstStrongIsolate = 0x2068, kPopIsolate = 0x2069;
constexpr int kMarksOfNames = 4, kMarksOfMessages = 8;
constexpr int kShownCodePoints = 4;  // Of a name that would be invisible.

bool opens_isolate(char32_t c) { return c >= 0x2066 && c <= 0x2068; }
bool opens_embedding(char32_t c) { return (c >= 0x202a && c <= 0x202b) || is_bidi_override(c); }
bool is_joiner(char32_t c) { return c == 0x200c || c == 0x200d; }

// Scripts in which ZWJ and ZWNJ decide what a word looks like.
bool joins(QStringView before) {
    if (before.isEmpty()) return false;
    auto at = before.size() - 1;
    if (at > 0 && before[at].isLowSurrogate()) --at;
    switch (QChar::script(code_point_at(before, at).value)) {
        case QChar::Script_Arabic:
        case QChar::Script_Syriac:
        case QChar::Script_Devanagari:
        case QChar::Script_Bengali:
        case QChar::Script_Gurmukhi:
        case QChar::Script_Gujarati:
        case QChar::Script_Oriya:
        case QChar::Script_Tamil:
        case QChar::Script_Telugu:
        case QChar::Script_Kannada:
        case QChar::Script_Malayalam:
        case QChar::Script_Sinhala:
        case QChar::Script_Mongolian:
            return true;
        case QChar::Script_Inherited:
            return before[at].isMark();
        default:
            return false;
    }
}

bool is_dropped(char32_t c) {
    return is_control(c) || is_invisible(c) || is_bidi_control(c) ||
           c == QChar::ReplacementCharacter || QChar::isNonCharacter(c);
}

// Appends what a name may hold of the character at `at`; returns how many units were used up.
qsizetype take_of_name(QStringView name, qsizetype at, int& marks, QString& out) {
    if (auto emoji = emoji_at(name, at); emoji.units > 0) {
        out += name.mid(at, emoji.units);
        marks = 0;
        return emoji.units;
    }
    auto [c, units] = code_point_at(name, at);
    auto before = out.size();
    bool is_spacing = QChar::isSpace(c);
    bool kept_joiner = is_joiner(c) && joins(out);
    if (is_spacing) {
        if (!out.isEmpty() && !out.endsWith(u' ')) out += u' ';
    } else if (is_mark(c)) {
        // A mark at the start would sit on what stands before the name.
        bool fits = marks < kMarksOfNames && !is_invisible(c) && !out.isEmpty();
        if (fits) out += name.mid(at, units);
        marks += fits ? 1 : 0;
        return units;
    } else if (kept_joiner || !is_dropped(c)) {
        out += name.mid(at, units);
    }
    // What is dropped does not part a character from its marks.
    if (out.size() > before) marks = 0;
    return units;
}

QString without_hidden(QStringView name) {
    QString out;
    int marks = 0;
    for (qsizetype at = 0; at < name.size();) at += take_of_name(name, at, marks, out);
    if (out.endsWith(u' ')) out.chop(1);
    return out;
}

QString code_points_of(QStringView name) {
    QString out;
    qsizetype at = 0;
    for (int n = 0; n < kShownCodePoints && at < name.size(); ++n) {
        auto [c, units] = code_point_at(name, at);
        out +=
            QStringLiteral("<U+%1>").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
        at += units;
    }
    return at < name.size() ? out + QChar(0x2026) : out;
}

bool is_harmless(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u' ' && c < QChar(0x7f)) || c == u'\n' || c == u'\t';
    });
}

// The longest start of at most `units_max` that does not end between halves of a character.
QStringView cut(QStringView text, int units_max) {
    if (text.size() <= units_max) return text;
    text = text.left(units_max);
    return !text.isEmpty() && text.back().isHighSurrogate() ? text.chopped(1) : text;
}

}  // namespace

Direction direction_of(QStringView paragraph) {
    int isolates = 0;
    for (qsizetype at = 0; at < paragraph.size();) {
        auto [c, units] = code_point_at(paragraph, at);
        at += units;
        if (opens_isolate(c)) ++isolates;
        if (c == kPopIsolate && isolates > 0) --isolates;
        if (isolates > 0) continue;
        switch (QChar::direction(c)) {
            case QChar::DirL:
                return Direction::left_to_right;
            case QChar::DirR:
            case QChar::DirAL:
                return Direction::right_to_left;
            default:
                break;
        }
    }
    return Direction::neutral;
}

QString isolated(const QString& text) {
    QString out(QChar{kFirstStrongIsolate});
    int isolates = 0, embeddings = 0;
    for (QChar unit : text) {
        auto c = unit.unicode();
        if (c == kPopIsolate && isolates == 0) continue;
        if (c == 0x202c && embeddings == 0) continue;
        if (opens_isolate(c)) ++isolates;
        if (c == kPopIsolate) --isolates;
        if (opens_embedding(c)) ++embeddings;
        if (c == 0x202c) --embeddings;
        out += unit;
    }
    out += QString(embeddings, QChar(0x202c));
    out += QString(isolates + 1, QChar{kPopIsolate});
    return out;
}

QString safe_name(const QString& name, const QString& fallback, int units_max) {
    if (name.isEmpty()) return fallback;
    // A name of which little is left could hide much: no more is read than four times its length.
    auto out = without_hidden(cut(name, 4 * units_max));
    if (out.isEmpty()) return code_points_of(name);
    if (out.size() <= units_max) return out;
    // Once more, for what belonged to an emoji that was cut.
    return without_hidden(cut(out, units_max - 1)) + QChar(0x2026);
}

QString safe_text(const QString& text, int units_max) {
    auto read = cut(text, units_max);
    if (is_harmless(read)) return read.size() == text.size() ? text : read.toString();
    QString out;
    out.reserve(read.size());
    int marks = 0;
    for (qsizetype at = 0; at < read.size();) {
        auto [c, units] = code_point_at(read, at);
        bool line_end = c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85 || c == 0x0b;
        bool dropped = is_control(c) || is_bidi_override(c);
        if (!dropped) marks = is_mark(c) ? marks + 1 : 0;
        if (line_end) {
            bool pair = c == '\r' && at + 1 < read.size() && read[at + 1] == u'\n';
            if (!pair) out += u'\n';
        } else if (c == QChar::ReplacementCharacter || c == QChar::ObjectReplacementCharacter) {
            out += QChar(QChar::ReplacementCharacter);
        } else if (!dropped && marks <= kMarksOfMessages) {
            out += read.mid(at, units);
        }
        at += units;
    }
    return out;
}

}  // namespace guildhall::client::text
