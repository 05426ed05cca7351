#include "client-qml/core/images/addresses.h"

#include <QUrl>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

/// Only what a hash may hold: nothing that would leave its place in a path.
bool is_hash(const QString& hash) {
    return !hash.isEmpty() && std::ranges::all_of(hash, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || c == u'_';
    });
}

QString cdn(const QString& folder, Snowflake id, const QString& hash) {
    return is_hash(hash) ? u"image://cdn/%1/%2/%3.png"_s.arg(folder, id_text(id), hash) : QString();
}

}  // namespace

QString avatar_address(const User& user) { return cdn(u"avatars"_s, user.id, user.avatar); }

QString member_avatar_address(const Member& member) {
    if (!is_hash(member.avatar)) return avatar_address(member.user);
    return u"image://cdn/guilds/%1/users/%2/avatars/%3.png"_s.arg(
        id_text(member.guild), id_text(member.user.id), member.avatar);
}

QString guild_icon_address(Snowflake guild, const QString& hash) {
    return cdn(u"icons"_s, guild, hash);
}

QString emoji_address(const Emoji& emoji) {
    return emoji.id == 0 ? QString() : u"image://cdn/emojis/%1.png"_s.arg(id_text(emoji.id));
}

QString picture_address(const QString& url) {
    if (url.isEmpty()) return {};
    return u"image://cdn/"_s + QString::fromLatin1(QUrl::toPercentEncoding(url));
}

}  // namespace guildhall::client
