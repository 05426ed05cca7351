// Links that begin and end. peers_dial.cpp has those that this node begins.
#include "node/peering/link/peers.h"

#include "federation/no_nodes.h"
#include "federation/profile.h"
#include "protocol/errors.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using namespace std::chrono_literals;
using f::ProblemCode;

/// Links at once, held ones and handshakes included: at 4 MiB of credit each at the very worst, and
/// some 100 KiB in practice.
constexpr std::size_t kSessionsMax = 4096;
/// A second link by the same node within this time: both dialed at once. Later: the node lost the
/// first one and we did not notice.
constexpr Nanos kSimultaneous = f::limits::kHandshakeTimeMax;
/// What a node without a link and a want leaves behind: its buckets and strikes, an hour long.
constexpr Nanos kIdlePeer = f::limits::kStrikeTime;
constexpr std::size_t kIdlePeersMax = 16'384;
constexpr Nanos kShutDownTime = 2s;
/// Clocks further apart than this make commands fail: worth a word to the operator.
constexpr protocol::UnixMs kSkewMs = 5 * 60 * 1000;

/// Of one node, and of all together.
constexpr Nanos kHeldAgain = 1h;
constexpr f::Rate kHeldLines{30, 30, 1h};

f::BootId make_boot_id(base::Rng& rng) {
    f::BootId out;
    rng.fill(out);
    return out;
}

std::string short_uid(const Hash32& uid) { return f::to_hex(uid).substr(0, 16); }

}  // namespace

Peers::Peers(Context& ctx)
    : ctx_(ctx),
      directory_(ctx),
      discovery_(ctx),
      metrics_(ctx.metrics),
      boot_id_(make_boot_id(ctx.rng)),
      held_lines_(kHeldLines, ctx.clock.now()) {
    directory_.set_in_use([this](const Hash32& uid) {
        return peers_.contains(uid) || wants_.contains(uid) || dials_.contains(uid);
    });
}

Peers::~Peers() {
    stopping_ = true;
    ctx_.here.timers().cancel(leave_clashed_);
    for (auto& [uid, want] : wants_) ctx_.here.timers().cancel(want.retry);
    for (const auto& session : sessions()) session->abandon();
    sessions_.clear();
    for (auto& [uid, peer] : peers_) {
        peer->peers_ = nullptr;
        peer->session_.reset();
    }
}

f::Hello Peers::hello() const {
    return {.protoMin = ctx_.options.dialect.proto_min,
            .protoMax = ctx_.options.dialect.proto_max,
            .features = ctx_.options.dialect.features,
            .guildFormats = {f::kGuildFormat},
            .name = ctx_.settings.name,
            .software = ctx_.options.software,
            .nowMs = ctx_.clock.unix_ms(),
            .bootId = boot_id_,
            .endpoints = ctx_.options.endpoints};
}

// -- Beginnings -----------------------------------------------------------------------------------

void Peers::accept(std::unique_ptr<base::ByteStream> stream, std::optional<base::Endpoint> from) {
    bool counted = false;
    if (stopping_ || !may_begin(from.value_or(stream->peer()), counted)) {
        metrics_.refused();
        stream->close();
        return;
    }
    begin(std::move(stream), f::LinkRole::listener, std::nullopt, counted);
}

bool Peers::may_begin(const base::Endpoint& from, bool& counted) {
    if (sessions_.size() >= kSessionsMax) return false;
    // In closed networks all nodes may share one address.
    if (ctx_.options.allow_private && !from.ip.is_global()) return true;
    const auto group = f::address_group(f::ByteView(std::span(from.ip.bytes)));
    counted = group && limiter_.begin(*group, ctx_.clock.now());
    return counted;
}

std::shared_ptr<Session> Peers::begin(std::unique_ptr<base::ByteStream> stream,
                                      f::LinkRole role,
                                      std::optional<Hash32> expected,
                                      bool unfinished) {
    f::LinkStart start{.role = role,
                       .identity = &ctx_.keys,
                       .hello = hello(),
                       .expected_uid = expected,
                       .ephemeral = {},
                       .now = ctx_.clock.now()};
    ctx_.rng.fill(start.ephemeral);
    SessionOwner& owner = *this;
    auto session = std::make_shared<Session>(ctx_, owner, std::move(stream), std::move(start));
    sessions_.emplace(session.get(), Held{session, ++last_session_, unfinished});
    session->start();
    return session;
}

std::vector<std::shared_ptr<Session>> Peers::sessions() const {
    std::map<std::uint64_t, std::shared_ptr<Session>> ordered;
    for (const auto& [at, held] : sessions_) ordered.emplace(held.number, held.session);
    std::vector<std::shared_ptr<Session>> out;
    out.reserve(ordered.size());
    for (auto& [number, session] : ordered) out.push_back(std::move(session));
    return out;
}

void Peers::end_handshake(Session& session) {
    const auto found = sessions_.find(&session);
    if (found != sessions_.end() && std::exchange(found->second.unfinished, false)) limiter_.end();
}

// -- Established ----------------------------------------------------------------------------------

/// What the directory and the operator say of who has shown itself; none when it may link.
f::Problem Peers::judge(const f::Established& who) {
    switch (directory_.show(who.peer, who.hello)) {
        case Directory::Shown::accepted:
            break;
        case Directory::Shown::stale:
            return {ProblemCode::wrong_peer, "a longer key log of this node is known"};
        case Directory::Shown::forked:
            return {ProblemCode::wrong_peer, "this key log does not follow the one that is known"};
        case Directory::Shown::full:
            return {ProblemCode::busy, "no more nodes are taken"};
    }
    const protocol::UnixMs now_ms = ctx_.clock.unix_ms();
    const Known* known = directory_.find(who.peer.uid);
    const f::Standing standing = f::admit(known->standing, ctx_.options.admission, now_ms);
    directory_.set_standing(who.peer.uid, standing);
    const ProblemCode code = f::may_enter(standing, ctx_.options.admission, now_ms);
    if (code == ProblemCode::none) return {};
    return {code, std::string(name_of(code))};
}

void Peers::on_established(Session& session, f::Established who) {
    end_handshake(session);
    f::Problem problem =
        stopping_ ? f::Problem{ProblemCode::shutdown, "the node stops"} : judge(who);
    if (problem.code != ProblemCode::none) {
        ctx_.log.info("peering",
                      "a node was not linked",
                      {{"uid", short_uid(who.peer.uid)},
                       {"from", session.remote().str()},
                       {"why", problem.text}});
        session.settle_dial({nullptr, problem});
        return session.close(std::move(problem));
    }
    const std::shared_ptr<Peer> peer = get(who.peer.uid);
    if (peer->session_) {
        if (!takes_over(*peer, session, who.hello.bootId)) {
            session.settle_dial({peer, {}});
            return session.close({ProblemCode::duplicate, "there is a link already"});
        }
        const std::shared_ptr<Session> old = peer->session_;
        detach(peer);
        old->close({ProblemCode::duplicate, "a newer link takes its place"});
    }
    const Known* known = directory_.find(peer->uid());
    const protocol::UnixMs apart = who.hello.nowMs - ctx_.clock.unix_ms();
    if (apart > kSkewMs || apart < -kSkewMs) {
        ctx_.log.warn("peering",
                      "a node's clock is far from ours",
                      {{"peer", known->label}, {"apart_ms", apart}});
    }
    who.peer.log = known->log;
    peer->identity_ = std::move(who.peer);
    peer->name_ = known->label;
    peer->standing_ = known->standing;
    peer->policy_.set_trust(known->standing.trust, ctx_.clock.now());
    peer->boot_id_ = who.hello.bootId;
    peer->clock_apart_ms_ = apart;
    take_link(peer, session);
    if (f::may_act(peer->standing_, ctx_.clock.unix_ms()) == ProblemCode::held) tell_held(*peer);
}

/// Nothing works with such a node until somebody decides, and nothing else says so.
void Peers::tell_held(Peer& peer) {
    const Nanos now = ctx_.clock.now();
    if (peer.held_told_at_ && now - *peer.held_told_at_ < kHeldAgain) return;
    if (held_lines_.take(now)) return;
    peer.held_told_at_ = now;
    ctx_.log.warn("peering",
                  "a node waits for the operator's decision",
                  {{"peer", peer.name()}, {"uid", f::to_hex(peer.uid())}});
}

/// Whether a new link is kept and the old one goes. Both nodes must come to the same answer.
bool Peers::takes_over(const Peer& peer, const Session& session, const f::BootId& boot) const {
    const Session& old = *peer.session_;
    if (old.is_ended() || peer.boot_id_ != boot) return true;
    if (old.role() == session.role()) return true;
    if (session.started() - old.started() > kSimultaneous) return true;
    return f::keeps_link(session.role(), own_uid(), peer.uid());
}

void Peers::take_link(const std::shared_ptr<Peer>& peer, Session& session) {
    peer->session_ = session.shared_from_this();
    end_clash(*peer);
    peer->linked_at_ = ctx_.clock.now();
    peer->away_ = peer->fell_silent_ = peer->blocks_us_ = false;
    session.set_peer(peer, metrics_.row(peer->uid()));
    metrics_.opened(peer->uid());
    const auto want = wants_.find(peer->uid());
    if (want != wants_.end()) {
        // A dial that succeeds proves little: who keeps us out hangs up right afterwards.
        if (session.role() == f::LinkRole::listener) want->second.attempts = 0;
        ctx_.here.timers().cancel(want->second.retry);
    }
    if (f::may_act(peer->standing_, ctx_.clock.unix_ms()) == ProblemCode::none) announce(peer);
    session.settle_dial({peer, {}});
    finish_dial(peer->uid(), peer);
    ctx_.here.spawn("prove a name", prove(peer->uid()));
}

void Peers::announce(const std::shared_ptr<Peer>& peer) {
    peer->announced_ = true;
    open_.push_back(peer);
    ctx_.log.info("peering",
                  "linked",
                  {{"peer", peer->name()},
                   {"uid", short_uid(peer->uid())},
                   {"at", peer->session_->remote().str()}});
    for (PeerObserver* observer : observers_) observer->on_open(peer);
}

void Peers::detach(const std::shared_ptr<Peer>& peer) {
    metrics_.closed(peer->uid());
    peer->session_.reset();
    peer->idle_since_ = ctx_.clock.now();
    std::erase_if(led_to_, [&](const auto& row) { return row.second == peer->uid(); });
    if (!std::exchange(peer->announced_, false)) return;
    std::erase(open_, peer);
    directory_.lost(peer->uid());
    for (PeerObserver* observer : observers_) observer->on_closed(peer);
}

void Peers::learn(const Hash32& uid, const f::KeyLog& log) {
    if (!directory_.learn(uid, log)) return;
    const auto found = peers_.find(uid);
    if (found == peers_.end()) return;
    const std::shared_ptr<Peer> peer = found->second;
    const f::KeyLog& now = directory_.find(uid)->log;
    if (peer->identity_ && peer->identity_->log == now) return;
    if (peer->session_)
        return peer->close({ProblemCode::wrong_peer, "a longer key log of this node is known"});
    if (const auto chain = f::KeyChain::from(now, {}, f::kNoNodes))
        peer->identity_ = f::PeerIdentity{uid, chain->state(), now};
}

// -- Names ----------------------------------------------------------------------------------------

Task<void> Peers::prove(Hash32 uid) {
    const Known* known = directory_.find(uid);
    if (known == nullptr || known->pinned || ctx_.options.allow_private) co_return;
    if (known->claimed.empty() || !base::is_host_name(known->claimed)) co_return;
    const std::string name = known->claimed;
    const auto document = co_await discovery_.well_known(name, 0);
    if (!document || document->uid != uid) co_return;
    directory_.pin(uid, name);
    if (const auto peer = find(uid)) peer->name_ = directory_.find(uid)->label;
}

std::shared_ptr<Peer> Peers::by_name(std::string_view name) {
    const auto label = node_label(name);
    const Known* known = label ? directory_.by_name(*label) : nullptr;
    return known != nullptr ? find(known->uid) : nullptr;
}

bool Peers::is_linked(const Hash32& uid) const {
    const auto found = peers_.find(uid);
    return found != peers_.end() && found->second->is_open();
}

std::shared_ptr<Peer> Peers::find(const Hash32& uid) {
    const auto found = peers_.find(uid);
    if (found != peers_.end()) return found->second;
    if (directory_.find(uid) == nullptr) return nullptr;
    return get(uid);
}

std::shared_ptr<Peer> Peers::get(const Hash32& uid) {
    const auto found = peers_.find(uid);
    if (found != peers_.end()) return found->second;
    forget_idle();
    auto peer = std::make_shared<Peer>(*this, ctx_, uid);
    if (!ctx_.options.has_rate_limits) peer->policy_.lift_rates();
    if (const Known* known = directory_.find(uid)) {
        peer->name_ = known->label;
        peer->standing_ = known->standing;
        peer->policy_.set_trust(known->standing.trust, ctx_.clock.now());
        const auto chain = f::KeyChain::from(known->log, {}, f::kNoNodes);
        if (chain) peer->identity_ = f::PeerIdentity{uid, chain->state(), known->log};
    }
    peers_.emplace(uid, peer);
    return peer;
}

void Peers::forget_idle() {
    if (peers_.size() < kIdlePeersMax) return;
    const Nanos now = ctx_.clock.now();
    std::erase_if(peers_, [&](const auto& row) {
        const Peer& peer = *row.second;
        const bool idle = !peer.session_ && !wants_.contains(row.first);
        return idle && now - peer.idle_since_ > kIdlePeer;
    });
}

// -- Frames ---------------------------------------------------------------------------------------

void Peers::on_received(Session& session, f::Received received) {
    const std::shared_ptr<Peer>& peer = session.peer();
    Inbound inbound(
        peer, session.weak_from_this(), received.frame.id, received.traffic_class, received.cost);
    // Of a link that was not taken, or that another has replaced.
    if (!peer || peer->session_.get() != &session) return;
    const ProblemCode code = f::may_act(peer->standing_, ctx_.clock.unix_ms());
    if (code != ProblemCode::none) return inbound.refuse(code, std::string(name_of(code)));
    const Handler& handler = handlers_[received.frame.body.index()];
    if (!handler) return inbound.refuse(ProblemCode::unsupported, "nothing deals with this frame");
    try {
        handler(std::move(inbound), std::move(received.frame.body));
    } catch (const std::exception& e) {
        ctx_.log.error("peering",
                       "a frame was dealt with by an exception",
                       {{"frame", f::name_of(received.frame.body)}, {"what", e.what()}});
        session.close({ProblemCode::general, "the node failed"});
    }
}

void Peers::strike(Peer& peer, std::string_view why) {
    metrics_.row(peer.uid()).strikes.add(1);
    ctx_.log.warn("peering", "a node broke the rules", {{"peer", peer.name()}, {"why", why}});
    if (!peer.policy_.strike(ctx_.clock.now())) return;
    peer.standing_.quarantined_until_ms = ctx_.clock.unix_ms() + f::limits::kQuarantineTime.count();
    directory_.set_standing(peer.uid(), peer.standing_);
    peer.close({ProblemCode::busy, "quarantine"});
}

// -- Ends -----------------------------------------------------------------------------------------

void Peers::on_ended(Session& session, const f::Closed& closed) {
    end_handshake(session);
    metrics_.ended(closed.problem.code);
    if (closed.clash) note_clash(*closed.clash);
    const std::shared_ptr<Peer> peer = session.peer();
    if (!peer) return;
    if (closed.is_fault) strike(*peer, closed.problem.text);
    if (peer->session_.get() != &session) return;
    ctx_.log.info("peering",
                  "a link ended",
                  {{"peer", peer->name()},
                   {"why", closed.problem.text},
                   {"by", closed.by_peer ? "peer" : "us"}});
    peer->blocks_us_ = closed.by_peer && closed.problem.code == ProblemCode::blocked;
    peer->fell_silent_ = !closed.by_peer && closed.problem.code == ProblemCode::timeout;
    detach(peer);
    if (wants_.contains(peer->uid())) dial_after(*peer, closed);
}

void Peers::on_finished(Session& session) { sessions_.erase(&session); }

Task<void> Peers::shut_down() {
    stopping_ = true;
    ctx_.here.timers().cancel(leave_clashed_);
    for (auto& [uid, want] : wants_) ctx_.here.timers().cancel(want.retry);
    for (const auto& session : sessions()) {
        session->close({ProblemCode::shutdown, "the node stops"});
    }
    const auto deadline = base::Deadline::after(ctx_.clock, kShutDownTime);
    while (!sessions_.empty() && !deadline.has_passed(ctx_.clock)) {
        co_await ctx_.here.timers().sleep_for(5ms);
    }
}

}  // namespace guildhall::peering
