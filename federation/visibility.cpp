#include "federation/visibility.h"

#include "protocol/access.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace guildhall::federation {
namespace {

namespace p = protocol;
namespace perm = protocol::permissions;

constexpr p::Permissions kReadsAdminLog =
    perm::kAdministrator | perm::kViewAuditLog | perm::kBanMembers | perm::kManageGuild;

bool has_log(const p::Channel& channel) { return channel.type != p::ChannelType::category; }

bool is_successor(const p::GuildState& state, std::string_view node_uid) {
    return std::ranges::find(state.hosting.successors, node_uid) != state.hosting.successors.end();
}

bool is_outside(const p::GuildState& state, std::string_view node_uid) {
    return state.deleted || state.node_bans.find(std::string(node_uid)) != nullptr;
}

bool reads_admin_log(const p::Access& access) { return access.base().has_any(kReadsAdminLog); }

bool reads(const p::Access& access, const p::Channel& channel) {
    // No time stamp is later than this one, so that no timeout is in force.
    constexpr p::UnixMs kAfterTimeouts = std::numeric_limits<p::UnixMs>::max();
    return access.in_channel(channel, kAfterTimeouts)
        .has(perm::kViewChannel | perm::kReadMessageHistory);
}

/// Users who have an overwrite of their own somewhere.
std::set<p::UserId> singled_out(const p::GuildState& state) {
    std::set<p::UserId> out;
    state.channels.for_each([&](p::ChannelId, const p::Channel& channel) {
        for (const p::Overwrite& o : channel.overwrites) {
            if (o.type == p::OverwriteType::member) out.insert(p::UserId(o.id.value));
        }
    });
    return out;
}

/// The rights of all these members, each kind once: who has the same roles has the same rights, but
/// for the owner and who has an overwrite of his own. A node with thousands of members has a few.
template <class Members>
std::vector<p::Access> rights_of(const p::GuildState& state, const Members& members) {
    const std::set<p::UserId> alone = singled_out(state);
    std::set<std::vector<p::RoleId>> seen;
    std::vector<p::Access> out;
    for (const p::UserId user : members) {
        const p::Member* member = state.members.find(user);
        if (!member) continue;
        if (state.is_owner(user) || alone.contains(user) || seen.insert(member->roles).second)
            out.emplace_back(state, user);
    }
    return out;
}

/// What one node may have, given its members.
template <class Members>
std::set<std::uint64_t> logs_for(const p::GuildState& state,
                                 std::string_view node_uid,
                                 const Members& members) {
    std::set<std::uint64_t> out;
    if (is_outside(state, node_uid)) return out;
    const bool successor = is_successor(state, node_uid);
    if (members.empty() && !successor) return out;
    out.insert(p::kControlLog);
    std::vector<p::Access> rights;
    if (!successor) rights = rights_of(state, members);
    if (successor || std::ranges::any_of(rights, reads_admin_log)) out.insert(p::kAdminLog);
    state.channels.for_each([&](p::ChannelId id, const p::Channel& channel) {
        if (!has_log(channel)) return;
        if (successor ||
            std::ranges::any_of(rights, [&](const auto& a) { return reads(a, channel); }))
            out.insert(id.value);
    });
    return out;
}

std::vector<p::UserId> members_of(const p::GuildState& state, std::string_view node_uid) {
    std::vector<p::UserId> out;
    state.members.for_each([&](p::UserId user, const p::Member& member) {
        if (p::home_of(state, member) == node_uid) out.push_back(user);
    });
    return out;
}

void add_difference(const std::string& node_uid,
                    const std::set<std::uint64_t>& before,
                    const std::set<std::uint64_t>& after,
                    std::vector<VisibilityChange>& changes) {
    VisibilityChange change{node_uid, {}, {}};
    std::ranges::set_difference(after, before, std::back_inserter(change.gained));
    std::ranges::set_difference(before, after, std::back_inserter(change.lost));
    if (!change.gained.empty() || !change.lost.empty()) changes.push_back(std::move(change));
}

/// Several steps of one event may touch a node twice; each node is told once.
void sort_changes(std::vector<VisibilityChange>& changes) {
    std::ranges::sort(changes, {}, &VisibilityChange::node_uid);
}

}  // namespace

bool may_have(const p::GuildState& state, std::string_view node_uid, std::uint64_t log_id) {
    if (node_uid == state.hosting.hostUid) return false;
    return logs_for(state, node_uid, members_of(state, node_uid)).contains(log_id);
}

std::vector<std::uint64_t> logs_of(const p::GuildState& state, std::string_view node_uid) {
    if (node_uid == state.hosting.hostUid) return {};
    const auto logs = logs_for(state, node_uid, members_of(state, node_uid));
    return {logs.begin(), logs.end()};
}

NodeVisibility::NodeVisibility(const p::GuildState& state) {
    state.members.for_each([&](p::UserId user, const p::Member&) { place(state, user); });
    std::vector<VisibilityChange> changes;
    recompute_all(state, changes);
}

void NodeVisibility::place(const p::GuildState& state, p::UserId user) {
    const p::Member* member = state.members.find(user);
    if (!member) return;
    const std::string& home = p::home_of(state, *member);
    nodes_[home].members.insert(user);
    homes_.insert_or_assign(user, home);
}

std::string NodeVisibility::unplace(p::UserId user) {
    const auto at = homes_.find(user);
    if (at == homes_.end()) return {};
    std::string home = std::move(at->second);
    homes_.erase(at);
    nodes_[home].members.erase(user);
    return home;
}

void NodeVisibility::recompute(const p::GuildState& state,
                               const std::string& node_uid,
                               std::vector<VisibilityChange>& changes) {
    Node& node = nodes_[node_uid];
    std::set<std::uint64_t> logs;
    // The host has everything and is told nothing.
    if (node_uid != state.hosting.hostUid) logs = logs_for(state, node_uid, node.members);
    add_difference(node_uid, node.logs, logs, changes);
    node.logs = std::move(logs);
    if (node.logs.empty() && node.members.empty()) nodes_.erase(node_uid);
}

void NodeVisibility::recompute_all(const p::GuildState& state,
                                   std::vector<VisibilityChange>& changes) {
    for (const std::string& uid : state.hosting.successors) nodes_[uid];
    std::vector<std::string> uids;
    for (const auto& [uid, node] : nodes_) uids.push_back(uid);
    for (const std::string& uid : uids) recompute(state, uid, changes);
}

void NodeVisibility::recompute_channel(const p::GuildState& state,
                                       p::ChannelId id,
                                       std::vector<VisibilityChange>& changes) {
    const p::Channel* channel = state.channels.find(id);
    for (auto& [uid, node] : nodes_) {
        const bool had = node.logs.contains(id.value);
        bool has = false;
        if (channel && has_log(*channel) && uid != state.hosting.hostUid &&
            !is_outside(state, uid)) {
            has = is_successor(state, uid) ||
                  std::ranges::any_of(rights_of(state, node.members),
                                      [&](const auto& access) { return reads(access, *channel); });
        }
        if (had == has) continue;
        VisibilityChange change{uid, {}, {}};
        (has ? change.gained : change.lost).push_back(id.value);
        changes.push_back(std::move(change));
        if (has)
            node.logs.insert(id.value);
        else
            node.logs.erase(id.value);
    }
}

std::vector<VisibilityChange> NodeVisibility::on_event(const p::Event& event,
                                                       const p::GuildState& after) {
    std::vector<VisibilityChange> changes;
    const auto one = [&](p::UserId user) {
        const std::string old = unplace(user);
        place(after, user);
        const auto home = homes_.find(user);
        const std::string now = home == homes_.end() ? std::string() : home->second;
        if (!old.empty() || nodes_.contains(old)) recompute(after, old, changes);
        if (now != old) recompute(after, now, changes);
    };
    const auto all = [&] { recompute_all(after, changes); };
    const p::Overloaded follow{
        [&](const p::MemberJoined& e) { one(e.member.userId); },
        [&](const p::MemberUpdated& e) { one(e.member.userId); },
        [&](const p::MemberLeft& e) { one(e.userId); },
        [&](const p::MemberMoved& e) { one(e.userId); },
        [&](const p::ChannelCreated& e) { recompute_channel(after, e.channel.id, changes); },
        [&](const p::ChannelUpdated& e) { recompute_channel(after, e.channel.id, changes); },
        [&](const p::ChannelDeleted& e) { recompute_channel(after, e.id, changes); },
        // Rights of many at once.
        [&](const p::GuildCreated&) { all(); },
        [&](const p::GuildUpdated&) { all(); },
        [&](const p::GuildDeleted&) { all(); },
        [&](const p::RoleCreated&) { all(); },
        [&](const p::RoleUpdated&) { all(); },
        [&](const p::RoleDeleted&) { all(); },
        [&](const p::HostingChanged&) { all(); },
        [&](const p::HostingPolicySet&) { all(); },
        [&](const p::NodeBanned&) { all(); },
        [&](const p::NodeUnbanned&) { all(); },
        [](const auto&) {},
    };
    std::visit(follow, event);
    sort_changes(changes);
    return changes;
}

bool NodeVisibility::may_have(std::string_view node_uid, std::uint64_t log_id) const {
    const auto at = nodes_.find(node_uid);
    return at != nodes_.end() && at->second.logs.contains(log_id);
}

std::vector<std::string> NodeVisibility::nodes() const {
    std::vector<std::string> out;
    for (const auto& [uid, node] : nodes_) {
        if (!node.logs.empty()) out.push_back(uid);
    }
    return out;
}

std::vector<std::uint64_t> NodeVisibility::logs(std::string_view node_uid) const {
    const auto at = nodes_.find(node_uid);
    if (at == nodes_.end()) return {};
    return {at->second.logs.begin(), at->second.logs.end()};
}

}  // namespace guildhall::federation
