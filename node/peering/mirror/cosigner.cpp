#include "node/peering/mirror/cosigner.h"

#include "federation/cosign.h"
#include "node/peering/mirror/mirrors.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;
using protocol::GuildId;

namespace {

// Nobody waits for a cosignature; a busy log has one a second.
constexpr Nanos kDelay = 1s;
// A log whose past is still being fetched, or whose host is away.
constexpr Nanos kUnfinishedRetry = 10s;
// Signatures of one round, at 20 µs each: no reader notices.
constexpr std::size_t kRoundMax = 64;

}  // namespace

Cosigner::Cosigner(Context& ctx, Mirrors& mirrors) : ctx_(ctx), mirrors_(mirrors) {
    ctx.bus.subscribe(ctx.here.index(), *this);
}

Cosigner::~Cosigner() { ctx_.here.timers().cancel(timer_); }

void Cosigner::on_live(const std::shared_ptr<Mirror>& mirror) {
    mirror->for_each_log([&](std::uint64_t id, const FollowedLog&) { tell(mirror->guild(), id); });
}

void Cosigner::on_committed(const journal::Committed& entry) {
    tell(entry.guild, entry.log_id);
    // From now on it may be a successor.
    const auto mirror = std::holds_alternative<protocol::HostingPolicySet>(entry.event)
                            ? mirrors_.find(entry.guild)
                            : nullptr;
    if (mirror) on_live(mirror);
}

void Cosigner::on_guild(const journal::GuildChange& change) {
    if (change.kind == journal::GuildChange::Kind::filled) tell(change.guild, change.log_id);
}

void Cosigner::tell(GuildId guild, std::uint64_t log_id) {
    const auto mirror = mirrors_.find(guild);
    const auto state = mirror && !mirror->is_over() ? mirror->current() : nullptr;
    if (!state || !mirrors_.is_successor(*state)) return;
    grown_.insert({guild, log_id});
    sign_later(kDelay);
}

void Cosigner::sign_later(Nanos delay) {
    const Nanos due = ctx_.clock.now() + delay;
    if (timer_ && due_ <= due) return;
    // It stood for logs that have to wait.
    ctx_.here.timers().cancel(timer_);
    due_ = due;
    timer_ = ctx_.here.timers().schedule_after(delay, [this] {
        timer_ = {};
        round();
    });
}

/// Each round goes on where the last one ended: logs that have to wait keep nobody from a turn.
void Cosigner::round() {
    const std::size_t count = std::min(kRoundMax, grown_.size());
    const bool more = grown_.size() > count;
    for (std::size_t i = 0; i < count; ++i) {
        const auto next = grown_.upper_bound(last_);
        last_ = next == grown_.end() ? *grown_.begin() : *next;
        if (sign(last_) == Step::done) grown_.erase(last_);
        if (grown_.empty()) return;
    }
    sign_later(more ? kDelay : kUnfinishedRetry);
}

Cosigner::Step Cosigner::sign(const LogAt& at) {
    const auto mirror = mirrors_.find(at.first);
    const auto state = mirror && !mirror->is_over() ? mirror->current() : nullptr;
    // A link that comes back begins anew.
    if (!state || !mirrors_.is_successor(*state) || !mirror->host()) return Step::done;
    const FollowedLog* log = mirror->find(at.second);
    const auto signed_head = log ? log->log.head() : std::nullopt;
    if (!signed_head || log->applied == 0) return Step::done;
    const f::Head& head = signed_head->head;
    const bool whole = log->first == 0 && log->applied == head.size;
    if (!whole || head.epoch != mirror->seat().epoch) return Step::later;
    const f::Cosignature word{ctx_.identity.uid, head, ctx_.clock.unix_ms()};
    f::frames::Ack ack;
    ack.guildUid = mirror->uid();
    ack.at.push_back({at.second, log->applied, log->root});
    ack.cosignature = f::encode(f::sign(word, ctx_.identity.key));
    return mirror->host()->send(std::move(ack)) ? Step::done : Step::later;
}

}  // namespace guildhall::peering
