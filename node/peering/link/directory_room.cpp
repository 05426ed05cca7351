// Directory, second part: who goes when there are too many.
#include "node/peering/link/directory.h"
#include "node/store/tables/peers.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using base::Status;
using namespace std::chrono_literals;

namespace {

/// A look over all walks through the members of all guilds: when there is cause, or so often.
constexpr base::Nanos kLookEvery = 1h;
/// A stranger that was linked and not seen since then is forgotten, whatever room there is.
constexpr protocol::UnixMs kForgetMs = 90LL * 24 * 3600 * 1000;
/// So many at a time, so that the next looks over all are not near.
constexpr std::size_t kRoomPart = 8;

std::size_t bytes_of(const f::KeyLog& log) {
    std::size_t out = log.genesis.size();
    for (const std::string& event : log.events) out += event.size();
    return out;
}

base::Task<void> erase_rows(Context& ctx, std::vector<f::Hash32> uids) {
    const auto done = co_await store::write(ctx.db, [uids](store::Tx& tx) -> Status {
        for (const f::Hash32& uid : uids) TRY_VOID(store::peers::forget(tx, uid.text()));
        return {};
    });
    if (!done) ctx.log.warn("peering", "strangers stay stored", {{"why", done.error().message}});
}

}  // namespace

/// For one more; false when nobody can go.
bool Directory::make_room(const f::KeyLog& newcomer) {
    ++strangers_;
    stranger_bytes_ += bytes_of(newcomer);
    const bool is_due = ctx_.clock.now() - looked_at_ >= kLookEvery;
    const bool too_many = strangers_ > kStrangersMax || stranger_bytes_ > kStrangerBytesMax;
    if (is_due || too_many || known_.size() >= kKnownMax) look_over();
    return known_.size() < kKnownMax;
}

void Directory::look_over() {
    looked_at_ = ctx_.clock.now();
    const protocol::UnixMs now_ms = ctx_.clock.unix_ms();
    const std::set<f::Hash32> needed = this->needed();
    const bool is_full = known_.size() >= kKnownMax;
    // Who leaves first: without a quarantine, which must not be left behind so easily; then by when
    // it was seen, those first of whom others only told.
    using Turn = std::tuple<bool, bool, protocol::UnixMs, f::Hash32>;
    std::vector<Turn> strangers;
    stranger_bytes_ = 0;
    for (const auto& [uid, known] : known_) {
        const bool stays = known.standing.by_operator || needed.contains(uid) ||
                           (known.pinned && !is_full) || (in_use_ && in_use_(uid));
        if (stays) continue;
        const bool kept_out = known.standing.quarantined_until_ms > now_ms;
        strangers.emplace_back(known.pinned, kept_out, known.last_seen_ms, uid);
        stranger_bytes_ += bytes_of(known.log);
    }
    strangers_ = strangers.size();
    std::ranges::sort(strangers);
    const bool crowded =
        is_full || strangers_ > kStrangersMax || stranger_bytes_ > kStrangerBytesMax;
    const std::size_t rows_left = crowded ? kStrangersMax - kStrangersMax / kRoomPart : strangers_;
    const std::size_t bytes_left =
        crowded ? kStrangerBytesMax - kStrangerBytesMax / kRoomPart : stranger_bytes_;
    std::vector<f::Hash32> gone;
    for (const auto& [pinned, kept_out, seen_ms, uid] : strangers) {
        const bool is_old = seen_ms != 0 && !pinned && now_ms - seen_ms > kForgetMs;
        const bool too_many = strangers_ > rows_left || stranger_bytes_ > bytes_left;
        if (!is_old && !too_many) continue;
        gone.push_back(uid);
        --strangers_;
        stranger_bytes_ -= bytes_of(known_.at(uid).log);
    }
    if (!gone.empty()) forget(gone);
}

std::set<f::Hash32> Directory::needed() const {
    std::set<f::Hash32> out;
    const auto add = [&out](std::string_view uid) {
        if (const auto hash = f::Hash32::from(uid)) out.insert(*hash);
    };
    ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
        add(guild.hosting.hostUid);
        for (const std::string& uid : guild.hosting.successors) add(uid);
        guild.members.for_each([&](protocol::UserId, const protocol::Member& member) {
            if (!member.homeUid.empty()) add(member.homeUid);
            return true;
        });
        add(guild.hosting.firstHostUid);
    });
    return out;
}

void Directory::forget(const std::vector<f::Hash32>& uids) {
    for (const f::Hash32& uid : uids) {
        const auto known = known_.find(uid);
        const auto label = labels_.find(known->second.label);
        if (label != labels_.end() && label->second == uid) labels_.erase(label);
        known_.erase(known);
    }
    ctx_.log.info("peering", "strangers were forgotten", {{"nodes", uids.size()}});
    ctx_.here.spawn("forget peers", erase_rows(ctx_, uids));
}

}  // namespace guildhall::peering
