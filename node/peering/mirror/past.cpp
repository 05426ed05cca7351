#include "node/peering/mirror/past.h"

#include "federation/command_call.h"
#include "federation/range_proof.h"
#include "node/peering/mirror/entry_then.h"
#include "node/peering/mirror/fellows.h"
#include "node/peering/mirror/frozen.h"
#include "node/peering/mirror/ingest.h"
#include "node/peering/mirror/mirrors.h"
#include "node/peering/mirror/opaque_entries.h"
#include "node/services/recovery.h"
#include "node/store/projections/said.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/messages.h"
#include "protocol/errors.h"

#include <algorithm>
#include <set>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

constexpr Nanos kAnswerLimit = 5s;
// Entries of one question. Each may have a signature that is checked at once: some milliseconds of
// the shard.
constexpr std::uint64_t kStep = 128;
// Entries that are looked through for an edit in between: half a millisecond of a reader.
constexpr std::uint64_t kEditsLooked = 1024;
// The host, and other mirrors that are asked when it has not answered.
constexpr std::size_t kSourcesMax = 4;

/// Whether the entry stands in the log because its message's author asked for it.
Result<bool> is_signed_by(store::Tx& tx,
                          std::uint64_t log_id,
                          std::uint64_t seq,
                          protocol::UserId author) {
    const store::LogKey key = store::channel_log(protocol::ChannelId(log_id));
    TRY(const auto entry, store::entries::find(tx, key, log_id, seq));
    if (!entry || entry->command.empty()) return false;
    const auto call = f::read_command(entry->command);
    return call && call->facts().actor == author;
}

/// Whether an edit whose body is gone stands behind the one that the message is of. Where that was
/// long ago, it may.
Result<bool> is_edited_since(store::Tx& tx,
                             std::uint64_t log_id,
                             protocol::MessageId id,
                             std::uint64_t seq) {
    static const auto kEdited = protocol::kind_of(protocol::MessageEdited{});
    const store::LogKey key = store::channel_log(protocol::ChannelId(log_id));
    TRY(const auto log, store::entries::find_log(tx, key));
    if (!log || log->size > seq + kEditsLooked) return true;
    return store::entries::is_bare_after(tx, key, kEdited, id.value, seq, kEditsLooked);
}

Result<std::optional<EntryJudge::Held>> held_message(store::Tx& tx,
                                                     std::uint64_t log_id,
                                                     protocol::MessageId id) {
    const protocol::ChannelId channel(log_id);
    TRY(auto found, store::messages::find(tx, channel, id, {}));
    if (!found) return std::optional<EntryJudge::Held>();
    const protocol::UserId author = found->message.authorId;
    TRY(bool is_signed, is_signed_by(tx, log_id, found->seq, author));
    TRY(const auto said, store::said::find(tx, channel, id));
    if (said && !is_signed) {
        TRY(is_signed, is_signed_by(tx, log_id, *said, author));
    }
    TRY(const bool is_stale, is_edited_since(tx, log_id, id, found->seq));
    return EntryJudge::Held{std::move(found->message), is_signed, is_stale};
}

}  // namespace

Task<std::vector<EntryJudge::Held>> held_messages(Context& ctx,
                                                  std::uint64_t log_id,
                                                  std::vector<protocol::MessageId> ids) {
    using All = std::vector<EntryJudge::Held>;
    auto look = [log_id, ids = std::move(ids)](store::Tx& tx) -> Result<All> {
        All out;
        for (const protocol::MessageId id : ids) {
            TRY(auto held, held_message(tx, log_id, id));
            if (held) out.push_back(std::move(*held));
        }
        return out;
    };
    auto held = co_await store::read(ctx.db, std::move(look));
    co_return held ? std::move(*held) : All();
}

Task<Judged> judge_past(Context& ctx,
                        std::shared_ptr<Mirror> mirror,
                        const f::MirrorLog& log,
                        std::span<const f::VerifiedEntry> entries) {
    EntryJudge::Place place{.guild_uid = mirror->uid(),
                            .log_id = log.log_id(),
                            .epoch = log.epoch(),
                            .host_uid = mirror->seat().host_uid,
                            .own_uid = ctx.identity.uid,
                            .epoch_began = mirror->seat().control_size,
                            .past_hosts = mirror->past_hosts()};
    EntryJudge::Homes own;
    const auto ours = EntryJudge::unsigned_by(ctx.view, entries);
    for (const protocol::UserId user : ours) {
        const protocol::SharedUser* known = ctx.view.user(user);
        if (!known) continue;
        auto look = [account = *known](store::Tx& tx) {
            return services::user_key_log(tx, *account);
        };
        const auto keys = co_await store::read(ctx.db, std::move(look));
        // What cannot be read may say that it lived with any host.
        own[user] = keys && *keys ? homes_in(**keys) : mirror->past_hosts();
    }
    // Of these an edit is here, which says who wrote them.
    const auto bare = EntryJudge::bare(entries);
    const auto held = bare.empty() ? std::vector<EntryJudge::Held>()
                                   : co_await held_messages(ctx, log.log_id(), bare);
    const auto state = mirror->current();
    if (!state || mirror->is_over()) co_return Judged();
    EntryJudge judge(ctx.view, mirror->keys(), state, std::move(place));
    for (const EntryJudge::Held& one : held) judge.hold_present(one.message);
    co_return judge.judge_past(entries, own);
}

std::vector<std::shared_ptr<Peer>> Past::sources(const Mirror& mirror) const {
    std::vector<std::shared_ptr<Peer>> out;
    if (mirror.host()) out.push_back(mirror.host());
    const auto state = mirror.current();
    if (!state) return out;
    const std::vector<Hash32> fellows = fellows_of(*state, ctx_.identity.uid);
    for (const auto& peer : peers_.open()) {
        if (out.size() >= kSourcesMax) break;
        if (std::ranges::binary_search(fellows, peer->uid()) && peer != mirror.host())
            out.push_back(peer);
    }
    return out;
}

Task<Result<Past::Piece>> Past::ask(std::shared_ptr<Mirror> mirror,
                                    std::shared_ptr<Peer> peer,
                                    const f::MirrorLog& at,
                                    std::uint64_t from,
                                    std::uint64_t to) {
    f::frames::RangeGet question;
    question.guildUid = mirror->uid();
    question.logId = at.log_id();
    question.from = from;
    question.to = to;
    question.headSize = at.head()->head.size;
    CO_TRY(auto answer, co_await peer->ask(std::move(question), kAnswerLimit));
    auto* range = std::get_if<f::Range>(&answer);
    if (!range || range->from != from || range->entries.empty() ||
        range->entries.size() > to - from) {
        peer->strike("a range was answered with something else");
        co_return protocol::make_http_error(502);
    }
    Piece piece;
    piece.range = std::move(*range);
    const auto verified = at.verify_range(piece.range);
    if (const auto* refusal = std::get_if<f::Refusal>(&verified)) {
        peer->strike(refusal->text);
        co_return protocol::make_http_error(502);
    }
    piece.appended = std::get<f::Appended>(verified);
    Judged judged = co_await judge_past(ctx_, mirror, at, piece.appended.entries);
    if (!judged.is_fine()) {
        refuse(*peer, mirror, at, piece, judged);
        co_return protocol::make_http_error(502);
    }
    piece.unsaid = std::move(judged.unsaid);
    if (from > 0) {
        const auto frontier = f::frontier_of(from, piece.range.left);
        if (!frontier) co_return protocol::make_http_error(502);
        piece.frontier = frontier->serialise();
    }
    co_return piece;
}

void Past::refuse(Peer& peer,
                  const std::shared_ptr<Mirror>& mirror,
                  const f::MirrorLog& at,
                  const Piece& piece,
                  const Judged& judged) {
    const SuspectEntry suspect{piece.appended.entries,
                               at.head(),
                               {piece.range.left, piece.range.right},
                               judged.index,
                               judged.finding};
    const f::VerifiedEntry& entry = piece.appended.entries[judged.index];
    // A mirror may have spoiled a command, which only its header's hash is proved of. The rest is
    // the host's word, whoever passes it on.
    if (&peer != mirror->host().get() && !entry.header.command_hash.is_zero()) {
        auto sure = sure_finding_of(*mirror, suspect);
        return sure ? freeze(mirrors_, mirror, std::move(*sure)) : peer.strike(judged.finding.text);
    }
    freeze(mirrors_, mirror, finding_of(*mirror, suspect, "an entry of the past: "));
}

Task<Result<Past::Piece>> Past::fetch(std::shared_ptr<Mirror> mirror,
                                      f::MirrorLog at,
                                      std::uint64_t from,
                                      std::uint64_t to) {
    std::set<Hash32> asked;
    // Who else may have it is looked up when the host did not answer: that walks all members.
    if (const auto host = mirror->host()) {
        asked.insert(host->uid());
        auto piece = co_await ask(mirror, host, at, from, to);
        if (piece || mirror->is_over()) co_return piece;
    }
    do {
        const auto peers = sources(*mirror);
        for (const auto& peer : peers) {
            if (!asked.insert(peer->uid()).second) continue;
            auto piece = co_await ask(mirror, peer, at, from, to);
            if (piece || mirror->is_over()) co_return piece;
        }
    } while (more_ && co_await more_(mirror));
    co_return protocol::make_http_error(503);
}

Task<bool> Past::step_down(std::shared_ptr<Mirror> mirror, FollowedLog& log, std::uint64_t count) {
    std::uint64_t from = log.first - std::min(log.first, std::min(count, kStep));
    // An answer may be cut where it would not fit a frame: the rest of it leads up to what is held.
    const std::uint64_t to = log.first;
    const std::uint64_t lowest = from;
    while (from < to) {
        auto piece = co_await fetch(mirror, log.log, from, to);
        if (!piece || mirror->is_over()) co_return false;
        std::size_t bytes = 0;
        for (const f::Entry& e : piece->range.entries)
            bytes += sizeof(f::Entry) + e.header.size() + e.body.size() + e.command.size();
        if (!mirrors_.has_room(*mirror, bytes)) co_return false;
        mirrors_.count_bytes(*mirror, bytes);
        journal::PastEntries past;
        past.log_id = log.log.log_id();
        past.frontier = std::move(piece->frontier);
        past.entries = entries_to_keep(piece->appended.entries, piece->unsaid);
        from += past.entries.size();
        mirrors_.metrics().past.add(past.entries.size());
        const auto opaque = opaque_in(past.entries);
        auto fill =
            [&journal = ctx_.journal, guild = mirror->guild(), past = std::move(past)]() mutable {
                return journal.fill(guild, std::move(past));
            };
        const auto done =
            co_await base::on_shard(ctx_.here, ctx_.shards.of(mirror->guild()), std::move(fill));
        if (!done) {
            ctx_.log.warn("mirror",
                          "history was not stored",
                          {{"guild", mirror->guild().str()}, {"why", done.error().message}});
            co_return false;
        }
        note_opaque(ctx_, *mirror, mirrors_.metrics(), opaque);
    }
    log.first = lowest;
    co_return true;
}

Task<bool> Past::open(std::shared_ptr<Mirror> mirror, FollowedLog& log, std::uint64_t count) {
    const std::uint64_t size = log.log.head()->head.size;
    const std::uint64_t from = size - std::min(size, std::min(count, kStep));
    const auto piece = co_await fetch(mirror, log.log, from, size);
    if (!piece || mirror->is_over() || !co_await mirror->acquire(log, kAnswerLimit))
        co_return false;
    // It may have begun by what is new meanwhile; then the past goes below that. A cut answer does
    // not lead to the head.
    const bool fits = log.log.size() == 0 && log.log.head() && log.log.head()->head.size == size &&
                      piece->appended.entries.size() == size - from;
    bool opened = false;
    if (fits) {
        f::Frontier frontier = from == 0 ? f::Frontier() : *f::Frontier::parse(piece->frontier);
        for (const f::VerifiedEntry& e : piece->appended.entries) frontier.append(e.leaf);
        f::StoredLog row = log.log.stored();
        row.size = size;
        row.first = from;
        row.last_ts_ms = piece->appended.entries.back().header.ts_ms;
        row.frontier = frontier.serialise();
        auto begun = f::MirrorLog::restore(mirror->uid(), log.log.epoch(), log.log.log_id(), row);
        journal::MirrorBatch batch;
        batch.log_id = log.log.log_id();
        batch.entries = entries_to_keep(piece->appended.entries, piece->unsaid);
        batch.head = row.head;
        batch.frontier = piece->frontier;
        batch.quiet = true;
        const auto opaque = opaque_in(batch.entries);
        auto append =
            [&journal = ctx_.journal, guild = mirror->guild(), batch = std::move(batch)]() mutable {
                return journal.append(guild, std::move(batch));
            };
        const auto done =
            co_await base::on_shard(ctx_.here, ctx_.shards.of(mirror->guild()), std::move(append));
        opened = begun && done;
        if (opened) {
            note_opaque(ctx_, *mirror, mirrors_.metrics(), opaque);
            mirror->set_log(log, std::move(*begun));
            log.set_applied();
        }
    }
    ingest_.release(mirror, log);
    co_return opened || log.applied > 0;
}

Task<bool> Past::extend(std::shared_ptr<Mirror> mirror, std::uint64_t log_id, std::uint64_t count) {
    FollowedLog* log = mirror->find(log_id);
    if (!log || !log->log.head() || mirror->is_over()) co_return false;
    if (log->fetching) {
        // Somebody else's step serves as well.
        co_return co_await mirror->wait_for([log] { return !log->fetching; }, kAnswerLimit);
    }
    if (log->applied > 0 ? log->first == 0 : log->log.head()->head.size == 0) co_return true;
    log->fetching = true;
    const bool done = log->applied > 0 ? co_await step_down(mirror, *log, count)
                                       : co_await open(mirror, *log, count);
    log->fetching = false;
    mirror->on_progress();
    co_return done;
}

Task<bool> Past::complete(std::shared_ptr<Mirror> mirror, std::uint64_t log_id) {
    for (;;) {
        const FollowedLog* log = mirror->find(log_id);
        if (!log || mirror->is_over()) co_return false;
        if (log->applied > 0 && log->first == 0) co_return true;
        if (log->applied == 0 && log->log.head() && log->log.head()->head.size == 0) co_return true;
        if (!co_await extend(mirror, log_id, kStep)) co_return false;
    }
}

}  // namespace guildhall::peering
