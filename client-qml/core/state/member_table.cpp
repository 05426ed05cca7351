#include "client-qml/core/state/member_table.h"

#include <algorithm>
#include <optional>

namespace guildhall::client {

const Member* MemberTable::find(Snowflake guild, Snowflake user) const {
    const auto here = guilds_.constFind(guild);
    if (here == guilds_.constEnd()) return nullptr;
    const auto at = here->members.constFind(user);
    return at == here->members.constEnd() ? nullptr : &*at;
}

std::vector<const Member*> MemberTable::of(Snowflake guild) const {
    std::vector<const Member*> found;
    const auto here = guilds_.constFind(guild);
    if (here == guilds_.constEnd()) return found;
    found.reserve(std::size_t(here->members.size()));
    for (const Member& one : here->members) found.push_back(&one);
    return found;
}

qsizetype MemberTable::size_of(Snowflake guild) const {
    const auto here = guilds_.constFind(guild);
    return here == guilds_.constEnd() ? 0 : here->members.size();
}

/// The largest of the other guilds gives all that it has: it is asked for again when looked at.
bool MemberTable::make_room(Snowflake guild, Snowflake self) {
    Snowflake largest = 0;
    qsizetype most = 1;  // oneself
    for (auto at = guilds_.cbegin(); at != guilds_.cend(); ++at) {
        const qsizetype size = at->members.size();
        if (at.key() == guild || size < most || (size == most && at.key() > largest)) continue;
        largest = at.key();
        most = size;
    }
    if (largest == 0) return false;
    const Member* found = find(largest, self);
    const std::optional<Member> kept = found ? std::optional(*found) : std::nullopt;
    clear(largest);
    if (kept) put(*kept, self);
    return true;
}

bool MemberTable::put(const Member& member, Snowflake self) {
    if (!find(member.guild, member.user.id)) {
        const bool is_full = size_of(member.guild) >= kMembersMax && member.user.id != self;
        const bool needs_room = count_ >= kAllMembersMax;
        if (is_full || (needs_room && !make_room(member.guild, self))) return false;
        ++count_;
    }
    Here& here = guilds_[member.guild];
    here.members.insert(member.user.id, member);
    here.doubted.remove(member.user.id);
    return true;
}

bool MemberTable::put_remembered(const Member& member) {
    if (find(member.guild, member.user.id) || count_ >= kAllMembersMax) return false;
    Here& here = guilds_[member.guild];
    if (here.members.size() >= kMembersMax) return false;
    here.members.insert(member.user.id, member);
    here.doubted.insert(member.user.id);
    ++count_;
    return true;
}

void MemberTable::remove(Snowflake guild, Snowflake user) {
    const auto here = guilds_.find(guild);
    if (here == guilds_.end()) return;
    count_ -= here->members.remove(user) ? 1 : 0;
    here->doubted.remove(user);
}

void MemberTable::clear(Snowflake guild) { count_ -= guilds_.take(guild).members.size(); }

void MemberTable::replace(Snowflake guild, QHash<Snowflake, Member> members, Snowflake self) {
    clear(guild);
    while (count_ + members.size() > kAllMembersMax && make_room(guild, self)) {
    }
    count_ += members.size();
    guilds_[guild].members = std::move(members);
}

void MemberTable::doubt(Snowflake guild) {
    const auto here = guilds_.find(guild);
    if (here == guilds_.end()) return;
    here->doubted = QSet<Snowflake>(here->members.keyBegin(), here->members.keyEnd());
}

bool MemberTable::is_doubted(Snowflake guild, Snowflake user) const {
    const auto here = guilds_.constFind(guild);
    return here != guilds_.constEnd() && here->doubted.contains(user);
}

std::vector<Snowflake> MemberTable::doubted(Snowflake guild, std::size_t most) const {
    const auto here = guilds_.constFind(guild);
    if (here == guilds_.constEnd()) return {};
    std::vector<Snowflake> ids(here->doubted.cbegin(), here->doubted.cend());
    std::ranges::sort(ids);
    if (ids.size() > most) ids.resize(most);
    return ids;
}

}  // namespace guildhall::client
