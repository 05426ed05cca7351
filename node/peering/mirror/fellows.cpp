#include "node/peering/mirror/fellows.h"

#include "node/peering/link/place.h"
#include "node/peering/mirror/mirrors.h"

#include <algorithm>
#include <set>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;
using protocol::GuildId;

namespace {

// With the host, enough to find what one of them lacks; each link costs both sides something.
constexpr std::size_t kLinksMax = 3;
// Who reads waits no longer than this for a link.
constexpr Nanos kConnectLimit = 3s;
// Nodes that were not there a moment ago are not there now.
constexpr Nanos kFellowAgain = 30s;
// A host that shows two histories is found out within minutes; a link costs 0.5 KiB a minute.
constexpr Nanos kGossip = 10min;
// Links of one round of gossip: the rest has its turn in the next.
constexpr std::size_t kGossipMax = 8;

}  // namespace

std::vector<Hash32> fellows_of(const protocol::GuildState& state, const Hash32& own_uid) {
    std::set<Hash32> out;
    const auto add = [&](std::string_view uid) {
        const auto node = Hash32::from(uid);
        if (node && *node != own_uid && uid != state.hosting.hostUid) out.insert(*node);
    };
    for (const std::string& uid : state.hosting.successors) add(uid);
    state.members.for_each([&](protocol::UserId, const protocol::Member& member) {
        add(protocol::home_of(state, member));
        return true;
    });
    return {out.begin(), out.end()};
}

Fellows::Fellows(Context& ctx, Peers& peers, Mirrors& mirrors)
    : ctx_(ctx), peers_(peers), mirrors_(mirrors) {}

Fellows::~Fellows() { ctx_.here.timers().cancel(timer_); }

void Fellows::start() { round_later(); }

/// From a random one on, so that not all ask the same.
std::vector<Fellows::Candidate> Fellows::candidates(const Mirror& mirror) const {
    std::vector<Candidate> out;
    const auto state = mirror.current();
    if (!state) return out;
    for (const Hash32& uid : fellows_of(*state, ctx_.identity.uid)) {
        if (uid == mirror.seat().host_uid) continue;
        Candidate candidate{uid, {}};
        const auto& heirs = state->hosting.successors;
        const auto at = std::ranges::find(heirs, uid.text());
        const auto i = static_cast<std::size_t>(at - heirs.begin());
        if (i < state->hosting.places.size())
            candidate.endpoints = endpoints_in(state->hosting.places[i]);
        const Known* known = peers_.directory().find(uid);
        if (candidate.endpoints.empty() && (!known || known->endpoints.empty())) continue;
        out.push_back(std::move(candidate));
    }
    if (out.size() > 1) {
        const auto first = static_cast<std::ptrdiff_t>(ctx_.rng.below(out.size()));
        std::ranges::rotate(out, out.begin() + first);
    }
    return out;
}

Task<bool> Fellows::connect(std::shared_ptr<Mirror> mirror, std::size_t wanted) {
    bool made = false;
    std::size_t linked = 0, tried = 0;
    const auto all = candidates(*mirror);
    for (const Candidate& c : all) {
        const auto peer = peers_.find(c.uid);
        if (peer && peer->is_open()) ++linked;
    }
    for (const Candidate& c : all) {
        if (linked >= wanted || tried >= kLinksMax || mirror->is_over()) break;
        const auto peer = peers_.find(c.uid);
        if (peer && peer->is_open()) continue;
        ++tried;
        // The places that the log says are tried, too.
        peers_.want(c.uid, c.endpoints);
        const auto connected = co_await peers_.connect(c.uid, kConnectLimit);
        peers_.unwant(c.uid);
        if (!connected) continue;
        ++linked;
        made = true;
    }
    co_return made;
}

Task<bool> Fellows::find(std::shared_ptr<Mirror> mirror) {
    const Nanos now = ctx_.clock.now();
    const auto last = tried_.find(mirror->guild());
    if (last != tried_.end() && now - last->second < kFellowAgain) co_return false;
    tried_[mirror->guild()] = now;
    std::erase_if(tried_, [this](const auto& row) { return !mirrors_.find(row.first); });
    co_return co_await connect(mirror, kLinksMax);
}

// -- Gossip ---------------------------------------------------------------------------------------

void Fellows::round_later() {
    timer_ = ctx_.here.timers().schedule_after(kGossip, [this] {
        timer_ = {};
        ctx_.here.spawn("gossip", gossip());
        round_later();
    });
}

/// Tells one other mirror of each guild the newest head of the control log that is here.
Task<void> Fellows::gossip() {
    std::vector<GuildId> guilds;
    mirrors_.for_each([&](const Mirror& mirror) { guilds.push_back(mirror.guild()); });
    std::size_t dialed = 0;
    for (const GuildId guild : guilds) {
        const auto mirror = mirrors_.find(guild);
        const auto state = mirror && !mirror->is_over() ? mirror->current() : nullptr;
        if (!state) continue;
        const std::vector<Hash32> fellows = fellows_of(*state, ctx_.identity.uid);
        const auto linked = [&](const Hash32& uid) {
            const auto peer = peers_.find(uid);
            return peer && peer->is_open();
        };
        if (std::ranges::none_of(fellows, linked) && dialed < kGossipMax) {
            ++dialed;
            co_await connect(mirror, 1);
        }
        const FollowedLog* log = mirror->find(f::kControlLog);
        if (mirror->is_over() || !log || !log->log.head()) continue;
        const f::frames::Heads told{mirror->uid(), {log->log.stored().head}};
        for (const Hash32& uid : fellows) {
            const auto peer = peers_.find(uid);
            if (peer && peer->is_open()) (void)peer->send(told);
        }
    }
}

}  // namespace guildhall::peering
