#include "client-qml/core/api/route.h"

#include <QStringList>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

bool is_number(QStringView text) {
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Words after which a part of the path is somebody's text: an emoji, a code, a token.
bool names_text(QStringView word) {
    return word == u"reactions" || word == u"invites" || word == u"peers" || word == u"node-bans" ||
           word == u"templates";
}

}  // namespace

RouteKey route_key(const QByteArray& method, const QString& path) {
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    RouteKey key;
    key.route = QString::fromLatin1(method) + u' ';
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QString& part = parts.at(i);
        const QStringView before = i > 0 ? QStringView(parts.at(i - 1)) : QStringView();
        const bool is_token = i == 2 && is_number(before) &&
                              (parts.at(0) == u"webhooks" || parts.at(0) == u"interactions");
        const bool is_hole = is_number(part) || names_text(before) || is_token;
        key.route += u'/' + (is_hole ? u":id"_s : part);
    }
    if (parts.size() > 1 && is_number(parts.at(1))) {
        const QString& kind = parts.at(0);
        if (kind == u"channels" || kind == u"guilds" || kind == u"webhooks") {
            key.major = kind + u'/' + parts.at(1);
            if (kind == u"webhooks" && parts.size() > 2) key.major += u'/' + parts.at(2);
        }
    }
    return key;
}

}  // namespace guildhall::client
