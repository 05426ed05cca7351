#include "client-qml/core/store/trimming.h"

#include "client-qml/core/store/message_rows.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRecentChannels = 20;  // keep their messages while others have any to give

struct Counted {
    Snowflake channel = 0;
    int count = 0;
};

/// Those longest unused first.
std::vector<Counted> count_channels(Database& database) {
    std::vector<Counted> counted;
    Rows rows = database.query(
        u"SELECT m.channel, count(*) FROM messages m LEFT JOIN channels c ON c.id=m.channel"
        u" GROUP BY m.channel ORDER BY coalesce(max(c.used), 0), m.channel"_s);
    while (rows.next()) counted.push_back({rows.id(0), int(rows.number(1))});
    return counted;
}

int total_of(const std::vector<Counted>& counted) {
    int total = 0;
    for (const Counted& each : counted) total += each.count;
    return total;
}

}  // namespace

void Trimming::added(Database& database, Snowflake channel, int count) {
    int& fresh = added_[channel];
    fresh += count;
    added_total_ += count;
    if (fresh >= limits_.channel_messages) {
        fresh = 0;
        shorten_channel(database, channel, limits_.channel_messages);
    }
    if (added_total_ >= std::max(limits_.messages / 10, 1)) {
        added_total_ = 0;
        trim_total(database);
    }
}

void Trimming::added_member(Database& database, Snowflake guild) {
    int& fresh = added_members_[guild];
    if (++fresh < limits_.guild_members) return;
    fresh = 0;
    trim_members(database, guild);
}

void Trimming::trim_all(Database& database) {
    for (const Counted& each : count_channels(database)) {
        if (each.count > limits_.channel_messages) {
            shorten_channel(database, each.channel, limits_.channel_messages);
        }
    }
    trim_total(database);
    std::vector<Snowflake> guilds;
    {
        Rows rows = database.query(u"SELECT guild FROM members GROUP BY guild HAVING count(*)>?"_s,
                                   {limits_.guild_members});
        while (rows.next()) guilds.push_back(rows.id(0));
    }
    for (const Snowflake guild : guilds) trim_members(database, guild);
}

/// First channels long not opened are left with a page or four, then all with an equal share.
void Trimming::trim_total(Database& database) {
    const std::vector<Counted> counted = count_channels(database);
    const int wanted = limits_.messages - limits_.messages / 10;
    int total = total_of(counted);
    if (total <= limits_.messages) return;
    const int share = std::max(wanted / std::max(int(counted.size()), 1), 1);
    const int old_keep = std::min(limits_.old_channel_messages, share);
    const std::size_t recent = std::min<std::size_t>(counted.size(), kRecentChannels);
    for (const bool recent_too : {false, true}) {
        const int keep = recent_too ? share : old_keep;
        for (std::size_t i = recent_too ? counted.size() - recent : 0;
             i < counted.size() - (recent_too ? 0 : recent) && total > wanted;
             ++i) {
            if (counted[i].count <= keep) continue;
            shorten_channel(database, counted[i].channel, keep);
            total -= counted[i].count - keep;
        }
    }
}

void Trimming::trim_members(Database& database, Snowflake guild) {
    const qint64 cut = database.number(
        u"SELECT seen FROM members WHERE guild=? ORDER BY seen DESC LIMIT 1 OFFSET ?"_s,
        {guild, std::max(limits_.guild_members, 1) - 1});
    database.run(u"DELETE FROM members WHERE guild=? AND seen<?"_s, {guild, cut});
}

}  // namespace guildhall::client
