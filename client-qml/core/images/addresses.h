#pragma once
// The image:// addresses that QML is given: people's and guilds' pictures, emojis, and pictures of
// messages. What they mean for which node is the provider's (images/cdn_provider.h). Pure; any
// thread.

#include "client-qml/core/data/message.h"

#include <QString>

namespace guildhall::client {

/// Empty where there is no picture: QML shows initials.
QString avatar_address(const User& user);
QString member_avatar_address(const Member& member);
QString guild_icon_address(Snowflake guild, const QString& hash);
QString emoji_address(const Emoji& emoji);
/// A picture by its whole web address.
QString picture_address(const QString& url);

}  // namespace guildhall::client
