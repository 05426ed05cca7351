// Links from outside: of the system, of messages, of the clipboard. All hostile.

#include "client-qml/core/account/navigator.h"

#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLinkMax = 512;

bool is_code(const QString& text) {
    static const QRegularExpression shape(
        u"^[A-Za-z0-9-]{2,64}(@[A-Za-z0-9.:\\[\\]-]{1,255}(~[0-9a-f]{1,64})?)?$"_s);
    return shape.match(text).hasMatch();
}

/// The parts of /channels/GUILD[/CHANNEL[/MESSAGE]]; GUILD may be @me.
Link from_channels(const QStringList& parts) {
    Link link;
    if (parts.size() < 2 || parts.size() > 4) return link;
    link.guild = parts[1] == "@me"_L1 ? 0 : snowflake(QStringView(parts[1]));
    if (link.guild == 0 && parts[1] != "@me"_L1) return link;
    if (parts.size() > 2) link.channel = snowflake(QStringView(parts[2]));
    if (parts.size() > 3) link.message = snowflake(QStringView(parts[3]));
    if ((parts.size() > 2 && link.channel == 0) || (parts.size() > 3 && link.message == 0)) {
        return {};
    }
    link.kind = link.message != 0   ? Link::Kind::message
                : link.channel != 0 ? Link::Kind::channel
                                    : Link::Kind::guild;
    return link;
}

}  // namespace

Link parse_link(const QString& text) {
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kLinkMax) return {};
    if (trimmed.contains(u'@') && is_code(trimmed)) {
        Link link;
        link.kind = Link::Kind::invite;
        link.code = trimmed;
        return link;
    }
    const QUrl url(trimmed, QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool ours = scheme == "guildhall"_L1;
    if (!url.isValid() || (!ours && scheme != "https"_L1 && scheme != "http"_L1)) return {};
    // guildhall://NODE/channels/... and guildhall:///channels/... are the same shape as https.
    const QStringList parts = url.path().split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty()) return {};
    Link link;
    if (parts[0] == "channels"_L1) {
        link = from_channels(parts);
    } else if (parts[0] == "i"_L1 && parts.size() == 2 && is_code(parts[1])) {
        link.kind = Link::Kind::invite;
        link.code = parts[1];
    }
    if (link.kind != Link::Kind::none) link.node = url.authority(QUrl::FullyEncoded);
    link.is_web = !ours;
    return link;
}

}  // namespace guildhall::client
