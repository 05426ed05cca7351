#include "node/gateway/member_list.h"

#include "node/gateway/limits.h"
#include "node/services/permission.h"
#include "node/services/present/member.h"
#include "node/services/present/user.h"
#include "protocol/json/writer.h"

#include <algorithm>
#include <tuple>

namespace guildhall::gateway {

using protocol::ChannelId;
using protocol::GuildState;
using protocol::JsonWriter;
using protocol::Member;
using protocol::RoleId;
using protocol::UserId;

namespace {

/// A member's roles are looked at too: so many of them cost about as much as the member itself.
constexpr std::size_t kRolesPerMember = 8;

/// MurmurHash3 x86 32 (Austin Appleby, public domain), as the API hashes list ids with seed 0.
std::uint32_t murmur3(std::string_view text) {
    const auto rotate = [](std::uint32_t x, int r) { return x << r | x >> (32 - r); };
    const auto mix = [&](std::uint32_t k) { return rotate(k * 0xcc9e2d51u, 15) * 0x1b873593u; };
    std::uint32_t h = 0;
    std::size_t i = 0;
    const auto byte = [&](std::size_t at) -> std::uint32_t {
        return static_cast<unsigned char>(text[at]);
    };
    for (; i + 4 <= text.size(); i += 4) {
        h ^= mix(byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24);
        h = rotate(h, 13) * 5 + 0xe6546b64u;
    }
    std::uint32_t tail = 0;
    for (std::size_t at = text.size(); at > i; --at) tail = tail << 8 | byte(at - 1);
    if (tail != 0) h ^= mix(tail);
    h ^= static_cast<std::uint32_t>(text.size());
    h = (h ^ h >> 16) * 0x85ebca6bu;
    h = (h ^ h >> 13) * 0xc2b2ae35u;
    return h ^ h >> 16;
}

std::string_view shown_name(const World& world, const Member& member) {
    if (!member.nick.empty()) return member.nick;
    const auto* user = world.ctx.view.user(member.userId);
    if (!user) return {};
    return (*user)->global_name.empty() ? (*user)->username : (*user)->global_name;
}

void write_item(JsonWriter& w,
                const World& world,
                const Presences& presences,
                const Member& member) {
    std::string presence;
    const auto* known = presences.find(member.userId);
    append_presence(presence,
                    known ? *known : journal::Presence{.user = member.userId, .status = "offline"});
    w.begin_object().begin_object("member");
    services::write_member_members(w, member);
    w.key("user");
    services::write_user(w, world.ctx.view, member.userId);
    w.raw("presence", presence).end_object().end_object();
}

}  // namespace

std::string member_list_id(const GuildState& state, const protocol::Channel& channel) {
    constexpr std::uint64_t kView = protocol::permissions::kViewChannel.bits;
    const auto* everyone = state.everyone();
    bool seen = everyone && (everyone->permissions & kView) != 0;
    std::vector<std::string> parts;
    for (const protocol::Overwrite& o : channel.overwrites) {
        const bool is_everyone = o.id.value == state.guild.id.value;
        if (o.deny & kView) parts.push_back("deny:" + o.id.str());
        if (o.allow & kView) parts.push_back("allow:" + o.id.str());
        if (is_everyone && (o.deny & kView)) seen = false;
        if (is_everyone && (o.allow & kView)) seen = true;
    }
    if (seen) return "everyone";
    std::sort(parts.begin(), parts.end());
    std::string joined;
    for (const std::string& part : parts) joined += (joined.empty() ? "" : ",") + part;
    return std::to_string(murmur3(joined));
}

MemberList::MemberList(protocol::GuildSnapshot state, ChannelId channel)
    : state_(std::move(state)), channel_(channel) {
    std::vector<const protocol::Role*> hoisted;
    state_->roles.for_each([&](RoleId, const protocol::Role& role) {
        if (role.hoist) hoisted.push_back(&role);
    });
    std::sort(hoisted.begin(), hoisted.end(), [](const auto* a, const auto* b) {
        return protocol::rank_of(*a) > protocol::rank_of(*b);
    });
    for (const auto* role : hoisted) {
        group_of_role_.emplace_back(role->id, groups_.size());
        groups_.push_back({role->id.str(), 0});
    }
    std::sort(group_of_role_.begin(), group_of_role_.end());
    groups_.push_back({"online", 0});
    groups_.push_back({"offline", 0});
}

bool MemberList::step(const World& world, const Presences& presences) {
    if (phase_ == Phase::collect) {
        collect(world, presences);
    } else if (phase_ == Phase::merge) {
        merge();
    }
    return phase_ != Phase::ready;
}

void MemberList::collect(const World& world, const Presences& presences) {
    const auto* channel = state_->channels.find(channel_);
    std::vector<Row> run;
    std::size_t work = 0;
    const auto look = [&](UserId user, const Member& member) {
        last_ = user;
        if (channel && services::Access(*state_, user).can_view(*channel)) {
            const std::size_t group = group_of(member, presences.find(user) != nullptr);
            run.push_back({group, std::string(shown_name(world, member)), &member});
        }
        work += 1 + member.roles.size() / kRolesPerMember;
        return work < limits::kMembersPerStep;
    };
    state_->members.for_each_after(last_, look);
    std::sort(run.begin(), run.end(), Row::is_before);
    for (const Row& row : run) online_ += row.group != offline();
    total_ += run.size();
    if (!run.empty()) runs_.push_back(std::move(run));
    if (work < limits::kMembersPerStep) end_collecting();
}

std::size_t MemberList::group_of(const Member& member, bool online) const {
    if (!online) return offline();
    std::size_t best = offline() - 1;
    for (const RoleId id : member.roles) {
        const auto at = std::lower_bound(
            group_of_role_.begin(), group_of_role_.end(), id, [](const auto& pair, RoleId r) {
                return pair.first < r;
            });
        if (at != group_of_role_.end() && at->first == id) best = std::min(best, at->second);
    }
    return best;
}

void MemberList::end_collecting() {
    // API: large guilds do not list who is offline.
    if (total_ > limits::kListedOfflineMax) {
        for (auto& run : runs_) {
            const auto end = std::find_if(
                run.begin(), run.end(), [&](const Row& row) { return row.group == offline(); });
            run.erase(end, run.end());
        }
        std::erase_if(runs_, [](const auto& run) { return run.empty(); });
    }
    // Backwards, so that taking the first row of a run is taking its last element.
    for (auto& run : runs_) std::reverse(run.begin(), run.end());
    std::make_heap(runs_.begin(), runs_.end(), is_later);
    phase_ = Phase::merge;
    // A guild of one step is ready with it.
    if (runs_.size() <= 1) merge();
}

void MemberList::merge() {
    for (std::size_t n = 0; n < limits::kMembersPerStep && !runs_.empty(); ++n) {
        std::pop_heap(runs_.begin(), runs_.end(), is_later);
        auto& run = runs_.back();
        order_.push_back(run.back().member);
        ++groups_[run.back().group].count;
        run.pop_back();
        if (run.empty()) {
            runs_.pop_back();
        } else {
            std::push_heap(runs_.begin(), runs_.end(), is_later);
        }
    }
    if (!runs_.empty()) return;
    std::erase_if(groups_, [](const Group& group) { return group.count == 0; });
    phase_ = Phase::ready;
}

bool MemberList::Row::is_before(const Row& a, const Row& b) {
    return std::tie(a.group, a.name, a.member->userId) <
           std::tie(b.group, b.name, b.member->userId);
}

bool MemberList::is_later(const std::vector<Row>& a, const std::vector<Row>& b) {
    return Row::is_before(b.back(), a.back());
}

void MemberList::write_group(JsonWriter& w, const Group& group) {
    w.begin_object().string("id", group.id).number("count", group.count).end_object();
}

std::string MemberList::write(const World& world,
                              const Presences& presences,
                              const std::vector<Subscription::Range>& ranges) const {
    const auto* channel = state_->channels.find(channel_);
    std::string out;
    JsonWriter w(out);
    w.begin_object()
        .id("guild_id", state_->guild.id)
        .string("id", channel ? member_list_id(*state_, *channel) : "everyone")
        .number("member_count", total_)
        .number("online_count", online_)
        .begin_array("groups");
    for (const Group& group : groups_) write_group(w, group);
    w.end_array().begin_array("ops");
    for (const auto& [from, to] : ranges) {
        w.begin_object().string("op", "SYNC").begin_array("range").number(from).number(to);
        w.end_array().begin_array("items");
        write_items(w, world, presences, from, to);
        w.end_array().end_object();
    }
    w.end_array().end_object();
    return out;
}

/// A group's heading and then its members, each an item; those from `from` to `to`.
void MemberList::write_items(JsonWriter& w,
                             const World& world,
                             const Presences& presences,
                             std::size_t from,
                             std::size_t to) const {
    std::size_t heading = 0, first = 0;
    for (const Group& group : groups_) {
        if (heading > to) return;
        if (heading >= from) {
            w.begin_object().key("group");
            write_group(w, group);
            w.end_object();
        }
        // The item at `heading + 1 + i` is the group's member i.
        const std::size_t begin = from > heading ? from - heading - 1 : 0;
        const std::size_t end = std::min(group.count, to - heading);
        for (std::size_t i = begin; i < end; ++i) {
            write_item(w, world, presences, *order_[first + i]);
        }
        heading += 1 + group.count;
        first += group.count;
    }
}

}  // namespace guildhall::gateway
