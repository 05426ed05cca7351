#pragma once
// What READY or GUILD_CREATE tells of guilds, as values: parsed where the gateway's thread has the
// time, so that the GUI thread only puts them in their places - a READY of 200 guilds names 50,000
// people. Plain values; any thread.

#include "client-qml/core/data/guild.h"

#include <QHash>

namespace guildhall::client {

struct GuildNews {
    Guild guild;
    bool lists_channels = false;
    bool lists_everybody = false;  // who is not in `members` is none
    std::vector<Snowflake> threads;
    QHash<Snowflake, Member> members;
    // For the cache, as the node sent them.
    QJsonObject kept;
    QJsonArray kept_members;
};

struct GuildsNews {
    std::vector<GuildNews> guilds;
    QHash<Snowflake, User> users;  // all who are members
    QHash<Snowflake, Presence> presences;
};

/// Guilds, and members and people of all of them, that are kept in memory at most.
inline constexpr qsizetype kGuildsMax = 1'000, kUsersMax = 100'000;
/// Members of a guild that says that it lists them all, of any other, and of those the ones that
/// the cache keeps.
inline constexpr qsizetype kListedMembersMax = 10'000, kKeptMembersMax = 1'000;

/// Of guilds as GUILD_CREATE tells of them; those without an id are left out.
GuildsNews read_guilds(const QJsonArray& guilds);

}  // namespace guildhall::client
