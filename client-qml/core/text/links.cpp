#include "client-qml/core/text/links.h"

#include "client-qml/core/text/characters.h"

#include <algorithm>
#include <iterator>

namespace guildhall::client::text {

namespace {

constexpr qsizetype kHostUnitsMax = 253;

bool ends_url(QStringView text, qsizetype at) {
    QChar c = text[at];
    if (c.isSpace() || c == u'<' || c == u'>' || c == u'"' || c == u'`') return true;
    if (c == u'|' && at + 1 < text.size() && text[at + 1] == u'|') return true;
    return is_control(c.unicode()) || is_bidi_control(c.unicode());
}

bool is_trailing(QChar c) { return QStringView(u".,:;!?'*_~").contains(c); }

// True if the text ends in a bracket that nothing in it opened.
class Brackets {
  public:
    void see(QChar c) {
        if (c == u'(') ++round_;
        if (c == u')') --round_;
        if (c == u'[') ++square_;
        if (c == u']') --square_;
    }
    void unsee(QChar c) {
        if (c == u')') ++round_;
        if (c == u']') ++square_;
        if (c == u'(') --round_;
        if (c == u'[') --square_;
    }
    bool is_loose(QChar last) const {
        return (last == u')' && round_ < 0) || (last == u']' && square_ < 0);
    }

  private:
    int round_ = 0, square_ = 0;
};

bool is_number(QStringView digits) {
    return !digits.isEmpty() && digits.size() <= 20 &&
           std::all_of(
               digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

}  // namespace

SafeUrl safe_url(QStringView written) {
    if (written.size() > kUrlUnitsMax || !starts_url(written, 0)) return {};
    QUrl url(written.toString(), QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty() || url.host().size() > kHostUnitsMax) return {};
    // What stands before an @ looks like a host and is none.
    url.setUserInfo({});
    auto encoded = QString::fromLatin1(url.toEncoded());
    // QUrl encodes the others; a single quote would end an attribute of StyledText.
    encoded.replace(u'\'', QStringLiteral("%27"));
    bool plain = std::all_of(encoded.begin(), encoded.end(), [](QChar c) {
        return c > u' ' && c < QChar(0x7f) && c != u'"' && c != u'<' && c != u'>';
    });
    if (!plain || encoded.size() > 3 * kUrlUnitsMax) return {};
    return {encoded, url.host(QUrl::EncodeUnicode)};
}

bool starts_url(QStringView text, qsizetype at) {
    auto rest = text.mid(at, 8);
    return rest.startsWith(u"http://", Qt::CaseInsensitive) ||
           rest.startsWith(u"https://", Qt::CaseInsensitive);
}

qsizetype bare_url_units(QStringView text, qsizetype at) {
    Brackets brackets;
    qsizetype end = at;
    while (end < text.size() && end - at < kUrlUnitsMax && !ends_url(text, end)) {
        brackets.see(text[end]);
        ++end;
    }
    while (end > at && (is_trailing(text[end - 1]) || brackets.is_loose(text[end - 1]))) {
        brackets.unsee(text[end - 1]);
        --end;
    }
    auto scheme = text.mid(at, end - at).indexOf(u"://");
    return scheme < 0 || end - at <= scheme + 3 ? 0 : end - at;
}

bool looks_like_address(QStringView label) {
    if (label.contains(u"://") || label.startsWith(u"www.", Qt::CaseInsensitive)) return true;
    for (qsizetype at = 1; at + 2 < label.size(); ++at) {
        // "name.tld": a dot, or what looks like one, between letters.
        bool dot = label[at] == u'.' || label[at] == QChar(0x3002) || label[at] == QChar(0xff0e) ||
                   label[at] == QChar(0x2024);
        if (dot && label[at - 1].isLetterOrNumber() && label[at + 1].isLetter() &&
            label[at + 2].isLetter()) {
            return true;
        }
    }
    return false;
}

Href parse_href(const QString& href) {
    struct Row {
        const char16_t* prefix;
        Href::Kind kind;
    };
    static constexpr Row kRows[] = {
        {u"user:", Href::Kind::user},
        {u"role:", Href::Kind::role},
        {u"channel:", Href::Kind::channel},
        {u"command:", Href::Kind::command},
        {u"spoiler:", Href::Kind::spoiler},
        {u"time:", Href::Kind::time},
    };
    QStringView view(href);
    bool masked = view.startsWith(u"link:");
    if (auto url = safe_url(masked ? view.mid(5) : view); !url.is_empty()) {
        return {Href::Kind::web, QUrl(url.encoded), {}, masked};
    }
    for (const auto& row : kRows) {
        if (!view.startsWith(row.prefix)) continue;
        auto id = view.mid(QStringView(row.prefix).size());
        auto digits = row.kind == Href::Kind::time && id.startsWith(u'-') ? id.mid(1) : id;
        if (is_number(digits)) return {row.kind, {}, id.toString(), false};
    }
    return {};
}

}  // namespace guildhall::client::text
