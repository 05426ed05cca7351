// Ephemera, second part: who wants to hear what.
#include "node/peering/live/ephemera.h"

#include <algorithm>

namespace guildhall::peering {

namespace frames = federation::frames;
using protocol::GuildId;
using protocol::UserId;
using namespace std::chrono_literals;

namespace {

// Sessions come and go in bunches; nobody notices a fifth of a second.
constexpr Nanos kThinkAfter = 200ms;

}  // namespace

void Ephemera::think_again(Nanos after) {
    const Nanos at = ctx_.clock.now() + after;
    if (timer_) {
        if (timer_.deadline <= at) return;
        ctx_.here.timers().cancel(timer_);
    }
    timer_ = ctx_.here.timers().schedule_after(after, [this] { tick(); });
}

void Ephemera::tick() {
    timer_ = {};
    if (std::exchange(interests_stale_, false)) tell_interests();
    tell_due();
}

Ephemera::Flags Ephemera::wanted(const Hash32& peer, GuildId guild) const {
    const auto at = wants_.find(peer);
    if (at == wants_.end()) return {};
    const auto flags = at->second.find(guild);
    return flags == at->second.end() ? Flags{} : flags->second;
}

Ephemera::Flags Ephemera::interest_in(const protocol::GuildState& guild, const Hash32& peer) {
    const GuildId id = guild.guild.id;
    const bool here = attention_.is_looked_at(id);
    Flags out{here, here};
    if (is_host(guild, own())) {
        if (!attention_.homes(guild).contains(peer)) return {};
        for (const auto& [other, guilds] : wants_) {
            if (other == peer) continue;
            const Flags theirs = wanted(other, id);
            out.typing |= theirs.typing;
            out.presence |= theirs.presence;
        }
    } else if (!is_host(guild, peer)) {
        return {};
    }
    if (guild.members.size() > kPresenceMembersMax) out.presence = false;
    return out;
}

void Ephemera::tell_interests() {
    for (const std::shared_ptr<Peer>& peer : peers_.open()) {
        auto& told = told_[peer->uid()];
        ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
            const Flags now = interest_in(guild, peer->uid());
            const auto at = told.find(guild.guild.id);
            if (now == (at == told.end() ? Flags{} : at->second)) return;
            const auto uid = Hash32::from(guild.guild.uid);
            if (!uid) return;
            if (!peer->send(frames::Interest{*uid, now.typing, now.presence})) {
                interests_stale_ = true;
                return;
            }
            if (now == Flags{})
                told.erase(guild.guild.id);
            else
                told[guild.guild.id] = now;
        });
    }
    if (interests_stale_) think_again(1s);
}

void Ephemera::on_interest(const Inbound& in, const frames::Interest& interest) {
    const Hash32 from = in.peer().uid();
    if (in.peer().policy().take(federation::PeerAction::ephemeral, ctx_.clock.now())) return;
    const GuildId id = ctx_.view.guild_of_uid(interest.guildUid.text());
    const auto* state = ctx_.view.guild(id);
    if (!state) return;
    const bool hosted = is_host(**state, own());
    if (hosted ? !attention_.homes(**state).contains(from) : !is_host(**state, from)) return;
    const Flags now{interest.typing, interest.presence};
    const Flags before = wanted(from, id);
    auto& guilds = wants_[from];
    if (now == Flags{})
        guilds.erase(id);
    else
        guilds[id] = now;
    if (now.presence && !before.presence) send_all_presences(from, **state);
    if (now == before) return;
    // What we said before may have come when it did not know the guild yet.
    told_[from].erase(id);
    interests_stale_ = true;
    think_again(kThinkAfter);
}

void Ephemera::send_all_presences(const Hash32& peer, const protocol::GuildState& guild) {
    if (guild.members.size() > kPresenceMembersMax) return;
    const bool hosted = is_host(guild, own());
    const auto tell = [&](const journal::Presence& presence, protocol::UnixMs ts_ms) {
        Item item;
        item.guildUid = Hash32::from(guild.guild.uid).value_or(Hash32{});
        item.kind = 1;
        item.userId = presence.user.value;
        item.tsMs = ts_ms;
        item.status = presence.status;
        item.activities = presence.activities;
        item.clientStatus = presence.client_status;
        put(peer, std::move(item));
    };
    guild.members.for_each([&](UserId user, const protocol::Member& member) {
        const auto own_user = online_.find(user);
        if (own_user != online_.end() && protocol::home_of(guild, member) == own().text()) {
            tell(own_user->second, ctx_.clock.unix_ms());
            return;
        }
        const auto other = known_.find(user);
        if (hosted && other != known_.end() && other->second.home != peer)
            tell(other->second.presence, other->second.ts_ms);
    });
}

void Ephemera::on_open(const std::shared_ptr<Peer>&) {
    interests_stale_ = true;
    think_again(0ns);
}

void Ephemera::on_closed(const std::shared_ptr<Peer>& peer) {
    const Hash32 uid = peer->uid();
    told_.erase(uid);
    wants_.erase(uid);
    interests_stale_ = true;
    think_again(kThinkAfter);
    std::vector<UserId> gone;
    for (auto& [user, known] : known_) {
        if (std::erase(known.sources, uid) != 0 && known.sources.empty()) gone.push_back(user);
    }
    std::ranges::sort(gone);
    for (const UserId user : gone) set_offline(user, uid);
}

void Ephemera::on_committed(const journal::Committed& entry) {
    if (entry.log_id != protocol::kControlLog) return;
    const bool members = std::holds_alternative<protocol::MemberJoined>(entry.event) ||
                         std::holds_alternative<protocol::MemberLeft>(entry.event) ||
                         std::holds_alternative<protocol::MemberMoved>(entry.event) ||
                         std::holds_alternative<protocol::HostingChanged>(entry.event) ||
                         std::holds_alternative<protocol::GuildDeleted>(entry.event);
    if (!members) return;
    attention_.on_members(entry.guild);
    interests_stale_ = true;
    think_again(kThinkAfter);
    if (const auto* joined = std::get_if<protocol::MemberJoined>(&entry.event))
        tell_joined(joined->member.userId);
    // Who shares no guild with us any more is nobody that we hear of.
    if (const auto* left = std::get_if<protocol::MemberLeft>(&entry.event)) {
        if (ctx_.view.guilds_of(left->userId).empty()) known_.erase(left->userId);
    }
}

/// Nodes that look at the guild already hear of a new member who is online.
void Ephemera::tell_joined(UserId user) {
    if (online_.contains(user)) {
        due_.try_emplace(user, Nanos{});
    } else if (const auto at = known_.find(user); at != known_.end()) {
        pass_on(user, at->second.sources.front());
    }
}

void Ephemera::on_guild(const journal::GuildChange& change) {
    using Kind = journal::GuildChange::Kind;
    if (change.kind == Kind::filled || change.kind == Kind::reach) return;
    attention_.on_members(change.guild);
    if (change.kind == Kind::dropped) {
        for (auto& [peer, guilds] : wants_) guilds.erase(change.guild);
        for (auto& [peer, guilds] : told_) guilds.erase(change.guild);
    }
    interests_stale_ = true;
    think_again(kThinkAfter);
}

}  // namespace guildhall::peering
