#include "client-qml/members/member_rows.h"

#include <map>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kGroupsMax = 1'000;
constexpr int kCountMax = 1'000'000;

/// Whether who is in the list depends on the channel.
bool is_selective(const Guild& guild, const Channel* channel) {
    if (!channel) return false;
    const Role* everyone = guild.role(guild.id);
    const Permissions base(everyone ? everyone->permissions : 0);
    return !channel->overwrites.empty() || !base.has(protocol::permissions::kViewChannel);
}

bool has_name(const Member& member, const QString& folded, const QString& wanted) {
    return wanted.isEmpty() || folded.contains(wanted) ||
           member.user.username.toCaseFolded().contains(wanted);
}

/// Of known members, and of groups that the node says exist, in the order of the list.
std::vector<Snowflake> order_of(const Guild& guild, std::vector<Snowflake> groups) {
    const auto rank = [&guild](Snowflake group) {
        const Role* role = guild.role(group);
        return std::pair(role ? -qint64(role->position) : qint64(1) << 40, group);
    };
    std::ranges::sort(groups, {}, rank);
    const auto twice = std::ranges::unique(groups);
    groups.erase(twice.begin(), twice.end());
    return groups;
}

}  // namespace

GroupCounts parse_group_counts(const QJsonObject& update) {
    GroupCounts counts;
    const QJsonArray groups = update["groups"_L1].toArray();
    for (qsizetype i = 0; i < std::min(groups.size(), kGroupsMax); ++i) {
        const QJsonObject one = groups.at(i).toObject();
        const QString id = text_of(one, "id"_L1, 24);
        const Snowflake group = id == "online"_L1    ? kOnlineGroup
                                : id == "offline"_L1 ? kOfflineGroup
                                                     : snowflake(QStringView(id));
        if (group != 0) counts.insert(group, int(number_of(one, "count"_L1, 0, kCountMax)));
    }
    return counts;
}

Snowflake group_of(const State& state, const Guild& guild, const Member& member) {
    if (state.presence(member.user.id).status == Status::offline) return kOfflineGroup;
    const Role* best = nullptr;
    for (const Snowflake id : member.roles) {
        const Role* role = guild.role(id);
        if (role && role->hoist && (!best || role->position > best->position)) best = role;
    }
    return best ? best->id : kOnlineGroup;
}

std::vector<MemberListRow> member_rows(const State& state,
                                       Snowflake guild,
                                       Snowflake channel,
                                       const QString& filter,
                                       const GroupCounts& said) {
    using Kind = MemberListRow::Kind;
    std::vector<MemberListRow> rows;
    const Guild* here = state.guild(guild);
    if (!here) return rows;
    const Channel* shown = here->channel(channel);
    const bool selective = is_selective(*here, shown);
    const qint64 now_ms = state.clock().now_ms();
    const QString wanted = filter.trimmed().toCaseFolded();
    std::map<Snowflake, std::vector<std::pair<QString, Snowflake>>> groups;
    for (const Member* member : state.members(guild)) {
        if (selective && !can_view(*here, *shown, Subject::of(*member), now_ms)) continue;
        QString name = state.display_name(guild, member->user).toCaseFolded();
        if (!has_name(*member, name, wanted)) continue;
        groups[group_of(state, *here, *member)].emplace_back(std::move(name), member->user.id);
    }
    std::vector<Snowflake> order;
    for (const auto& [group, people] : groups) order.push_back(group);
    for (auto one = said.begin(); wanted.isEmpty() && one != said.end(); ++one) {
        const bool shows = one.key() <= kOfflineGroup || here->role(one.key());
        if (shows && one.value() > 0) order.push_back(one.key());
    }
    for (const Snowflake group : order_of(*here, std::move(order))) {
        auto& people = groups[group];
        std::ranges::sort(people);
        const int known = int(people.size());
        const int count = wanted.isEmpty() ? std::max(known, said.value(group)) : known;
        rows.push_back({Kind::group, 0, group, count});
        int shown = 0;
        for (const auto& [name, user] : people) {
            if (rows.size() >= kMemberRowsMax) break;
            rows.push_back({Kind::member, user, group, 0});
            ++shown;
        }
        if (count > shown) rows.push_back({Kind::more, 0, group, count - shown});
    }
    return rows;
}

std::vector<int> blocks_of(const std::vector<MemberListRow>& rows,
                           int first,
                           int last,
                           const QSet<int>& had) {
    using Kind = MemberListRow::Kind;
    std::vector<int> blocks;
    int at = 0, begin = 0, end = 0;  // In the node's list, where a group takes a row of its own.
    for (int i = 0; i <= last && i < int(rows.size()); ++i, ++at) {
        const MemberListRow& row = rows[std::size_t(i)];
        if (row.kind == Kind::group) {
            at = begin = end;
            end += 1 + row.count;
        }
        if (i < first) continue;
        int block = at / kBlockRows;
        if (row.kind == Kind::more) {
            block = begin / kBlockRows;
            while (had.contains(block) && (block + 1) * kBlockRows < end) ++block;
        }
        if (std::ranges::find(blocks, block) == blocks.end()) blocks.push_back(block);
    }
    return blocks;
}

}  // namespace guildhall::client
