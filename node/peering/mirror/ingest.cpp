#include "node/peering/mirror/ingest.h"

#include "node/peering/mirror/entry_judge.h"
#include "node/peering/mirror/frozen.h"
#include "node/peering/mirror/mirrors.h"
#include "node/peering/mirror/opaque_entries.h"
#include "node/peering/mirror/origins.h"
#include "node/store/tables/entries.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// A host sends control entries first; one that does not within this time is asked anew.
constexpr Nanos kControlLimit = 30s;
constexpr Nanos kRetry = 1s;
// A host whose clock is ahead: its entries wait for ours.
constexpr Nanos kClockRetry = 60s;

// An edit that the host sends without what it changed comes soon after that. Some milliseconds.
constexpr std::uint64_t kRecentEntries = 1000;

// A host that may keep no more here is asked again in case that changed.
constexpr Nanos kFullRetry = 5min;

std::size_t bytes_of(const f::Append& batch) {
    std::size_t bytes = batch.head.size() + batch.frontier.size();
    for (const f::Entry& e : batch.entries)
        bytes += sizeof(f::Entry) + e.header.size() + e.body.size() + e.command.size();
    return bytes;
}

/// With a frontier a host opens a channel near its end: the entries are no news, and nobody is
/// told. Where the log goes on they are news, whatever comes with them.
bool is_history(const f::Append& batch, const f::MirrorLog& before) {
    return before.size() == 0 && batch.logId > f::kAdminLog && !batch.frontier.empty();
}

/// Of the tree that the batch adds to: what is held, or, where it opens the log near its end, what
/// the host says of the rest, which was verified with it.
std::vector<f::Hash32> peaks_before(const f::Append& batch, const f::MirrorLog& before) {
    const bool opens = before.size() == 0 && !batch.frontier.empty();
    const auto told = opens ? f::Frontier::parse(batch.frontier) : std::nullopt;
    const auto peaks = told ? told->peaks() : before.frontier().peaks();
    return {peaks.begin(), peaks.end()};
}

/// The control entries under which the last of them was decided.
std::uint64_t control_wanted(const f::Append& batch) {
    std::uint64_t most = 0;
    if (batch.logId == f::kControlLog) return most;
    for (const f::Entry& e : batch.entries) {
        if (const auto header = f::decode_entry_header(e.header))
            most = std::max(most, header->control_seq);
    }
    return most;
}

}  // namespace

void Ingest::arrive(const std::shared_ptr<Mirror>& mirror, Inbound from, f::Append batch) {
    if (mirror->is_over()) return;
    FollowedLog* log = mirror->find_or_add(batch.logId);
    if (!log) return from.peer().strike("more logs than a guild has");
    log->queue.push_back({std::move(from), std::move(batch)});
    if (log->busy) return;
    log->busy = true;
    ctx_.here.spawn("ingest", work(mirror, *log));
}

void Ingest::release(const std::shared_ptr<Mirror>& mirror, FollowedLog& log) {
    ctx_.here.spawn("ingest", work(mirror, log));
}

/// The log belongs to the mirror, which it holds.
Task<void> Ingest::work(std::shared_ptr<Mirror> mirror, FollowedLog& log) {
    while (!log.queue.empty() && !mirror->is_over()) {
        Arrived next = std::move(log.queue.front());
        log.queue.pop_front();
        co_await take(mirror, log, std::move(next));
        mirror->on_progress();
    }
    log.busy = false;
    mirror->on_progress();
}

Task<bool> Ingest::control_came(std::shared_ptr<Mirror> mirror,
                                FollowedLog& log,
                                Arrived& arrived) {
    const std::uint64_t wanted = control_wanted(arrived.batch);
    if (mirror->applied(f::kControlLog) >= wanted) co_return true;
    // Its credit goes back, or the control entries might wait for it.
    const std::size_t bytes = bytes_of(arrived.batch);
    arrived.from.reset();
    if (mirror->waiting_bytes + bytes > journal::kWaitingBytesMax) {
        mirror->subscribe_soon(kRetry);
        co_return false;
    }
    mirror->waiting_bytes += bytes;
    const bool came = co_await mirror->until(f::kControlLog, wanted, kControlLimit);
    mirror->waiting_bytes -= bytes;
    if (!came) {
        ctx_.log.info("mirror",
                      "control entries did not come",
                      {{"guild", mirror->guild().str()}, {"log", log.log.log_id()}});
        mirror->subscribe_soon(kRetry);
    }
    co_return came && !mirror->is_over();
}

Task<Judged> Ingest::judge(std::shared_ptr<Mirror> mirror,
                           const FollowedLog& log,
                           const std::vector<f::VerifiedEntry>& entries) {
    const std::uint64_t log_id = log.log.log_id();
    EntryJudge judge(ctx_.view,
                     mirror->keys(),
                     mirror->current(),
                     {.guild_uid = mirror->uid(),
                      .log_id = log_id,
                      .epoch = log.log.epoch(),
                      .host_uid = mirror->seat().host_uid,
                      .own_uid = ctx_.identity.uid,
                      .epoch_began = mirror->seat().control_size,
                      .past_hosts = mirror->past_hosts(),
                      .origins = mirrors_.origins()});
    const auto edited = EntryJudge::edited(entries);
    if (!edited.empty()) {
        auto held = co_await held_messages(ctx_, log_id, edited);
        for (EntryJudge::Held& one : held) judge.hold(std::move(one));
        // What is not here may be what an entry without its body made, a moment ago.
        if (held.size() < edited.size()) {
            const std::uint64_t next = entries.front().header.seq;
            auto look = [guild = mirror->guild(), log_id, next](store::Tx& tx) {
                const std::uint64_t from = next - std::min(next, kRecentEntries);
                const auto key = store::log_key(guild, log_id);
                return store::entries::range(tx, key, log_id, from, next - from);
            };
            const auto recent = co_await store::read(ctx_.db, std::move(look));
            static const auto kCreated = protocol::kind_of(protocol::MessageCreated{});
            for (std::size_t i = 0; recent && i < recent->size(); ++i) {
                const store::entries::EntryRow& row = (*recent)[i];
                if (row.header.kind == kCreated && row.body.empty())
                    judge.hold_bare(row.header, row.command);
            }
        }
    }
    co_return judge.judge(entries);
}

Task<bool> Ingest::write(std::shared_ptr<Mirror> mirror,
                         FollowedLog& log,
                         const f::Append& frame,
                         const f::Appended& appended,
                         const Judged& judged,
                         const f::MirrorLog& before) {
    journal::MirrorBatch batch;
    batch.log_id = frame.logId;
    batch.head = log.log.stored().head;
    if (before.size() == 0 && frame.firstSeq > 0) batch.frontier = frame.frontier;
    batch.quiet = is_history(frame, before);
    batch.entries = entries_to_keep(appended.entries, judged.unsaid);
    const auto opaque = opaque_in(batch.entries);
    if (mirrors_.origins()) co_await mirrors_.origins()->add(batch.entries);
    auto append =
        [&journal = ctx_.journal, guild = mirror->guild(), batch = std::move(batch)]() mutable {
            return journal.append(guild, std::move(batch));
        };
    const auto done =
        co_await base::on_shard(ctx_.here, ctx_.shards.of(mirror->guild()), std::move(append));
    if (done) {
        note_opaque(ctx_, *mirror, mirrors_.metrics(), opaque);
        co_return true;
    }
    ctx_.log.warn("mirror",
                  "entries were not stored",
                  {{"guild", mirror->guild().str()}, {"why", done.error().message}});
    co_return false;
}

Task<void> Ingest::take(std::shared_ptr<Mirror> mirror, FollowedLog& log, Arrived arrived) {
    if (!co_await control_came(mirror, log, arrived)) co_return;
    if (!mirror->host_key() || !mirror->current()) co_return mirror->subscribe_soon(kRetry);
    const f::MirrorLog before = log.log;
    const auto result = log.log.append(
        arrived.batch, *mirror->host_key(), ctx_.clock.unix_ms(), &mirror->head_verifier());
    if (const auto* refusal = std::get_if<f::Refusal>(&result))
        co_return refuse(mirror, log, *refusal);
    if (const auto* found = std::get_if<f::Contradiction>(&result))
        co_return freeze(mirrors_, mirror, finding_of(*found, mirror->host_chain()->log()));
    const auto& appended = std::get<f::Appended>(result);
    if (appended.entries.empty() && log.log.size() == before.size()) {
        log.note_head();
        co_return;
    }
    const std::size_t bytes = bytes_of(arrived.batch);
    if (!mirrors_.has_room(*mirror, bytes)) {
        mirror->set_log(log, before);
        ctx_.log.warn("mirror",
                      "a guild takes more room than its host is allowed here",
                      {{"guild", mirror->guild().str()}, {"bytes", mirror->stored_bytes}});
        mirror->set_state(MirrorState::gap);
        co_return mirror->subscribe_soon(kFullRetry);
    }
    Judged judged;
    if (is_history(arrived.batch, before)) {
        // What was before this node followed the log is judged as ranges of it are.
        judged = co_await judge_past(ctx_, mirror, log.log, appended.entries);
    } else {
        judged = co_await judge(mirror, log, appended.entries);
    }
    if (mirror->is_over()) co_return;
    if (!judged.is_fine()) {
        mirror->set_log(log, before);
        const SuspectEntry suspect{appended.entries,
                                   f::decode_signed_head(arrived.batch.head),
                                   {peaks_before(arrived.batch, before), {}},
                                   judged.index,
                                   judged.finding};
        co_return freeze(mirrors_, mirror, finding_of(*mirror, suspect));
    }
    if (!co_await write(mirror, log, arrived.batch, appended, judged, before)) {
        mirror->set_log(log, before);
        // Keys that were not stored are not known.
        const auto state = mirror->current();
        auto keys = state ? f::GuildKeys::from(*state, before.last_ts_ms()) : f::GuildKeys();
        if (keys && log.log.log_id() == f::kControlLog) mirror->set_keys(std::move(*keys));
        co_return mirror->subscribe_soon(kRetry);
    }
    if (Origins* origins = mirrors_.origins()) {
        for (const f::VerifiedEntry& entry : appended.entries)
            origins->on_stored(mirror->uid(), entry.header);
    }
    log.set_applied();
    // The host of another epoch was shown less than what is here now.
    if (before.epoch() != mirror->seat().epoch) mirror->subscribe_soon(0s);
    mirrors_.count_bytes(*mirror, bytes);
    mirrors_.metrics().batches.add();
    mirrors_.metrics().entries.add(appended.entries.size());
    mirror->acknowledge(log.log.log_id());
    if (!judged.escalations.empty()) note_escalations(ctx_, mirror->guild(), judged.escalations);
}

void Ingest::refuse(const std::shared_ptr<Mirror>& mirror,
                    FollowedLog& log,
                    const f::Refusal& refusal) {
    ctx_.log.debug(
        "mirror",
        "a batch was not taken",
        {{"guild", mirror->guild().str()}, {"log", log.log.log_id()}, {"why", refusal.text}});
    switch (refusal.kind) {
        case f::RefusalKind::malformed:
        case f::RefusalKind::signature:
        case f::RefusalKind::other_log:
            if (mirror->host()) mirror->host()->strike(refusal.text);
            return mirror->subscribe_soon(kRetry);
        case f::RefusalKind::epoch:
            return mirror->subscribe_soon(kRetry);
        case f::RefusalKind::gap:
            // What is under way from before a subscription leaves gaps until that is answered.
            if (!mirror->is_subscribing()) mirror->subscribe_soon(0s);
            return;
        case f::RefusalKind::stale:
            return;
        case f::RefusalKind::time:
            return mirror->subscribe_soon(kClockRetry);
        case f::RefusalKind::diverged:
            if (mirror->note_divergence(log))
                return mirrors_.freeze_for(mirror, "a head that does not follow from its entries");
            return mirror->subscribe_soon(kRetry);
    }
}

}  // namespace guildhall::peering
