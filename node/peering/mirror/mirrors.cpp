#include "node/peering/mirror/mirrors.h"

#include "node/peering/link/problem.h"
#include "node/peering/mirror/frozen.h"
#include "node/store/tables/entries.h"
#include "protocol/errors.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// Who joins a guild that somebody else is just joining waits for that.
constexpr Nanos kBeginLimit = 30s;
constexpr Nanos kGoingStep = 20ms;
// A guild that could not be begun anew is tried again when the link opens next, or then.
constexpr Nanos kAnewRetry = 30s;
// A disk that did not let a guild go is asked again then.
constexpr Nanos kDropRetry = 10s;
// As long as commands wait for a host that was there a moment ago.
constexpr Nanos kAwayTold = 3s;
// Between two looks at how far mirrors are behind.
constexpr Nanos kLagRound = 10s;
// Mirrors of one turn: each has up to some hundred logs.
constexpr std::size_t kLagPart = 256;

}  // namespace

Mirrors::Mirrors(Context& ctx, Peers& peers)
    : ctx_(ctx),
      peers_(peers),
      metrics_(ctx.metrics),
      ingest_(ctx, *this),
      past_(ctx, peers, *this, ingest_),
      joiner_(ctx, peers, *this),
      renewals_(ctx, peers, *this, joiner_),
      witness_(ctx, *this) {
    handle_frames();
    peers_.observe(*this);
    ctx_.bus.subscribe(ctx_.here.index(), *this);
}

void Mirrors::handle_frames() {
    peers_.handle<f::Append>([this](Inbound from, f::Append batch) {
        const auto mirror = find(batch.guildUid);
        // Of one that was left while this was under way, or of a host that was replaced.
        if (!mirror || mirror->seat().host_uid != from.peer().uid()) return;
        ingest_.arrive(mirror, std::move(from), std::move(batch));
    });
    peers_.handle<f::frames::Heads>([this](const Inbound& from, const f::frames::Heads& heads) {
        witness_.on_heads(from, heads);
    });
    peers_.handle<f::frames::Evidence>(
        [this](const Inbound& from, const f::frames::Evidence& evidence) {
            witness_.on_evidence(from, evidence);
        });
    peers_.handle<f::frames::Purge>(
        [this](const Inbound& from, const f::frames::Purge& purge) { on_purge(from, purge); });
}

Mirrors::~Mirrors() { ctx_.here.timers().cancel(lag_timer_); }

// -- At the start ---------------------------------------------------------------------------------

void Mirrors::start() {
    ctx_.here.spawn("mirrors", restore_all());
    tell_lag();
}

/// Walks through all logs, so that nothing is counted where entries are taken in; a part of the
/// mirrors in a turn, so that nobody waits for it.
void Mirrors::tell_lag() {
    auto at = mirrors_.lower_bound(lag_next_);
    for (std::size_t n = 0; n < kLagPart && at != mirrors_.end(); ++n, ++at) add_lag(*at->second);
    const bool is_round = at == mirrors_.end();
    if (is_round) peers_.metrics().set_lags(std::exchange(lags_, {}));
    lag_next_ = is_round ? protocol::GuildId() : at->first;
    lag_timer_ =
        ctx_.here.timers().schedule_after(is_round ? kLagRound : Nanos{}, [this] { tell_lag(); });
}

void Mirrors::add_lag(const Mirror& mirror) {
    if (mirror.is_over() || mirror.seat().host_uid == ctx_.identity.uid) return;
    const std::uint64_t entries = mirror.lag();
    if (entries == 0 && mirror.state() == MirrorState::live) return;
    auto& lag = lags_[mirror.seat().host_uid];
    lag.entries += entries;
    lag.mirrors += 1;
}

Result<Mirrors::Stored> Mirrors::read_stored(store::Tx& tx, const store::hosting::HostingRow& row) {
    Stored out{.row = row};
    TRY(auto logs, store::entries::logs_of(tx, row.guild));
    for (auto& log : logs)
        out.logs[log.log_id] = {
            log.size, log.first, log.last_ts_ms, std::move(log.frontier), std::move(log.head)};
    TRY(auto certificates, store::hosting::certificates_above(tx, row.guild, -1));
    // Verified before they were stored; the newest says who hosts, whether or not its first entry
    // has come.
    for (const auto& row_of_epoch : certificates) {
        const auto read = f::read_certificate(row_of_epoch.bytes);
        if (!read) return protocol::make_error(0, "a stored certificate cannot be read");
        const f::HostingCertificate& said = read->second;
        out.hosts.push_back(said.new_host_uid);
        out.epochs.insert(said.epoch);
        out.seat = f::seat_by(said);
    }
    return out;
}

Task<void> Mirrors::restore_all() {
    auto look = [](store::Tx& tx) -> Result<std::vector<store::hosting::HostingRow>> {
        return store::hosting::all(tx);
    };
    const auto rows = co_await store::read(ctx_.db, std::move(look));
    if (!rows) {
        ctx_.log.error("mirror", "mirrors were not read", {{"why", rows.error().message}});
        co_return;
    }
    for (const auto& row : *rows) {
        if (row.role == store::hosting::Role::mirrored || row.role == store::hosting::Role::frozen)
            co_await restore_one(row.guild);
    }
    co_await renewals_.resume();
}

Task<void> Mirrors::restore_one(protocol::GuildId guild) {
    auto look = [guild](store::Tx& tx) -> Result<std::optional<Stored>> {
        TRY(auto row, store::hosting::find(tx, guild));
        if (!row) return std::optional<Stored>();
        TRY(auto stored, read_stored(tx, *row));
        return std::optional<Stored>(std::move(stored));
    };
    const auto stored = co_await store::read(ctx_.db, std::move(look));
    if (!stored || !*stored) co_return;
    restore(**stored);
}

void Mirrors::restore(const Stored& stored) {
    const journal::GuildSnapshot* state = ctx_.view.guild(stored.row.guild);
    const auto uid = Hash32::from(std::string_view(stored.row.uid));
    if (!state || !uid || find(stored.row.guild)) return;
    const protocol::Hosting& hosting = (*state)->hosting;
    f::HostSeatInfo seat = stored.seat;
    // A restore that a takeover replaced: its first entry is here, its certificate is no more.
    const bool is_void = hosting.epoch > seat.epoch && !stored.epochs.empty() &&
                         !stored.epochs.contains(hosting.epoch);
    if (const auto host = Hash32::from(std::string_view(hosting.hostUid));
        host && hosting.epoch >= seat.epoch && !is_void) {
        // Where no certificate says when the epoch began, all until now may be from before it.
        if (hosting.epoch > seat.epoch) seat.control_size = (*state)->control_size;
        seat.epoch = std::max(hosting.epoch, stored.row.epoch);
        seat.host_uid = *host;
        seat.name = hosting.hostName;
        seat.endpoints = hosting.endpoints;
    }
    auto mirror = std::make_shared<Mirror>(ctx_, peers_, *this, stored.row.guild, *uid, seat);
    if (const auto first = Hash32::from(std::string_view(hosting.firstHostUid)))
        mirror->add_past_host(*first);
    for (const Hash32& host : stored.hosts) mirror->add_past_host(host);
    for (const auto& [id, row] : stored.logs) {
        auto log = f::MirrorLog::restore(*uid, seat.epoch, id, row);
        if (log)
            mirror->add_log(std::move(*log));
        else
            ctx_.log.error("mirror",
                           "a log's row contradicts itself",
                           {{"guild", stored.row.guild.str()}, {"log", id}});
    }
    const auto control = stored.logs.find(f::kControlLog);
    const auto seen_ms = control == stored.logs.end() ? 0 : control->second.last_ts_ms;
    if (auto keys = f::GuildKeys::from(**state, seen_ms)) mirror->set_keys(std::move(*keys));
    mirror->set_complete(stored.row.complete);
    if (!stored.row.complete) mirror->set_state(MirrorState::snapshot);
    if (stored.row.role == store::hosting::Role::frozen) mirror->set_state(MirrorState::frozen);
    add(mirror);
    ctx_.here.spawn("measure", measure(mirror));
}

Task<void> Mirrors::measure(std::shared_ptr<Mirror> mirror) {
    auto look = [guild = mirror->guild()](store::Tx& tx) {
        return store::entries::bytes_of_guild(tx, guild);
    };
    const auto bytes = co_await store::read(ctx_.db, std::move(look));
    if (bytes && find(mirror->guild()) == mirror) count_bytes(*mirror, *bytes);
}

bool Mirrors::has_room(const Mirror& mirror, std::uint64_t bytes) const {
    const Hash32& host = mirror.seat().host_uid;
    const Known* known = peers_.directory().find(host);
    const auto trust = known ? known->standing.trust : f::Trust::limited;
    const auto used = host_bytes_.find(host);
    return f::guild_quota(trust).fits(mirror.stored_bytes, bytes) &&
           f::peer_quota(trust).fits(used == host_bytes_.end() ? 0 : used->second, bytes);
}

void Mirrors::count_bytes(Mirror& mirror, std::uint64_t bytes) {
    mirror.stored_bytes += bytes;
    host_bytes_[mirror.seat().host_uid] += bytes;
}

bool Mirrors::has_room_for_files(const Mirror& mirror, std::uint64_t bytes) const {
    const Known* known = peers_.directory().find(mirror.seat().host_uid);
    const auto trust = known ? known->standing.trust : f::Trust::limited;
    return has_room(mirror, bytes + f::guild_quota(trust).bytes_max / 4);
}

void Mirrors::set_file_bytes(Mirror& mirror, std::uint64_t bytes) {
    const std::uint64_t before = std::exchange(mirror.file_bytes, bytes);
    mirror.stored_bytes = mirror.stored_bytes - std::min(mirror.stored_bytes, before) + bytes;
    auto& used = host_bytes_[mirror.seat().host_uid];
    used = used - std::min(used, before) + bytes;
}

// -- Which there are ------------------------------------------------------------------------------

std::shared_ptr<Mirror> Mirrors::find(protocol::GuildId guild) const {
    const auto at = mirrors_.find(guild);
    return at == mirrors_.end() ? nullptr : at->second;
}

std::shared_ptr<Mirror> Mirrors::find(const Hash32& guild_uid) const {
    const auto at = by_uid_.find(guild_uid);
    return at == by_uid_.end() ? nullptr : find(at->second);
}

void Mirrors::want_host(const Mirror& mirror) {
    const f::HostSeatInfo& seat = mirror.seat();
    if (wanted_.contains(mirror.guild()) || seat.host_uid == ctx_.identity.uid) return;
    wanted_[mirror.guild()] = seat.host_uid;
    peers_.want(seat.host_uid, seat.endpoints);
}

void Mirrors::unwant_host(protocol::GuildId guild) {
    const auto at = wanted_.find(guild);
    if (at == wanted_.end()) return;
    peers_.unwant(at->second);
    wanted_.erase(at);
}

void Mirrors::add(std::shared_ptr<Mirror> mirror) {
    const Hash32 host = mirror->seat().host_uid;
    by_uid_[mirror->uid()] = mirror->guild();
    mirrors_[mirror->guild()] = mirror;
    look_at_host(mirror);
    if (!mirror->host_key()) {
        if (const Known* known = peers_.directory().find(host)) mirror->set_host_log(known->log);
    }
    if (mirror->is_over()) return;
    want_host(*mirror);
    const auto peer = peers_.find(host);
    if (!peer || !peer->is_open()) return;
    mirror->set_host(peer);
    // Members of a snapshot under way come first.
    if (mirror->is_complete()) mirror->subscribe_soon(0s);
}

void Mirrors::release(protocol::GuildId guild) {
    const auto mirror = find(guild);
    if (!mirror) return;
    mirror->set_state(MirrorState::left);
    auto& used = host_bytes_[mirror->seat().host_uid];
    used -= std::min(used, mirror->stored_bytes);
    if (used == 0) host_bytes_.erase(mirror->seat().host_uid);
    mirrors_.erase(guild);
    by_uid_.erase(mirror->uid());
    unwant_host(guild);
}

bool Mirrors::has_local_member(const Mirror& mirror) const {
    const auto state = mirror.current();
    bool found = false;
    if (!state) return found;
    state->members.for_each([&](protocol::UserId, const protocol::Member& member) {
        found = protocol::home_of(*state, member) == ctx_.identity.uid.text();
        return !found;
    });
    return found;
}

bool Mirrors::may_forget(const Mirror& mirror) const {
    const auto state = mirror.current();
    // Dropped already, or deleted: the view forgets such a guild.
    if (!state || state->deleted) return true;
    if (state->node_bans.find(std::string(ctx_.identity.uid.text()))) return true;
    return !is_successor(*state) && !has_local_member(mirror);
}

bool Mirrors::is_successor(const protocol::GuildState& state) const {
    const auto& heirs = state.hosting.successors;
    return std::ranges::find(heirs, ctx_.identity.uid.text()) != heirs.end();
}

// -- Beginning and ending -------------------------------------------------------------------------

Task<Result<protocol::GuildId>> Mirrors::begin(std::shared_ptr<Peer> host,
                                               f::frames::InviteInfo info) {
    const auto genesis = f::decode_signed_genesis(info.genesis);
    if (!genesis) co_return unreachable("The invite does not say of which server it is.");
    const Hash32 uid = f::uid_of(genesis->bytes);
    const auto deadline = base::Deadline::after(ctx_.clock, kBeginLimit);
    std::shared_ptr<Mirror> known;
    for (;;) {
        while (beginning_.contains(uid)) {
            const bool ended = co_await base::wait_until_woken(
                ctx_.here, deadline, [&](base::Wake wake) { beginning_[uid].push_back(wake); });
            if (!ended) co_return unreachable("The server did not answer in time.");
        }
        known = find(uid);
        const bool is_going = known && known->state() == MirrorState::left;
        if (!is_going || deadline.has_passed(ctx_.clock)) break;
        // Somebody else may begin it meanwhile.
        co_await ctx_.here.timers().sleep_for(kGoingStep);
    }
    // Its rows are still here, of a guild that nobody follows.
    if (known && known->state() == MirrorState::left)
        co_return unreachable("This server is still being left here. Try again later.");
    if (known && known->state() == MirrorState::frozen)
        co_return unreachable("This server's host contradicted itself; it is frozen here.");
    if (known && !is_stale(*known, host->uid())) co_return known->guild();
    co_return co_await begin_first(std::move(host), std::move(info), uid, known);
}

bool Mirrors::is_stale(const Mirror& mirror, const Hash32& host) const {
    const auto state = mirror.current();
    return state && mirror.seat().host_uid != host && !has_local_member(mirror) &&
           !is_successor(*state);
}

Task<Result<protocol::GuildId>> Mirrors::begin_first(std::shared_ptr<Peer> host,
                                                     f::frames::InviteInfo info,
                                                     Hash32 uid,
                                                     std::shared_ptr<Mirror> instead) {
    beginning_.try_emplace(uid);
    Joiner::Guild guild{.uid = uid, .certificates = std::move(info.hosting)};
    auto mirror = co_await joiner_.join(std::move(host), std::move(guild), instead);
    release_claim(uid);
    // The old copy went, and the new one did not come: its row says that it is to be taken anew.
    if (!mirror && instead && instead->is_over()) co_await renewals_.resume();
    if (!mirror) co_return mirror.error();
    co_return (*mirror)->guild();
}

void Mirrors::release_claim(const Hash32& uid) {
    const auto waiting = beginning_.extract(uid);
    if (!waiting) return;
    for (const base::Wake& wake : waiting.mapped()) wake();
}

void Mirrors::begin_anew(const std::shared_ptr<Mirror>& mirror) {
    if (mirror->is_over() || !claim(mirror->uid())) return;
    ctx_.here.spawn("anew", run_anew(mirror));
}

Task<void> Mirrors::run_anew(std::shared_ptr<Mirror> mirror) {
    const Hash32 host_uid = mirror->seat().host_uid;
    // Kept while the mirror itself is replaced.
    peers_.want(host_uid, mirror->seat().endpoints);
    Joiner::Guild guild{.uid = mirror->uid(), .seat = mirror->seat()};
    Result<std::shared_ptr<Mirror>> begun = protocol::make_http_error(503);
    if (const auto host = mirror->host())
        begun = co_await joiner_.join(host, std::move(guild), mirror);
    release_claim(mirror->uid());
    peers_.unwant(host_uid);
    if (begun) co_return;
    // Dropped already: its row says that it is to be taken anew.
    if (mirror->is_over()) co_return co_await renewals_.resume();
    ctx_.log.warn("mirror",
                  "a guild was not begun anew",
                  {{"guild", mirror->guild().str()}, {"why", begun.error().message}});
    ctx_.here.timers().schedule_after(kAnewRetry, [weak = std::weak_ptr<Mirror>(mirror), this] {
        const auto still = weak.lock();
        if (still && still->host()) begin_anew(still);
    });
}

void Mirrors::drop(const std::shared_ptr<Mirror>& mirror) {
    if (mirror->state() == MirrorState::left) return;
    mirror->set_state(MirrorState::left);
    ctx_.here.spawn("drop", drop_now(mirror));
}

Task<void> Mirrors::drop_now(std::shared_ptr<Mirror> mirror) {
    auto drop = [&journal = ctx_.journal, guild = mirror->guild()] {
        return journal.drop_guild(guild);
    };
    const Status done =
        co_await base::on_shard(ctx_.here, ctx_.shards.of(mirror->guild()), std::move(drop));
    if (done) co_return;
    // Said once, however often it is tried until it succeeds.
    if (!std::exchange(mirror->told_stuck, true))
        ctx_.log.warn("mirror",
                      "a guild was not dropped: it is tried again until the store takes it",
                      {{"guild", mirror->guild().str()}, {"why", done.error().message}});
    ctx_.here.timers().schedule_after(kDropRetry, [weak = std::weak_ptr<Mirror>(mirror), this] {
        const auto still = weak.lock();
        // Released meanwhile: only old rows were not swept, which the janitor does.
        if (still && find(still->guild()) == still) ctx_.here.spawn("drop", drop_now(still));
    });
}

void Mirrors::on_purge(const Inbound& from, const f::frames::Purge& purge) {
    const auto mirror = find(purge.guildUid);
    f::frames::Unsubscribe done;
    done.guildUid = purge.guildUid;
    // Nothing is here, or nothing any more: the sender need not say it again.
    if (!mirror) return void(from.peer().send(std::move(done)));
    if (mirror->seat().host_uid != from.peer().uid()) return;
    // Evidence is kept, and what it is about, until a person has seen it.
    if (mirror->state() == MirrorState::frozen) return;
    const auto state = mirror->current();
    if (state && is_successor(*state) && !may_forget(*mirror)) {
        // A successor's copy may be all that is left of the guild: a host's word alone deletes
        // none. Not answered, as the copy stays. Others were removed while they were away, when
        // their own log cannot say so.
        if (mirror->state() != MirrorState::orphaned)
            ctx_.log.warn("mirror",
                          "the host takes a guild away that this node's log does not say it left",
                          {{"guild", mirror->guild().str()},
                           {"host", from.peer().name()},
                           {"reason", purge.reason}});
        return mirror->orphan();
    }
    ctx_.log.info("mirror",
                  "nobody here is a member any more",
                  {{"guild", mirror->guild().str()}, {"reason", purge.reason}});
    drop(mirror);
    (void)from.peer().send(std::move(done));
}

// -- What happens ---------------------------------------------------------------------------------

void Mirrors::on_open(const std::shared_ptr<Peer>& peer) {
    const auto all = mirrors_;
    for (const auto& [guild, mirror] : all) {
        if (mirror->seat().host_uid != peer->uid()) continue;
        mirror->on_link(peer);
        look_at_host(mirror);
    }
    renewals_.on_open(peer);
}

void Mirrors::on_closed(const std::shared_ptr<Peer>& peer) {
    for (const auto& [guild, mirror] : mirrors_) {
        if (mirror->host() == peer) mirror->on_link_lost();
        if (mirror->seat().host_uid == peer->uid()) look_at_host(mirror);
    }
}

void Mirrors::look_at_host(const std::shared_ptr<Mirror>& mirror) {
    if (peers_.is_linked(mirror->seat().host_uid)) return tell_reach(*mirror);
    ctx_.here.timers().schedule_after(kAwayTold, [weak = std::weak_ptr<Mirror>(mirror), this] {
        if (const auto still = weak.lock()) tell_reach(*still);
    });
}

void Mirrors::tell_reach(Mirror& mirror) {
    const Hash32& host = mirror.seat().host_uid;
    const bool reachable = peers_.is_linked(host);
    if (mirror.state() == MirrorState::left || host == ctx_.identity.uid) return;
    if (mirror.told_reach == reachable) return;
    mirror.told_reach = reachable;
    ctx_.bus.publish(ctx_.here,
                     std::make_shared<const journal::GuildChange>(
                         journal::GuildChange{.kind = journal::GuildChange::Kind::reach,
                                              .guild = mirror.guild(),
                                              .reachable = reachable}));
}

void Mirrors::on_guild(const journal::GuildChange& change) {
    using Kind = journal::GuildChange::Kind;
    if (change.kind == Kind::dropped) return release(change.guild);
    if (change.kind != Kind::role) return;
    if (change.role == journal::GuildRole::hosted) {
        release(change.guild);
    } else if (change.role == journal::GuildRole::mirrored) {
        const auto known = find(change.guild);
        if (known && known->state() != MirrorState::frozen) return;
        // Frozen for what a host did that is replaced: begun again from what is stored.
        release(change.guild);
        ctx_.here.spawn("mirror", restore_one(change.guild));
    }
}

void Mirrors::on_live(const std::shared_ptr<Mirror>& mirror) {
    if (live_) live_(mirror);
}

void Mirrors::freeze_for(const std::shared_ptr<Mirror>& mirror, std::string words) {
    freeze(*this, mirror, finding_of(std::move(words)));
}

// -- For others -----------------------------------------------------------------------------------

Task<bool> Mirrors::until_applied(protocol::GuildId guild,
                                  std::uint64_t log_id,
                                  std::uint64_t seq,
                                  Nanos limit) {
    const auto mirror = find(guild);
    if (!mirror) co_return ctx_.view.role(guild) == journal::GuildRole::hosted;
    co_return co_await mirror->until(log_id, seq + 1, limit);
}

void Mirrors::certificates_came(const Mirror& mirror,
                                const std::shared_ptr<Peer>& host,
                                const std::vector<std::string>& certificates) {
    if (certificates_) certificates_(mirror.guild(), host, certificates);
}

void Mirrors::on_hosting(protocol::GuildId guild, f::HostSeatInfo seat) {
    const auto mirror = find(guild);
    if (!mirror || seat == mirror->seat()) return;
    // Our own: the journal says so when it is done, and the mirror ends with that.
    if (seat.host_uid == ctx_.identity.uid) return;
    const bool longer =
        mirror->applied(f::kControlLog) > seat.control_size && seat.epoch > mirror->seat().epoch;
    const auto state = mirror->current();
    const bool has_its_entries = state && state->hosting.epoch >= seat.epoch;
    const Hash32 host_uid = seat.host_uid;
    auto& used = host_bytes_[mirror->seat().host_uid];
    used -= std::min(used, mirror->stored_bytes);
    host_bytes_[host_uid] += mirror->stored_bytes;
    mirror->on_seat(std::move(seat));
    look_at_host(mirror);
    unwant_host(guild);
    if (mirror->is_over()) return;
    want_host(*mirror);
    if (const Known* known = peers_.directory().find(host_uid)) mirror->set_host_log(known->log);
    const auto peer = peers_.find(host_uid);
    if (peer && peer->is_open()) mirror->set_host(peer);
    if (longer && !has_its_entries) {
        // Entries that the new host never had are no history of the guild. Without a link: when
        // it opens, the host will say that the log diverged.
        if (mirror->host()) begin_anew(mirror);
        return;
    }
    if (mirror->host()) mirror->subscribe_soon(0s);
}

protocol::UnixMs Mirrors::last_head_ms(protocol::GuildId guild) const {
    const auto mirror = find(guild);
    protocol::UnixMs newest = 0;
    if (!mirror) return newest;
    mirror->for_each_log([&](std::uint64_t, const FollowedLog& log) {
        if (log.log.head()) newest = std::max(newest, log.log.head()->head.ts_ms);
    });
    return newest;
}

}  // namespace guildhall::peering
