#include "node/peering/succession/succession.h"

#include "federation/merkle.h"
#include "node/peering/link/place.h"
#include "node/store/tables/epochs.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "node/store/wait.h"
#include "protocol/errors.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace guildhall::peering {

namespace f = federation;
namespace hosting = store::hosting;
using namespace std::chrono_literals;
using protocol::GuildId;
using protocol::UnixMs;

namespace {

// Fine enough for a delay of seconds, and nothing to do most of the time.
constexpr Nanos kTick = 500ms;
/// A link that is lost for longer is no restart of the host: its successors are asked who hosts.
constexpr UnixMs kAskAroundMs = 5'000;
/// Added to the delay of who waits: entries that others saw last may be a little younger than
/// ours, and they refuse votes that were cast before the delay was over.
constexpr UnixMs kPatienceMs = 2'000;
/// A successor that lacks some of the past asks for it again.
constexpr UnixMs kFetchAgainMs = 30'000;
/// After a restart, or a step that failed, a host that is there is linked by then.
constexpr UnixMs kReturnMs = 30'000;
/// How long a host is away is stored now and then, each time at most so much later than the last.
constexpr UnixMs kNoteAwayMinMs = 5'000;
constexpr UnixMs kNoteAwayMaxMs = 600'000;
constexpr std::uint64_t kNotesPerDelay = 64;
/// What a mirror that has begun is told of its hosts comes a moment after it.
constexpr int kStoredTries = 20;
constexpr Nanos kStoredStep = 100ms;
/// A disk that refused, or a certificate that did not hold, is tried again then; nothing is written
/// in the guild meanwhile.
constexpr Nanos kAskAroundAgain = 10s;
/// A restored host writes nothing until its successors had the time to tell of a takeover.
constexpr Nanos kAskLimit = 10s;
/// A link that has opened brings certificates within this.
constexpr Nanos kTellTime = 1s;

/// Nothing, or nonsense: 0.
UnixMs decode_away(const std::string& text) {
    UnixMs out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return std::clamp<UnixMs>(out, 0, f::kHostingDelayMaxMs);
}

}  // namespace

/// What is stored of a guild's hosts.
struct Succession::Stored {
    GuildId guild;
    std::string genesis, last_vote, offer;
    std::vector<std::string> certificates;
    /// For how long the host was away when this node was there last.
    UnixMs away_ms = 0;
    /// When the steps were taken here.
    std::map<std::uint64_t, UnixMs> seen;
};

Result<Succession::Stored> Succession::read_guild(store::Tx& tx, GuildId guild) {
    Stored out;
    out.guild = guild;
    TRY(out.genesis, hosting::find_genesis(tx, guild));
    TRY(auto rows, hosting::certificates_above(tx, guild, -1));
    for (auto& row : rows) out.certificates.push_back(std::move(row.bytes));
    TRY(auto vote, hosting::last_vote(tx, guild));
    out.last_vote = vote.value_or("");
    TRY(auto offer, store::secrets::get(tx, store::secrets::offer_name(guild)));
    out.offer = offer.value_or("");
    TRY(auto away, store::secrets::get(tx, store::secrets::away_name(guild)));
    out.away_ms = decode_away(away.value_or(""));
    TRY(out.seen, hosting::find_seen(tx, guild));
    return out;
}

Succession::Succession(Context& ctx, Peers& peers) : ctx_(ctx), peers_(peers), lock_(ctx.here) {
    std::vector<std::pair<hosting::HostingRow, Stored>> stored;
    const Status read = store::read_and_wait(ctx.db, [&](store::Tx& tx) -> Status {
        TRY(const auto rows, hosting::all(tx));
        for (const auto& row : rows) {
            TRY(auto one, read_guild(tx, row.guild));
            stored.emplace_back(row, std::move(one));
        }
        return {};
    });
    if (!read) ctx_.log.error("hosting", "certificates cannot be read");
    for (const auto& [row, one] : stored) {
        const Record* record = is_here(one.guild) ? add(one) : nullptr;
        // Not even the first call is served before that is decided.
        if (record && is_undecided(*record, row)) ctx_.journal.begin_paused(one.guild);
    }
    peers_.observe(*this);
    ctx_.bus.subscribe(ctx_.here.index(), *this);
    peers_.handle<f::frames::Hosting>([this](Inbound inbound, f::frames::Hosting frame) {
        ctx_.here.spawn("hosting", hear_hosting(std::move(inbound), std::move(frame)));
    });
    peers_.handle<f::frames::Vote>([this](Inbound inbound, f::frames::Vote frame) {
        ctx_.here.spawn("vote", hear_vote(std::move(inbound), std::move(frame)));
    });
}

Succession::~Succession() = default;

void Succession::start() {
    for (const auto& [guild, record] : records_) ctx_.here.spawn("hosting", resume(guild));
    ctx_.here.spawn("succession", keep_clock());
}

Succession::Record* Succession::find(GuildId guild) const {
    const auto at = records_.find(guild);
    return at == records_.end() ? nullptr : at->second.get();
}

Succession::Record* Succession::find(const Hash32& uid) const {
    const auto at = by_uid_.find(uid);
    return at == by_uid_.end() ? nullptr : find(at->second);
}

Succession::Record* Succession::add(const Stored& from) {
    const GuildId guild = from.guild;
    const auto stored = f::decode_signed_genesis(f::ByteView(from.genesis));
    const auto verified = stored ? f::verify(*stored) : std::nullopt;
    const auto* born = verified ? std::get_if<f::GuildGenesis>(&*verified) : nullptr;
    if (!born) {
        ctx_.log.warn("hosting", "a guild has no genesis here", {{"guild", guild.str()}});
        return nullptr;
    }
    const Hash32 uid = f::uid_of(stored->bytes);
    auto record = std::make_unique<Record>(
        Record{.guild = guild, .uid = uid, .root_key = born->root_key, .chain = {*born, uid}});
    std::set<std::uint64_t> void_epochs;
    for (const std::string& bytes : from.certificates) {
        const auto read = f::read_certificate(bytes);
        if (!read) continue;
        const auto seen = from.seen.find(read->second.epoch);
        UnixMs seen_ms = seen == from.seen.end() ? 0 : seen->second;
        // A host dates its own return as it likes.
        if (seen_ms == 0 && read->second.kind == f::HostingKind::restore)
            seen_ms = ctx_.clock.unix_ms();
        if (void_epochs.contains(read->second.prev_epoch) ||
            !record->chain.restore(read->first, seen_ms))
            void_epochs.insert(read->second.epoch);
    }
    record->last_vote = f::decode_signed_bytes(f::ByteView(from.last_vote), f::kVoteBytes);
    record->noted_away_ms = from.away_ms;
    if (from.away_ms > 0) record->away_since = ctx_.clock.unix_ms() - from.away_ms;
    if (const auto open = f::decode_signed_certificate(f::ByteView(from.offer))) {
        record->seat.emplace(
            setup(*record), record->chain.present().epoch, *open, ctx_.clock.unix_ms());
    }
    by_uid_[uid] = guild;
    Record* out = (records_[guild] = std::move(record)).get();
    refresh(*out);
    return out;
}

Task<Succession::Record*> Succession::open(GuildId guild) {
    if (Record* known = find(guild)) co_return known;
    auto stored =
        co_await store::read(ctx_.db, [guild](store::Tx& tx) { return read_guild(tx, guild); });
    if (Record* known = find(guild)) co_return known;
    if (!stored || !is_here(guild)) co_return nullptr;
    co_return add(*stored);
}

f::SuccessorSetup Succession::setup(const Record& record) const {
    auto endpoints = ctx_.options.endpoints;
    if (endpoints.size() > f::kHostEndpointsMax) endpoints.resize(f::kHostEndpointsMax);
    return {.guild_uid = record.uid,
            .self_uid = ctx_.identity.uid,
            .key_seq = static_cast<std::uint32_t>(ctx_.keys.log.events.size()),
            .key = ctx_.keys.signing,
            .name = ctx_.settings.name,
            .endpoints = std::move(endpoints)};
}

/// Makes what this node is in the guild follow from what the guild says.
void Succession::refresh(Record& record) {
    const auto* guild = ctx_.view.guild(record.guild);
    const auto role = guild ? ctx_.view.role(record.guild) : journal::GuildRole::left;
    const bool mirrors =
        (role == journal::GuildRole::mirrored || role == journal::GuildRole::frozen) &&
        !record.seat;
    auto policy = guild ? f::policy_of((*guild)->hosting) : std::nullopt;
    const bool stands =
        mirrors && policy && policy->votes > 0 &&
        std::ranges::find(policy->successors, ctx_.identity.uid) != policy->successors.end();
    if (!stands) {
        record.successor.reset();
        return;
    }
    policy->delay_ms += kPatienceMs;
    if (record.successor) return record.successor->on_policy(std::move(*policy));
    // Neither a restart nor a step that failed is a sign of life of the host.
    const UnixMs now = ctx_.clock.unix_ms();
    if (record.away_since != 0)
        record.away_since =
            std::min(now, std::max(record.away_since, now + kReturnMs - policy->delay_ms));
    record.successor.emplace(setup(record),
                             std::move(*policy),
                             record.chain.present().epoch,
                             f::GuildProgress{},
                             record.last_vote,
                             record.away_since != 0 ? record.away_since : now);
}

/// For who may take over: how long it missed the host, for its next start. While this node is down
/// it misses nobody, so that what is stored is no time but how much of it.
void Succession::note_away(Record& record, std::uint64_t delay_ms) {
    const UnixMs now = ctx_.clock.unix_ms();
    const UnixMs away = record.successor && record.away_since != 0 ? now - record.away_since : 0;
    const UnixMs step =
        std::clamp(static_cast<UnixMs>(delay_ms / kNotesPerDelay), kNoteAwayMinMs, kNoteAwayMaxMs);
    if (away <= 0 ? record.noted_away_ms == 0 : away - record.noted_away_ms < step) return;
    record.noted_away_ms = std::max<UnixMs>(away, 0);
    auto keep = [](store::Db& db, std::string name, UnixMs ms) -> Task<void> {
        // What is not stored is waited for once more, after a restart.
        (void)co_await store::write(db, [name = std::move(name), ms](store::Tx& tx) {
            if (ms == 0) return store::secrets::drop(tx, name);
            return store::secrets::put(tx, name, std::to_string(ms));
        });
    };
    ctx_.here.spawn("succession",
                    keep(ctx_.db, store::secrets::away_name(record.guild), record.noted_away_ms));
}

const f::HostSeatInfo* Succession::seat_of(GuildId guild) const {
    const Record* record = find(guild);
    return record ? &record->chain.present() : nullptr;
}

std::vector<std::string> Succession::certificates_above(GuildId guild, std::uint64_t epoch) const {
    const Record* record = find(guild);
    return record ? record->chain.certificates_above(epoch) : std::vector<std::string>();
}

Task<void> Succession::keep_clock() {
    for (;;) {
        co_await ctx_.here.timers().sleep_for(kTick);
        for (const auto& [guild, record] : records_) step(*record);
    }
}

/// A mirror that lost its host looks for it at the successors; a host keeps links with its
/// successors, so that one that returns hears of what happened, and tells the host before.
void Succession::step(Record& record) {
    const auto* guild = ctx_.view.guild(record.guild);
    std::set<Hash32> wanted;
    if (!guild) return want_only(record, wanted);
    const UnixMs now = ctx_.clock.unix_ms();
    const bool hosted = ctx_.view.role(record.guild) == journal::GuildRole::hosted;
    const Hash32& host = record.chain.present().host_uid;
    const auto peer = hosted ? nullptr : peers_.find(host);
    // A host that contradicted itself is as good as gone.
    const bool frozen = ctx_.view.role(record.guild) == journal::GuildRole::frozen;
    const bool present = hosted || (!frozen && peer && peer->is_open());
    if (present)
        record.away_since = 0;
    else if (record.away_since == 0)
        record.away_since = now;
    note_away(record, (*guild)->hosting.delayMs);
    const bool returns = host == ctx_.identity.uid;
    if (hosted || returns || (record.away_since != 0 && now - record.away_since >= kAskAroundMs)) {
        for (const std::string& uid : (*guild)->hosting.successors) {
            if (const auto hash = Hash32::from(uid)) wanted.insert(*hash);
        }
    }
    const auto previous = record.chain.previous_host();
    if (hosted && previous && !record.told_previous) wanted.insert(*previous);
    wanted.erase(ctx_.identity.uid);
    want_only(record, wanted);

    if (record.refused && must_believe(record, nullptr)) {
        learn(record.guild, {f::encode(*record.refused)}, nullptr);
        record.refused.reset();
    }
    if (record.seat && hosted) {
        record.seat->tick(now);
        send_offer(record);
    }
    const auto& heirs = (*guild)->hosting.successors;
    const bool heir = std::ranges::find(heirs, ctx_.identity.uid.text()) != heirs.end();
    // While the host is away the other successors may have it.
    if (heir && !hosted && !frozen && fetch_ && now - record.fetched_ms >= kFetchAgainMs) {
        record.fetched_ms = now;
        fetch_(record.guild);
    }
    if (!record.successor || record.busy) return;
    if (present) return record.successor->on_host_seen(now);
    const auto deadline = record.successor->next_deadline();
    if (!deadline || *deadline > now) return;
    record.busy = true;
    ctx_.here.spawn("succession", run_successor(record.guild));
}

void Succession::want_only(Record& record, const std::set<Hash32>& wanted) {
    if (record.wants == wanted) return;
    const auto* guild = ctx_.view.guild(record.guild);
    const protocol::Hosting none;
    const protocol::Hosting& said = guild ? (*guild)->hosting : none;
    for (const Hash32& uid : wanted) {
        if (record.wants.contains(uid)) continue;
        const auto at = std::ranges::find(said.successors, uid.text());
        const auto i = static_cast<std::size_t>(at - said.successors.begin());
        peers_.want(
            uid,
            i < said.places.size() ? endpoints_in(said.places[i]) : std::vector<std::string>());
    }
    for (const Hash32& uid : record.wants) {
        if (!wanted.contains(uid)) peers_.unwant(uid);
    }
    record.wants = wanted;
}

Task<f::GuildProgress> Succession::progress(GuildId guild) {
    const auto held = co_await store::read(
        ctx_.db, [guild](store::Tx& tx) { return hosting::holding(tx, guild); });
    f::GuildProgress out;
    if (!held) co_return out;
    const auto frontier = f::Frontier::parse(f::ByteView(held->control_frontier));
    out.control_size = held->control_size;
    if (frontier) out.control_root = frontier->root();
    out.entries = held->entries;
    co_return out;
}

Task<void> Succession::run_successor(GuildId guild) {
    std::vector<f::SuccessionAction> actions;
    {
        auto guard = co_await lock_.acquire(guild.value);
        const f::GuildProgress held = co_await progress(guild);
        Record* record = find(guild);
        if (record && record->successor && guard) {
            const bool waited = record->successor->state() != f::Successor::State::follower;
            record->successor->on_progress(held);
            record->successor->tick(ctx_.clock.unix_ms());
            actions = record->successor->take_actions();
            if (!waited && record->successor->state() != f::Successor::State::follower)
                ctx_.log.warn("hosting", "the host of a guild is gone", {{"guild", guild.str()}});
        }
    }
    static_cast<void>(co_await perform(guild, std::move(actions)));
    if (Record* record = find(guild)) record->busy = false;
}

void Succession::on_committed(const journal::Committed& entry) {
    if (std::holds_alternative<protocol::HostingPolicySet>(entry.event)) {
        if (Record* record = find(entry.guild))
            refresh(*record);
        else
            ctx_.here.spawn("hosting", [](Succession& self, GuildId guild) -> Task<void> {
                co_await self.open(guild);
            }(*this, entry.guild));
    }
    if (const auto* changed = std::get_if<protocol::HostingChanged>(&entry.event)) {
        if (changed->hostUid != ctx_.identity.uid.text())
            learn(entry.guild, {changed->certificate}, nullptr);
    }
    Record* record = find(entry.guild);
    if (record && record->successor)
        record->successor->on_host_seen(std::max(ctx_.clock.unix_ms(), entry.ts_ms));
}

void Succession::on_guild(const journal::GuildChange& change) {
    using Kind = journal::GuildChange::Kind;
    if (change.kind == Kind::placed) {
        // A guild that was joined anew: what was known of its hosts outlives its rows.
        ctx_.here.spawn("hosting", resume(change.guild));
    } else if (change.kind == Kind::role || change.kind == Kind::dropped) {
        if (Record* record = find(change.guild)) refresh(*record);
    }
}

/// Whether what is known of the hosts goes as far as the log does. A host that stood down after it
/// had come from a backup has an epoch of its own in its log, of which no certificate is left.
bool Succession::is_settled(const Record& record) const {
    const auto* state = ctx_.view.guild(record.guild);
    const f::HostSeatInfo& present = record.chain.present();
    if (!state || present.epoch >= (*state)->hosting.epoch) return true;
    const std::string_view self = ctx_.identity.uid.text();
    return (*state)->hosting.hostUid == self && present.host_uid.text() != self;
}

/// Whether this node does not know yet if it hosts the guild: a restart came in the middle of a
/// transfer or of standing down, or the folder came from a backup, which raised the row's epoch.
bool Succession::is_undecided(const Record& record, const hosting::HostingRow& row) const {
    if (!is_settled(record)) return false;
    const f::HostSeatInfo& present = record.chain.present();
    const bool is_ours = present.host_uid == ctx_.identity.uid;
    // Nobody mirrors himself: it had stopped to begin an epoch of its own.
    if (row.role == journal::GuildRole::mirrored) return is_ours;
    return row.role == journal::GuildRole::hosted &&
           (record.seat || !is_ours || row.epoch > present.epoch);
}

/// After a restart, or a mirror that began.
Task<void> Succession::resume(GuildId guild) {
    Record* record = nullptr;
    for (int i = 0; i < kStoredTries; ++i) {
        record = co_await open(guild);
        if (!is_here(guild)) co_return;
        if (record && is_settled(*record)) break;
        // What a clock's step asked for in its name ends with it.
        if (Record* stale = find(guild)) want_only(*stale, {});
        records_.erase(guild);
        record = nullptr;
        co_await ctx_.here.timers().sleep_for(kStoredStep);
    }
    // A mirror that was told of a host whose certificate is void knows no more than that.
    if (!record && ctx_.view.role(guild) != journal::GuildRole::hosted)
        record = co_await open(guild);
    if (!record) co_return;
    refresh(*record);
    const auto row = co_await store_chain(guild);
    record = find(guild);
    if (!record || !row || !is_undecided(*record, *row)) co_return;
    // Nothing is written until it is decided.
    static_cast<void>(co_await pause(guild, true));
    record = find(guild);
    if (!record || record->seat) co_return;
    if (record->chain.present().host_uid == ctx_.identity.uid)
        co_return co_await return_from_backup(guild, row->epoch);
    // The certificate was stored, and the restart came before this node was a mirror.
    co_await finish_stand_down(guild);
}

/// The certificate of another host is stored, and this node hosts still: a disk may refuse for
/// long. Between two tries what others say is heard, and may decide it.
Task<void> Succession::finish_stand_down(GuildId guild) {
    for (;;) {
        {
            auto guard = co_await lock_.acquire(guild.value);
            Record* record = find(guild);
            if (!record || ctx_.view.role(guild) != journal::GuildRole::hosted) co_return;
            const f::HostSeatInfo seat = record->chain.present();
            if (seat.host_uid == ctx_.identity.uid) co_return;
            if (guard && co_await stand_down(guild, seat)) {
                record = find(guild);
                if (record) refresh(*record);
                if (follower_) follower_(guild, seat);
                co_return;
            }
        }
        ctx_.log.error(
            "hosting", "a guild that has another host is not let go", {{"guild", guild.str()}});
        co_await ctx_.here.timers().sleep_for(kAskAroundAgain);
    }
}

/// What the chain says, and the guild's row as it then is; nothing when the guild went.
Task<std::optional<hosting::HostingRow>> Succession::store_chain(GuildId guild) {
    for (;;) {
        const Record* record = find(guild);
        if (!record) co_return std::nullopt;
        auto keep = [guild, all = record->chain.certificates_above(0), seen = record->chain.seen()](
                        store::Tx& tx) -> Result<std::optional<hosting::HostingRow>> {
            for (const std::string& bytes : all) {
                const auto read = f::read_certificate(bytes);
                if (read)
                    TRY_VOID(hosting::put_certificate(tx, guild, {read->second.epoch, bytes}));
            }
            TRY_VOID(hosting::put_seen(tx, guild, seen));
            return hosting::find(tx, guild);
        };
        auto row = co_await store::write(ctx_.db, std::move(keep));
        if (row) co_return std::move(*row);
        co_await ctx_.here.timers().sleep_for(kAskAroundAgain);
    }
}

/// The folder came from a backup, which raised the epoch: mirrors may have more than we do, and one
/// of them may have the guild.
Task<void> Succession::return_from_backup(GuildId guild, std::uint64_t raised) {
    co_await ask_successors(guild);
    for (;;) {
        const f::GuildProgress held = co_await progress(guild);
        Record* record = find(guild);
        if (!record || !is_here(guild)) co_return;
        const f::HostSeatInfo& present = record->chain.present();
        if (present.host_uid != ctx_.identity.uid) co_return;
        // Who was told of an earlier return of this node may have said so.
        const std::uint64_t epoch = std::max(raised, present.epoch) + 1;
        const Certificate restored =
            f::make_restore(setup(*record), present.epoch, epoch, held, ctx_.clock.unix_ms());
        const Status back = co_await come_back(guild, restored);
        if (back) co_return;
        ctx_.log.error("hosting",
                       "a restored guild has no epoch yet",
                       {{"guild", guild.str()}, {"why", back.error().message}});
        co_await ctx_.here.timers().sleep_for(kAskAroundAgain);
    }
}

/// Waits, without writing, until the guild has another host or all its successors have a link and
/// said nothing of one. Those who are away are waited for a bounded time.
Task<void> Succession::ask_successors(GuildId guild) {
    const auto* state = ctx_.view.guild(guild);
    if (!state || (*state)->hosting.successors.empty()) co_return;
    const Nanos end = ctx_.clock.now() + kAskLimit;
    Nanos told = end;
    while (ctx_.clock.now() < std::min(told, end)) {
        co_await ctx_.here.timers().sleep_for(kStoredStep);
        state = ctx_.view.guild(guild);
        // It may be a mirror: a restart came between the epoch before and its own next one.
        const Record* record = find(guild);
        if (!state || !record || record->chain.present().host_uid != ctx_.identity.uid) co_return;
        const bool all = std::ranges::all_of((*state)->hosting.successors, [&](const auto& uid) {
            const auto hash = Hash32::from(std::string_view(uid));
            const auto peer = hash ? peers_.find(*hash) : nullptr;
            return !hash || *hash == ctx_.identity.uid || (peer && peer->is_open());
        });
        if (!all)
            told = end;
        else if (told == end)
            told = ctx_.clock.now() + kTellTime;
    }
}

}  // namespace guildhall::peering
