// Addresses in messages: where a bare one ends, which may be opened, and what the links of our own
// StyledText mean. Plain functions; any thread.
#pragma once

#include <QString>
#include <QStringView>
#include <QUrl>

#include <cstdint>

namespace guildhall::client::text {

inline constexpr int kUrlUnitsMax = 2'048;

// An address that may be opened: http or https, with a host, as pure ASCII without quotes and
// angles. Empty if `written` is none. `host` is what a reader must see: in Punycode if not ASCII.
struct SafeUrl {
    QString encoded;
    QString host;
    bool is_empty() const { return encoded.isEmpty(); }
};
SafeUrl safe_url(QStringView written);

bool starts_url(QStringView text, qsizetype at);  // "http://" or "https://", in any case.

// How long the bare address at `at` is: to a space, an angle or quote, or "||"; closing brackets
// that nothing in it opened and punctuation at its end are not part of it.
qsizetype bare_url_units(QStringView text, qsizetype at);

// True if a reader would take `label` for an address; then its link shows where it really leads.
bool looks_like_address(QStringView label);

// What a link in a block's `html` means. `id` is that of a user, role or channel, the number of a
// spoiler or the seconds of a moment; `masked`: the text that was clicked is not the address, so
// that the reader is asked first. Anything not written by us is `none`.
struct Href {
    enum class Kind { none, web, user, role, channel, command, spoiler, time };
    Kind kind = Kind::none;
    QUrl url;
    QString id;
    bool masked = false;
};
Href parse_href(const QString& href);

}  // namespace guildhall::client::text
