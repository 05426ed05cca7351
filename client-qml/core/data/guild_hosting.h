#pragma once
// Where a guild of another node lives and whether that node is there, as READY's `guild_hosting`
// and GUILD_HOSTING_UPDATE tell it (docs/COMPAT.md). Plain values; any thread.

#include "client-qml/core/base/json.h"

#include <optional>

namespace guildhall::client {

struct GuildHosting {
    Snowflake guild = 0;
    QString host;  // its uid
    bool own = false, reachable = false, frozen = false;
    qint64 epoch = 0;  // how often the host changed

    bool is_writable() const { return (own || reachable) && !frozen; }
};

std::optional<GuildHosting> parse_guild_hosting(const QJsonObject& object);

}  // namespace guildhall::client
