// The links that Peers begins: one dial for all who wait for a node, and dials again and again for
// the nodes that are wanted.
#include "node/base/dial.h"
#include "node/base/ws/stream.h"
#include "node/peering/link/peers.h"
#include "node/peering/link/problem.h"
#include "node/store/await.h"
#include "node/store/tables/peers.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using namespace std::chrono_literals;

/// From the first look at a name to an open link, all endpoints together.
constexpr Nanos kWholeDialTime = 20s;
constexpr Nanos kOneDialTime = 10s;
/// More would be a storm of our own making; who is wanted waits, who asks is told to come back.
constexpr std::size_t kDialsMax = 64;
constexpr Nanos kBackoffMin = 1s;
constexpr Nanos kBackoffMax = 300s;
/// 2^9 s are more than the longest backoff.
constexpr unsigned kDoublingsMax = 9;
/// A link that lasted so long was one; one that the other side ends sooner counts as a dial that
/// failed.
constexpr Nanos kLasting = 30s;
/// A line that was cut says nothing about the node: after it never more than 4 s.
constexpr unsigned kDoublingsOfLost = 2;
/// A node that restarts is back sooner.
constexpr Nanos kLostLately = 3s;
/// Two round trips to the other side of the world.
constexpr Nanos kShortAttempt = 500ms;

/// Errors of a dial begin with its host; a node may have several endpoints there.
std::string why_at(const std::string& endpoint, const LinkEndpoint& to, const Error& error) {
    std::string_view what = error.message;
    const std::string host = to.where.host + ": ";
    if (what.starts_with(host)) what.remove_prefix(host.size());
    return endpoint + ": " + std::string(what);
}

/// The other side does not want us, and will not a second later: its operator blocks or holds this
/// node, or it is in quarantine there.
bool keeps_out(const f::Closed& closed) {
    const auto code = closed.problem.code;
    return closed.by_peer && (code == f::ProblemCode::blocked || code == f::ProblemCode::held ||
                              code == f::ProblemCode::busy);
}

/// Which ones lead here is known of so many addresses; of more it is found out anew each time.
constexpr std::size_t kLedMax = 1024;

std::string text_of(const NodeAddress& where) {
    return where.host + " " + std::to_string(where.port);
}

/// Of a link that was made, and is none that anything may be said on.
Error not_open(const Peer& peer, protocol::UnixMs now_ms) {
    if (peer.blocks_us()) return kept_out_there(f::ProblemCode::blocked);
    const auto code = f::may_act(peer.standing(), now_ms);
    return code == f::ProblemCode::held ? kept_out(code) : unreachable("the link was lost");
}

Error dial_failed() { return unreachable("the dial failed"); }

Error another_answers() {
    return to_error({f::ProblemCode::wrong_peer,
                     "Another node answers at that address than the one that is meant."});
}

/// What would be no other a second later keeps its own answer.
Error not_linked(const std::string& endpoint, const f::Problem& why, bool by_peer) {
    switch (why.code) {
        case f::ProblemCode::self:
            return to_error(why);
        case f::ProblemCode::blocked:
        case f::ProblemCode::held:
            return by_peer ? kept_out_there(why.code) : kept_out(why.code);
        case f::ProblemCode::wrong_peer:
            return another_answers();
        default:
            return unreachable(endpoint + ": " + why.text);
    }
}

/// As many as a node has neighbours.
constexpr std::size_t kClashesMax = 1024;

std::string words_of(const f::VersionClash& clash) {
    const auto range = [](std::uint16_t from, std::uint16_t to) {
        return std::to_string(from) + " to " + std::to_string(to);
    };
    return "it speaks the protocol's versions " + range(clash.its_min, clash.its_max) +
           ", this node " + range(clash.own_min, clash.own_max) + ": " +
           (clash.its_min > clash.own_max ? "update this node" : "it has to be updated");
}

/// For `guildhall peer list`; empty words: there is no such trouble any more.
Task<void> store_trouble(Context& ctx, Hash32 uid, std::string why) {
    journal::Change change;
    change.can_wait = true;
    change.rows = [uid, why = std::move(why), now = ctx.clock.unix_ms()](store::Tx& tx) {
        return why.empty() ? store::peers::forget_trouble(tx, uid.text())
                           : store::peers::set_trouble(tx, uid.text(), why, now);
    };
    // A note for people: what is lost here is noted again with the next dial.
    (void)co_await ctx.journal.store(ctx.here, std::move(change));
}

class CountedDial {
  public:
    explicit CountedDial(std::size_t& count) : count_(count) { ++count_; }
    CountedDial(const CountedDial&) = delete;
    CountedDial& operator=(const CountedDial&) = delete;
    ~CountedDial() { --count_; }

  private:
    std::size_t& count_;
};

/// Host and port of the node's own site; under a path of another one they are that one's.
std::optional<base::HostPort> site_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const std::uint16_t port = url.starts_with("https") ? 443 : 80;
    const std::string_view rest = url.substr(scheme + 3);
    if (rest.find('/') != std::string_view::npos) return std::nullopt;
    return base::parse_host_port(rest, port);
}

/// Runs at the end of a scope, also when something throws there.
template <class Work>
class AtEnd {
  public:
    explicit AtEnd(Work work) : work_(std::move(work)) {}
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;
    ~AtEnd() { work_(); }

  private:
    Work work_;
};

std::string host_header(const LinkEndpoint& to) {
    const bool is_v6 = to.where.host.find(':') != std::string::npos;
    return (is_v6 ? "[" + to.where.host + "]" : to.where.host) + ":" +
           std::to_string(to.where.port);
}

}  // namespace

// -- Wants ----------------------------------------------------------------------------------------

void Peers::want(const Hash32& uid, const std::vector<std::string>& hints) {
    if (uid == own_uid()) return;
    Want& want = wants_[uid];
    ++want.count;
    for (const std::string& hint : hints) {
        const bool fits = want.hints.size() < f::limits::kEndpointsMax;
        if (fits && std::ranges::find(want.hints, hint) == want.hints.end()) {
            want.hints.push_back(hint);
        }
    }
    const auto peer = find(uid);
    if (want.count == 1 && !(peer && peer->session_)) dial_later(uid, Nanos{0});
}

void Peers::unwant(const Hash32& uid) {
    const auto found = wants_.find(uid);
    if (found == wants_.end() || --found->second.count != 0) return;
    ctx_.here.timers().cancel(found->second.retry);
    wants_.erase(found);
}

/// After a random part of the backoff, so that many nodes that lost one do not come back at once.
void Peers::dial_later(const Hash32& uid) {
    Want& want = wants_.at(uid);
    if (want.retry) return;
    const Nanos ceiling =
        std::min(kBackoffMax, kBackoffMin * (1u << std::min(want.attempts, kDoublingsMax)));
    ++want.attempts;
    const auto span = static_cast<std::uint64_t>(ceiling.count());
    dial_later(uid, Nanos(static_cast<Nanos::rep>(ctx_.rng.below(span))));
}

/// After a link that ended.
void Peers::dial_after(const Peer& peer, const f::Closed& closed) {
    Want& want = wants_.at(peer.uid());
    if (keeps_out(closed)) {
        want.attempts = kDoublingsMax;
        const auto spread = static_cast<std::uint64_t>((kBackoffMax / 10).count());
        const Nanos later(static_cast<Nanos::rep>(ctx_.rng.below(spread)));
        return dial_later(peer.uid(), kBackoffMax + later);
    }
    const bool lost = !closed.by_peer && !closed.is_fault;
    if (ctx_.clock.now() - peer.linked_at_ >= kLasting) {
        want.attempts = 0;
    } else if (lost) {
        want.attempts = std::min(want.attempts, kDoublingsOfLost);
    }
    dial_later(peer.uid());
}

void Peers::dial_later(const Hash32& uid, Nanos delay) {
    Want& want = wants_.at(uid);
    if (stopping_ || want.retry) return;
    want.retry = ctx_.here.timers().schedule_after(delay, [this, uid] {
        wants_.at(uid).retry = {};
        ctx_.here.spawn("dial a wanted node", dial_wanted(uid));
    });
}

Task<void> Peers::dial_wanted(Hash32 uid) {
    const auto connected = co_await connect(uid, kWholeDialTime);
    if (stopping_ || connected || !wants_.contains(uid)) co_return;
    const auto peer = find(uid);
    if (peer && peer->session_) co_return;
    if (!clashed_lately(uid)) co_return dial_later(uid);
    const auto spread = static_cast<std::uint64_t>((kVersionRetry / 10).count());
    dial_later(uid, kVersionRetry + Nanos(static_cast<Nanos::rep>(ctx_.rng.below(spread))));
}

// -- Versions -------------------------------------------------------------------------------------

void Peers::start() { ctx_.here.spawn("dial nodes of other versions", dial_clashed()); }

Task<void> Peers::dial_clashed() {
    auto read = [](store::Tx& tx) { return store::peers::troubles(tx); };
    const auto troubles = co_await store::read(ctx_.db, std::move(read));
    if (stopping_ || !troubles) co_return;
    for (const auto& [text, why] : *troubles) {
        const auto uid = Hash32::from(text);
        if (uid && directory_.find(*uid) && clashed_before_.insert(*uid).second) want(*uid);
    }
    leave_clashed_ = ctx_.here.timers().schedule_after(kVersionRetry, [this] {
        while (!clashed_before_.empty()) leave_clashed(Hash32(*clashed_before_.begin()));
    });
}

void Peers::leave_clashed(const Hash32& uid) {
    if (clashed_before_.erase(uid) != 0) unwant(uid);
}

void Peers::note_clash(const f::VersionClash& clash) {
    const Hash32& uid = clash.uid;
    const std::string why = words_of(clash);
    leave_clashed(uid);
    const bool is_new = !clashed_lately(uid);
    if (clashes_.size() >= kClashesMax && !clashes_.contains(uid)) {
        std::erase_if(clashes_, [&](const auto& row) { return !clashed_lately(row.first); });
        if (clashes_.size() >= kClashesMax) return;
    }
    clashes_[uid] = {why, ctx_.clock.now()};
    // Strangers, who cost nothing, get neither lines nor rows.
    const Known* known = directory_.find(uid);
    if (!is_new || (known == nullptr && !wants_.contains(uid))) return;
    ctx_.log.warn("peering",
                  "a node of another version cannot be linked",
                  {{"uid", f::to_hex(uid)}, {"why", why}});
    if (known == nullptr) return;
    ctx_.here.spawn("note versions", store_trouble(ctx_, uid, why));
}

void Peers::end_clash(const Peer& peer) {
    leave_clashed(peer.uid());
    const bool was_here = clashes_.erase(peer.uid()) > 0;
    // What is stored may be of before a restart.
    const bool is_first = peer.linked_at_ == Nanos{};
    if (!was_here && !is_first) return;
    ctx_.here.spawn("note versions", store_trouble(ctx_, peer.uid(), std::string()));
}

bool Peers::clashed_lately(const Hash32& uid) const {
    const auto found = clashes_.find(uid);
    return found != clashes_.end() && ctx_.clock.now() - found->second.at < kVersionRetry;
}

std::string Peers::version_trouble(const Hash32& uid) const {
    const auto found = clashes_.find(uid);
    return found == clashes_.end() ? std::string() : found->second.why;
}

// -- Connecting -----------------------------------------------------------------------------------

/// Why a node is not dialed at all.
std::optional<Error> Peers::why_not(const Hash32& uid) const {
    if (uid == own_uid()) return unreachable("that is this node itself");
    if (stopping_) return unreachable("the node stops");
    if (clashed_lately(uid)) return unreachable(version_trouble(uid));
    const Known* known = directory_.find(uid);
    if (known == nullptr) return std::nullopt;
    const auto code = f::may_enter(known->standing, ctx_.options.admission, ctx_.clock.unix_ms());
    if (code == f::ProblemCode::none) return std::nullopt;
    if (code == f::ProblemCode::blocked || code == f::ProblemCode::held) return kept_out(code);
    return to_error({code, "this node does not link with that one"});
}

Task<Result<std::shared_ptr<Peer>>> Peers::connect(Hash32 uid, Nanos limit) {
    const auto known = find(uid);
    if (known && known->is_open()) co_return known;
    if (auto why = why_not(uid)) co_return std::move(*why);
    // A copy: a dial that fails at once takes its place out of the map.
    std::shared_ptr<Dial> dial = dials_[uid];
    if (!dial) {
        if (dialing_ >= kDialsMax) {
            dials_.erase(uid);
            co_return unreachable("too many nodes are being dialed");
        }
        dial = dials_[uid] = std::make_shared<Dial>();
        // On its own: others may wait longer than this caller.
        ctx_.here.spawn("dial", run_dial(uid, dial));
    }
    const Connected result = co_await until_dialed(dial, limit);
    if (result && !(*result)->is_open()) co_return not_open(**result, ctx_.clock.unix_ms());
    co_return result;
}

Task<Result<std::shared_ptr<Peer>>> Peers::until_dialed(std::shared_ptr<Dial> dial, Nanos limit) {
    if (!dial->result) {
        std::function<void(base::Wake)> start = [dial](base::Wake wake) {
            dial->waits.push_back(std::move(wake));
        };
        const auto deadline = base::Deadline::after(ctx_.clock, limit);
        co_await base::wait_until_woken(ctx_.here, deadline, std::move(start));
    }
    if (dial->result) co_return *dial->result;
    co_return unreachable("the node cannot be reached in time");
}

Task<void> Peers::run_dial(Hash32 uid, std::shared_ptr<Dial> dial) {
    const CountedDial counted(dialing_);
    // A dial that throws must not stay for all who ask later.
    const AtEnd taken_out([&] {
        const auto found = dials_.find(uid);
        if (found != dials_.end() && found->second == dial) finish_dial(uid, dial_failed());
    });
    const auto deadline = base::Deadline::after(ctx_.clock, kWholeDialTime);
    std::vector<std::string> endpoints;
    const Known* known = directory_.find(uid);
    if (known != nullptr) endpoints = known->endpoints;
    const auto want = wants_.find(uid);
    if (want != wants_.end()) {
        for (const std::string& hint : want->second.hints) {
            if (std::ranges::find(endpoints, hint) == endpoints.end()) endpoints.push_back(hint);
        }
    }
    const std::string name = known != nullptr && known->pinned ? known->claimed : std::string();
    auto result = co_await dial_all(uid, std::move(endpoints), deadline);
    // It may have moved. Whoever answers there must still be who it was.
    if (!result && !name.empty() && !dial->result) {
        auto found = co_await discovery_.find(name);
        if (!found.uid || *found.uid == uid) {
            result = co_await dial_all(uid, std::move(found.endpoints), deadline);
        }
    }
    metrics_.dialed(result.has_value());
    if (dial->result) co_return;
    if (const auto peer = result ? nullptr : find(uid)) peer->away_ = true;
    finish_dial(uid, std::move(result));
}

Nanos Peers::patience(const Hash32& uid, Nanos limit) const {
    const auto found = peers_.find(uid);
    if (found == peers_.end()) return limit;
    const Peer& peer = *found->second;
    const Nanos ended = peer.idle_since_;
    const bool was_linked = ended > Nanos{0};
    const bool lately = was_linked && ctx_.clock.now() - ended < kLostLately;
    if (lately && !peer.fell_silent_) return limit;
    // Who is wanted is being dialed since the link was lost.
    const bool is_away = peer.away_ || peer.fell_silent_ || (was_linked && wants_.contains(uid));
    return is_away ? std::min(limit, kShortAttempt) : limit;
}

/// Also when the other side dialed meanwhile.
void Peers::finish_dial(const Hash32& uid, Connected result) {
    const auto found = dials_.find(uid);
    if (found == dials_.end()) return;
    const std::shared_ptr<Dial> dial = found->second;
    dials_.erase(found);
    dial->result = std::move(result);
    for (const base::Wake& wake : std::exchange(dial->waits, {})) wake();
}

Task<Result<std::shared_ptr<Peer>>> Peers::dial_all(std::optional<Hash32> uid,
                                                    std::vector<std::string> endpoints,
                                                    base::Deadline deadline) {
    Connected last = unreachable("it is not known where the node can be reached");
    for (const std::string& endpoint : endpoints) {
        if (uid) {
            const auto peer = find(*uid);
            if (peer && peer->is_open()) co_return peer;
        }
        if (stopping_ || deadline.has_passed(ctx_.clock)) break;
        auto next = co_await dial_one(uid, endpoint, deadline);
        // One that nobody answers at says less than one where the wrong node does.
        if (next || last.error().status == 503) last = std::move(next);
        if (last) break;
    }
    co_return last;
}

Task<Result<std::shared_ptr<Peer>>> Peers::dial_one(std::optional<Hash32> uid,
                                                    std::string endpoint,
                                                    base::Deadline deadline) {
    const auto to = parse_link_endpoint(endpoint);
    if (!to) co_return unreachable("the node's address is not one that is dialed");
    base::DialOptions options;
    options.allow_private = ctx_.options.allow_private;
    options.limit = std::min(kOneDialTime, deadline.left(ctx_.clock));
    auto stream =
        co_await base::dial_host(ctx_.network, ctx_.resolver, ctx_.here, to->where, options);
    if (!stream) co_return unreachable(why_at(endpoint, *to, stream.error()));
    if (to->is_web_socket) {
        if (to->is_tls) *stream = ctx_.tls.wrap_for(std::move(*stream), to->where.host);
        base::ws::ClientOptions client;
        client.host = host_header(*to);
        client.limit = options.limit;
        stream = co_await base::ws::open_client_stream(
            ctx_.here, std::move(*stream), std::move(client), ctx_.rng);
        if (!stream) co_return unreachable(why_at(endpoint, *to, stream.error()));
    }
    if (stopping_) co_return unreachable("the node stops");
    const auto session = begin(std::move(*stream), f::LinkRole::dialer, uid, false);
    const auto outcome =
        co_await session->until_settled(base::Deadline::after(ctx_.clock, kOneDialTime));
    if (!outcome) co_return unreachable(endpoint + ": it did not answer in time");
    if (!outcome->peer) co_return not_linked(endpoint, outcome->problem, outcome->by_peer);
    directory_.reached(outcome->peer->uid(), endpoint);
    co_return outcome->peer;
}

Task<Result<std::shared_ptr<Peer>>> Peers::dial_name(std::string host, base::Deadline deadline) {
    auto found = co_await discovery_.find(std::move(host));
    if (found.uid == own_uid()) co_return to_error({f::ProblemCode::self, {}});
    co_return co_await dial_all(found.uid, std::move(found.endpoints), deadline);
}

/// The port may be that of links, or that of the node's API: a listener for links hangs up on HTTP
/// at once, but a server for HTTP waits for the rest of a request.
Task<Result<std::shared_ptr<Peer>>> Peers::dial_port(std::string host,
                                                     std::uint16_t port,
                                                     base::Deadline deadline) {
    if (port != kLinkPort) {
        auto document = co_await discovery_.well_known(host, port);
        if (document && document->uid == own_uid()) co_return to_error({f::ProblemCode::self, {}});
        if (document) {
            co_return co_await dial_all(document->uid, std::move(document->endpoints), deadline);
        }
    }
    const bool is_v6 = host.find(':') != std::string::npos;
    std::string endpoint = (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
    co_return co_await dial_one(std::nullopt, std::move(endpoint), deadline);
}

// -- Addresses ------------------------------------------------------------------------------------

/// A node's name alone is its own wherever it leads, and with a port that this node says of itself:
/// whoever answers at another port there is another node. What is missed here is found by the dial.
bool Peers::is_own(const NodeAddress& where) const {
    const bool is_named = node_label(ctx_.settings.name) == where.host;
    if (is_named && where.port == 0) return true;
    // Every machine calls itself that: there only the whole address says enough.
    const bool any_host = is_named && where.host != "localhost";
    const auto is_here = [&](const base::HostPort& own) {
        return own.port == where.port && (any_host || own.host == where.host);
    };
    const auto site = site_of(ctx_.settings.public_url);
    if (site && is_here(*site)) return true;
    return std::ranges::any_of(ctx_.options.endpoints, [&](const std::string& endpoint) {
        const auto own = parse_link_endpoint(endpoint);
        return own && is_here(own->where);
    });
}

Task<void> Peers::run_dial(NodeAddress where, std::shared_ptr<Dial> dial) {
    const CountedDial counted(dialing_);
    const std::string address = text_of(where);
    const AtEnd taken_out([&] {
        const auto found = address_dials_.find(address);
        if (found != address_dials_.end() && found->second == dial) address_dials_.erase(found);
        if (!dial->result) dial->result = dial_failed();
        for (const base::Wake& wake : std::exchange(dial->waits, {})) wake();
    });
    const auto deadline = base::Deadline::after(ctx_.clock, kWholeDialTime);
    auto result = where.port == 0 ? co_await dial_name(where.host, deadline)
                                  : co_await dial_port(where.host, where.port, deadline);
    metrics_.dialed(result.has_value());
    if (result && (*result)->is_open() && led_to_.size() < kLedMax)
        led_to_[address] = (*result)->uid();
    dial->result = std::move(result);
}

/// Whoever is linked by that address, or one dial of it for all who ask: a second link to a node
/// would end the first, and what is under way on it.
Task<Result<std::shared_ptr<Peer>>> Peers::find_at(NodeAddress where, Nanos limit) {
    const std::string address = text_of(where);
    const auto led = led_to_.find(address);
    const auto linked = led == led_to_.end() ? nullptr : find(led->second);
    if (linked && linked->is_open()) co_return linked;
    std::shared_ptr<Dial> dial = address_dials_[address];
    if (!dial) {
        if (dialing_ >= kDialsMax) {
            address_dials_.erase(address);
            co_return unreachable("too many nodes are being dialed");
        }
        dial = address_dials_[address] = std::make_shared<Dial>();
        ctx_.here.spawn("dial an address", run_dial(std::move(where), dial));
    }
    co_return co_await until_dialed(dial, std::min(limit, kWholeDialTime));
}

Task<Result<std::shared_ptr<Peer>>> Peers::connect(NodeAddress where, Nanos limit) {
    if (is_own(where)) {
        if (!where.fits(own_uid())) co_return another_answers();
        co_return to_error({f::ProblemCode::self, {}});
    }
    if (where.port == 0) {
        const Known* known = directory_.by_name(where.host);
        if (known != nullptr && where.fits(known->uid))
            co_return co_await connect(known->uid, limit);
        // Fail closed: a pinned name is not looked up anew.
        if (known != nullptr && known->pinned) co_return another_answers();
    }
    const auto result = co_await find_at(where, limit);
    if (!result) {
        const bool is_self = result.error().status == 400;
        if (is_self && !where.fits(own_uid())) co_return another_answers();
        // A router may map that port to this node, and not for who is behind it.
        const bool is_named =
            where.host != "localhost" && node_label(ctx_.settings.name) == where.host;
        if (is_named && result.error().status == 503 && where.fits(own_uid()))
            co_return to_error({f::ProblemCode::self, {}});
        co_return result;
    }
    const std::shared_ptr<Peer> peer = *result;
    if (!where.fits(peer->uid())) co_return another_answers();
    const bool proved = where.port == 0 || !where.uid_prefix.empty();
    if (proved && base::is_host_name(where.host)) {
        const Known* known = directory_.find(peer->uid());
        if (known != nullptr && known->claimed == where.host)
            directory_.pin(peer->uid(), where.host);
        peer->name_ = directory_.find(peer->uid())->label;
    }
    if (!peer->is_open()) co_return not_open(*peer, ctx_.clock.unix_ms());
    co_return peer;
}

}  // namespace guildhall::peering
