#include "node/peering/mirror/mirror.h"

#include "federation/limits.h"
#include "federation/no_nodes.h"
#include "node/peering/mirror/mirrors.h"
#include "protocol/errors.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// Channels and threads of the largest guild, as limits.h counts places.
constexpr std::size_t kLogsMax = f::limits::kCursorsPerFrameMax;
constexpr Nanos kSubscribeLimit = 20s;
// Hosts write acks down every few seconds; one frame for all that came in a moment costs a busy
// link a tenth of one for each batch.
constexpr Nanos kAckDelay = 20ms;
// An answer that means "not now".
constexpr Nanos kSubscribeRetry = 5s;
// A host that knows the guild no more may be one that lost its data; a person looks at it in time.
constexpr Nanos kOrphanRetry = 5min;
// Waiters are readers and commands of one node's users: beyond this something else is wrong.
constexpr std::size_t kWaitersMax = 10'000;

}  // namespace

std::string_view name_of(MirrorState state) {
    switch (state) {
        case MirrorState::snapshot:
            return "snapshot";
        case MirrorState::tailing:
            return "tailing";
        case MirrorState::live:
            return "live";
        case MirrorState::gap:
            return "gap";
        case MirrorState::orphaned:
            return "orphaned";
        case MirrorState::frozen:
            return "frozen";
        case MirrorState::left:
            return "left";
    }
    CHECK(false);
}

Mirror::Mirror(Context& ctx,
               Peers& peers,
               Mirrors& owner,
               protocol::GuildId guild,
               const Hash32& uid,
               f::HostSeatInfo seat)
    : ctx_(ctx), peers_(peers), owner_(owner), guild_(guild), uid_(uid), seat_(std::move(seat)) {}

void Mirror::set_state(MirrorState state) {
    if (state_ == state || state_ == MirrorState::left) return;
    state_ = state;
    ctx_.log.debug("mirror", "state", {{"guild", guild_.str()}, {"state", name_of(state)}});
    if (!is_over()) return;
    ctx_.here.timers().cancel(subscribe_timer_);
    ctx_.here.timers().cancel(ack_timer_);
    for (auto& [id, log] : logs_) log.queue.clear();
    on_progress();
}

journal::GuildSnapshot Mirror::current() const {
    const journal::GuildSnapshot* found = ctx_.view.guild(guild_);
    return found ? *found : nullptr;
}

void Mirror::add_log(f::MirrorLog log) {
    const std::uint64_t id = log.log_id();
    FollowedLog& added = logs_.insert_or_assign(id, FollowedLog(std::move(log))).first->second;
    added.note_head();
}

void Mirror::set_host_log(const f::KeyLog& log) {
    auto chain = f::KeyChain::from(log, {}, f::kNoNodes);
    if (!chain || chain->uid() != seat_.host_uid) return;
    // A shorter log than is known is an old copy.
    if (host_chain_ && host_chain_->uid() == chain->uid() &&
        host_chain_->state().seq > chain->state().seq)
        return;
    host_chain_ = std::move(*chain);
}

std::optional<f::PublicKey> Mirror::host_key() const {
    if (!host_chain_) return std::nullopt;
    return host_chain_->signing_key();
}

// -- The host -------------------------------------------------------------------------------------

void Mirror::set_host(const std::shared_ptr<Peer>& host) {
    host_ = host;
    if (host->identity()) set_host_log(host->identity()->log);
}

void Mirror::on_link(const std::shared_ptr<Peer>& host) {
    if (is_over()) return;
    set_host(host);
    if (!complete_) return owner_.begin_anew(shared_from_this());
    subscribe_soon(0s);
}

void Mirror::on_link_lost() {
    host_.reset();
    owed_acks_.clear();
    ctx_.here.timers().cancel(subscribe_timer_);
    if (state_ != MirrorState::snapshot) set_state(is_over() ? state_ : MirrorState::gap);
}

void Mirror::add_past_host(const Hash32& uid) {
    if (std::ranges::find(past_hosts_, uid) == past_hosts_.end()) past_hosts_.push_back(uid);
}

void Mirror::on_seat(f::HostSeatInfo seat) {
    const bool moved = seat.host_uid != seat_.host_uid;
    if (moved) add_past_host(seat_.host_uid);
    seat_ = std::move(seat);
    for (auto& [id, log] : logs_) {
        log.log.enter_epoch(seat_.epoch);
        log.divergences = 0;
    }
    if (moved) {
        host_.reset();
        host_chain_.reset();
        if (const f::KeyChain* known = keys_.find(seat_.host_uid)) host_chain_ = *known;
        if (!is_over()) set_state(MirrorState::gap);
    } else if (host_) {
        subscribe_soon(0s);
    }
}

void Mirror::set_log(FollowedLog& log, f::MirrorLog as) {
    const bool is_older = as.epoch() != seat_.epoch;
    log.log = std::move(as);
    log.log.enter_epoch(seat_.epoch);
    if (is_older) subscribe_soon(0s);
}

void Mirror::subscribe_soon(Nanos delay) {
    if (is_over() || !host_ || subscribe_timer_) return;
    subscribe_timer_ = ctx_.here.timers().schedule_after(delay, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->subscribe_timer_ = {};
        if (self->is_over() || !self->host_ || !self->complete_) return;
        if (self->subscribing_) return self->subscribe_soon(1s);
        self->subscribing_ = true;
        self->owner_.metrics().subscriptions.add();
        self->ctx_.here.spawn("subscribe", self->subscribe());
    });
}

f::frames::Subscribe Mirror::have() const {
    f::frames::Subscribe out;
    out.guildUid = uid_;
    // A copy that lost its certificates is told of all of them.
    out.epoch = owner_.held_epoch(*this);
    for (const auto& [id, log] : logs_) {
        if (log.applied > 0) out.have.push_back({id, log.applied, log.root});
    }
    return out;
}

Task<void> Mirror::subscribe() {
    const auto self = shared_from_this();
    const auto host = host_;
    auto answer = co_await host->ask(have(), kSubscribeLimit);
    subscribing_ = false;
    if (is_over() || host != host_) co_return;
    if (!answer) {
        subscription_refused(answer.error());
    } else if (const auto* found = std::get_if<f::frames::Subscribed>(&*answer)) {
        take(*found);
    } else {
        host->strike("a subscription was answered with something else");
    }
}

void Mirror::subscription_refused(const base::Error& error) {
    ctx_.log.info("mirror",
                  "the host does not take the subscription",
                  {{"guild", guild_.str()}, {"why", error.message}});
    if (protocol::http_status(error) != 404) {
        set_state(MirrorState::gap);
        return subscribe_soon(kSubscribeRetry);
    }
    if (owner_.may_forget(*this)) return owner_.drop(shared_from_this());
    orphan();
}

void Mirror::orphan() {
    if (is_over()) return;
    set_state(MirrorState::orphaned);
    subscribe_soon(kOrphanRetry);
}

void Mirror::take(const f::frames::Subscribed& answer) {
    if (answer.guildUid != uid_) return host_->strike("a subscription to another guild");
    if (!answer.hosting.empty()) owner_.certificates_came(*this, host_, answer.hosting);
    if (answer.epoch != seat_.epoch) {
        // The certificates say who hosts; until they are verified nothing of that epoch is taken.
        set_state(MirrorState::gap);
        return subscribe_soon(kSubscribeRetry);
    }
    targets_.clear();
    for (const f::Cursor& cursor : answer.logs) targets_[cursor.logId] = cursor.size;
    for (const std::uint64_t id : answer.diverged) {
        FollowedLog* log = find(id);
        if (!log) continue;
        const auto& head = log->log.head();
        // Another host began with less: what we had more is no history.
        if (!head || head->head.epoch != seat_.epoch) return owner_.begin_anew(shared_from_this());
        if (note_divergence(*log))
            return owner_.freeze_for(shared_from_this(),
                                     "a log that the host signed is not its own");
        return subscribe_soon(kSubscribeRetry);
    }
    set_state(MirrorState::tailing);
    look_whether_live();
}

bool Mirror::note_divergence(FollowedLog& log) {
    ctx_.log.warn("mirror",
                  "the host's log does not follow from what it sent",
                  {{"guild", guild_.str()}, {"log", log.log.log_id()}});
    return ++log.divergences > 1;
}

void Mirror::look_whether_live() {
    if (state_ != MirrorState::tailing) return;
    for (const auto& [id, size] : targets_) {
        const auto at = logs_.find(id);
        if (at != logs_.end() && at->second.applied > 0 && at->second.applied < size) return;
    }
    if (applied(f::kControlLog) < targets_[f::kControlLog]) return;
    set_state(MirrorState::live);
    owner_.on_live(shared_from_this());
}

// -- Logs -----------------------------------------------------------------------------------------

FollowedLog* Mirror::find(std::uint64_t log_id) {
    const auto at = logs_.find(log_id);
    return at == logs_.end() ? nullptr : &at->second;
}

FollowedLog* Mirror::find_or_add(std::uint64_t log_id) {
    if (FollowedLog* known = find(log_id)) return known;
    if (logs_.size() >= kLogsMax) return nullptr;
    f::MirrorLog fresh(uid_, seat_.epoch, log_id);
    return &logs_.emplace(log_id, FollowedLog(std::move(fresh))).first->second;
}

void Mirror::know_head(const f::SignedHead& head, std::string_view bytes) {
    FollowedLog* log = find_or_add(head.head.log_id);
    if (!log || log->busy || log->fetching || log->log.size() > 0) return;
    const auto& known = log->log.head();
    if (known && known->head.size >= head.head.size) return;
    f::StoredLog row;
    row.head = std::string(bytes);
    auto begun = f::MirrorLog::restore(uid_, seat_.epoch, head.head.log_id, row);
    if (!begun) return;
    set_log(*log, std::move(*begun));
    log->note_head();
    on_progress();
}

std::uint64_t Mirror::lag() const {
    std::uint64_t sum = 0;
    for (const auto& [id, log] : logs_) {
        // One of which only the head is known is history that nobody asked for.
        if (log.applied == 0 && id != f::kControlLog) continue;
        std::uint64_t size = log.log.size();
        if (const auto& head = log.log.head()) size = std::max(size, head->head.size);
        const auto target = targets_.find(id);
        if (target != targets_.end()) size = std::max(size, target->second);
        sum += size - std::min(size, log.applied);
    }
    return sum;
}

std::uint64_t Mirror::applied(std::uint64_t log_id) {
    if (log_id == f::kControlLog) {
        const auto state = current();
        return state ? state->control_size : 0;
    }
    const FollowedLog* log = find(log_id);
    return log ? log->applied : 0;
}

Task<bool> Mirror::wait_for(std::function<bool()> ready, Nanos limit) {
    if (ready()) co_return true;
    if (is_over() || waiters_.size() >= kWaitersMax) co_return false;
    const auto self = shared_from_this();
    auto at = waiters_.end();
    co_await base::wait_until_woken(
        ctx_.here, base::Deadline::after(ctx_.clock, limit), [&](base::Wake wake) {
            at = waiters_.insert(waiters_.end(), Waiter{ready, std::move(wake)});
        });
    waiters_.erase(at);
    co_return ready();
}

Task<bool> Mirror::until(std::uint64_t log_id, std::uint64_t size, Nanos limit) {
    co_return co_await wait_for([this, log_id, size] { return applied(log_id) >= size; }, limit);
}

Task<bool> Mirror::acquire(FollowedLog& log, Nanos limit) {
    const auto deadline = base::Deadline::after(ctx_.clock, limit);
    // Woken together with others, who may have been faster.
    while (log.busy) {
        if (is_over() || deadline.has_passed(ctx_.clock)) co_return false;
        co_await wait_for([&log] { return !log.busy; }, deadline.left(ctx_.clock));
    }
    log.busy = true;
    co_return true;
}

void Mirror::on_progress() {
    for (const Waiter& w : waiters_) {
        if (is_over() || w.ready()) w.wake();
    }
    look_whether_live();
}

void Mirror::acknowledge(std::uint64_t log_id) {
    if (!host_) return;
    owed_acks_.insert(log_id);
    if (ack_timer_) return;
    ack_timer_ = ctx_.here.timers().schedule_after(kAckDelay, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->ack_timer_ = {};
        self->send_acks();
    });
}

void Mirror::send_acks() {
    f::frames::Ack ack;
    ack.guildUid = uid_;
    for (const std::uint64_t id : std::exchange(owed_acks_, {})) {
        const auto log = logs_.find(id);
        if (log != logs_.end()) ack.at.push_back({id, log->second.applied, log->second.root});
    }
    // One that does not fit is made up for by the log's next.
    if (host_ && !is_over()) host_->send(std::move(ack));
}

}  // namespace guildhall::peering
