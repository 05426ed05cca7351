#pragma once
// Who stands where in a list of members: by the highest role that is shown apart, then online, then
// offline, each by name; and how many there are who are not known yet. Pure; GUI thread.

#include "client-qml/core/state/state.h"

namespace guildhall::client {

struct MemberListRow {
    enum class Kind { group, member, more };
    Kind kind = Kind::group;
    Snowflake user = 0;
    Snowflake group = 0;  // a role; kOnlineGroup, kOfflineGroup
    int count = 0;        // of a group its members, of `more` those that are not known

    bool operator==(const MemberListRow&) const = default;
};

inline constexpr Snowflake kOnlineGroup = 1, kOfflineGroup = 2;
/// Beyond these nobody scrolls, and everything stays quick.
inline constexpr std::size_t kMemberRowsMax = 20'000;

/// How many the node says there are of each group.
using GroupCounts = QHash<Snowflake, int>;

/// Of GUILD_MEMBER_LIST_UPDATE's `groups`.
GroupCounts parse_group_counts(const QJsonObject& update);

Snowflake group_of(const State& state, const Guild& guild, const Member& member);

/// Those who may see the channel (0: everybody) and have `filter` in a name. Counts hold only where
/// nothing is filtered.
std::vector<MemberListRow> member_rows(const State& state,
                                       Snowflake guild,
                                       Snowflake channel,
                                       const QString& filter,
                                       const GroupCounts& said);

/// The blocks of a hundred of the node's list in which the rows `first` to `last` lie. Of `more`
/// that is the first block of its group that is not in `had`.
std::vector<int> blocks_of(const std::vector<MemberListRow>& rows,
                           int first,
                           int last,
                           const QSet<int>& had);
inline constexpr int kBlockRows = 100;

}  // namespace guildhall::client
