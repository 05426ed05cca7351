#include "client-qml/core/data/guild_news.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

/// Ids of the objects in a list.
std::vector<Snowflake> ids_in(const QJsonObject& owner, QLatin1StringView key) {
    std::vector<Snowflake> ids;
    const QJsonArray list = owner[key].toArray();
    for (qsizetype i = 0; i < std::min(list.size(), kChannelsMax); ++i) {
        ids.push_back(id_of(list.at(i).toObject(), "id"_L1));
    }
    return ids;
}

void read_members(const QJsonArray& list, GuildNews& news, GuildsNews& all) {
    const Guild& guild = news.guild;
    news.lists_everybody = guild.member_count > 0 && list.size() >= guild.member_count &&
                           list.size() <= kListedMembersMax;
    const qsizetype most = news.lists_everybody ? kListedMembersMax : kKeptMembersMax;
    for (qsizetype i = 0; i < std::min(list.size(), most); ++i) {
        const QJsonObject object = list.at(i).toObject();
        const auto member = parse_member(guild.id, object);
        if (!member) continue;
        if (i < kKeptMembersMax) news.kept_members.append(object);
        if (all.users.size() < kUsersMax) all.users.insert(member->user.id, member->user);
        news.members.insert(member->user.id, *member);
    }
}

}  // namespace

GuildsNews read_guilds(const QJsonArray& guilds) {
    GuildsNews all;
    for (qsizetype i = 0; i < std::min(guilds.size(), kGuildsMax); ++i) {
        const QJsonObject object = guilds.at(i).toObject();
        auto guild = parse_guild(object);
        if (!guild) continue;
        GuildNews news;
        news.guild = std::move(*guild);
        news.lists_channels = object.contains("channels"_L1);
        news.threads = ids_in(object, "threads"_L1);
        read_members(object["members"_L1].toArray(), news, all);
        const auto presences = list_of(object, "presences"_L1, kListedMembersMax, parse_presence);
        for (const Presence& one : presences) {
            if (all.presences.size() < kUsersMax) all.presences.insert(one.user, one);
        }
        news.kept = object;
        for (const auto key : {"members"_L1, "presences"_L1, "voice_states"_L1}) {
            news.kept.remove(key);
        }
        all.guilds.push_back(std::move(news));
    }
    return all;
}

}  // namespace guildhall::client
