#include "client-qml/core/data/guild_hosting.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

std::optional<GuildHosting> parse_guild_hosting(const QJsonObject& object) {
    GuildHosting hosting;
    hosting.guild = id_of(object, "guild_id"_L1);
    if (hosting.guild == 0) return std::nullopt;
    hosting.host = text_of(object, "host"_L1, 64);
    hosting.own = flag_of(object, "own"_L1);
    hosting.reachable = flag_of(object, "reachable"_L1);
    hosting.frozen = flag_of(object, "frozen"_L1);
    hosting.epoch = number_of(object, "epoch"_L1, 0, qint64(1) << 52);
    return hosting;
}

}  // namespace guildhall::client
