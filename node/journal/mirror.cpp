// The half of the journal that follows other nodes' guilds: mirrors begin, grow, freeze, go, and
// become hosted guilds.
#include "federation/hosting_certificate.h"
#include "node/journal/identity.h"
#include "node/journal/journal_impl.h"
#include "node/journal/mirror_words.h"
#include "node/store/projections/project.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/gaps.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/renewals.h"
#include "protocol/check.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>
#include <utility>

namespace guildhall::journal {
namespace {

namespace f = federation;

// Rows that one step of a deletion takes: a few milliseconds of the writer.
constexpr unsigned kSweepRows = 2000;

// What says what such a message is now follows soon; only a host that lies has more of them.
constexpr std::size_t kUntoldMax = 4096;

/// The mirror is behind, frozen or going: the caller asks again later, or not at all.
protocol::Error unavailable(std::string why) {
    return protocol::make_error(protocol::kAPIResourceOverloaded, std::move(why));
}

std::size_t bytes_of(const MirrorBatch& batch) {
    std::size_t bytes = batch.head.size() + batch.frontier.size();
    for (const MirrorEntry& e : batch.entries)
        bytes += sizeof(MirrorEntry) + e.body.size() + e.command.size();
    return bytes;
}

/// How many entries at the start may be applied to a state.
std::size_t ready(const MirrorBatch& batch, const protocol::GuildState& state) {
    if (batch.log_id == protocol::kControlLog) return batch.entries.size();
    std::size_t n = 0;
    while (n < batch.entries.size() && batch.entries[n].header.control_seq <= state.control_size)
        ++n;
    return n;
}

/// The first `n` entries; `batch` keeps the rest.
MirrorBatch split(MirrorBatch& batch, std::size_t n) {
    MirrorBatch first;
    first.log_id = batch.log_id;
    first.head = batch.head;
    first.quiet = batch.quiet;
    first.frontier = std::exchange(batch.frontier, {});
    const auto end = batch.entries.begin() + static_cast<std::ptrdiff_t>(n);
    std::move(batch.entries.begin(), end, std::back_inserter(first.entries));
    batch.entries.erase(batch.entries.begin(), end);
    return first;
}

/// Whether a control entry that is here already has ended what the entry is about. The host had
/// them in the other order.
bool is_late(const protocol::GuildState& state, std::uint64_t log_id, const Event* event) {
    if (is_channel(log_id)) return !state.channels.find(protocol::ChannelId(log_id));
    const auto* invite = event ? std::get_if<protocol::InviteCreated>(event) : nullptr;
    return invite && !state.channels.find(invite->invite.channelId);
}

/// Of a kind that this version does not know: it goes into the log as it is, and nowhere else.
bool is_opaque(const MirrorEntry& entry) {
    return !entry.body.empty() && !protocol::is_known(entry.header.kind);
}

/// The guild after an entry of its control log that changed nothing that is known here.
GuildSnapshot after_opaque(const GuildSnapshot& before) {
    auto next = std::make_shared<protocol::GuildState>(*before);
    ++next->control_size;
    return next;
}

/// The event of an entry; nothing for a dropped body, and for an opaque one.
Result<std::optional<Event>> event_of(const MirrorEntry& entry, std::uint64_t log_id) {
    if (entry.header.log_id != log_id) return refused("an entry of another log");
    if (entry.body.empty()) {
        if (is_channel(log_id)) return std::optional<Event>();
        return refused("an entry that the guild's state needs has no body");
    }
    const auto bytes = f::event_of_body(f::ByteView(entry.body));
    if (!bytes) return refused("an entry's body is too short");
    if (is_opaque(entry)) {
        if (!protocol::is_event_of(bytes->text(), entry.header.kind))
            return refused("an entry's event cannot be read");
        return std::optional<Event>();
    }
    TRY(auto event, protocol::decode_event(bytes->text()));
    if (protocol::kind_of(event) != entry.header.kind || protocol::log_of(event) != log_id)
        return refused("an entry's header is of another event");
    return std::optional<Event>(std::move(event));
}

/// Ids that stand in entries are never made again.
void observe_ids(Host& host, const f::EntryHeader& header, const Event& event) {
    if (std::holds_alternative<protocol::MessageCreated>(event) ||
        std::holds_alternative<protocol::RoleCreated>(event) ||
        std::holds_alternative<protocol::ChannelCreated>(event))
        host.ids.observe(protocol::Snowflake(header.object_id));
}

f::Hash32 uid_of(const Host& host) {
    return f::Hash32::from(std::string_view(host.decided->guild.uid)).value_or(f::Hash32{});
}

Status put_certificates(store::Tx& tx, GuildId guild, const std::vector<std::string>& all) {
    for (const std::string& bytes : all) {
        const auto read = f::read_certificate(bytes);
        if (read) TRY_VOID(store::hosting::put_certificate(tx, guild, {read->second.epoch, bytes}));
    }
    return {};
}

Status write_start(store::Tx& tx, const MirrorStart& start) {
    const protocol::GuildState& state = *start.state;
    const protocol::GuildId guild = state.guild.id;
    TRY(auto known, store::hosting::find(tx, guild));
    if (known) return protocol::make_http_error(409);
    // What was known of its hosts outlived the copy before, whose rows are gone.
    const auto renewal = store::renewals::find(tx, guild);
    if (renewal && *renewal) TRY_VOID(put_certificates(tx, guild, (*renewal)->certificates));
    TRY_VOID(store::renewals::drop(tx, guild));
    TRY_VOID(store::put_state(tx, state));
    TRY_VOID(store::hosting::put(tx,
                                 {.guild = guild,
                                  .uid = state.guild.uid,
                                  .epoch = start.epoch,
                                  .host_uid = state.hosting.hostUid,
                                  .host_name = state.hosting.hostName,
                                  .role = GuildRole::mirrored,
                                  .complete = start.complete}));
    const store::LogKey log = store::log_key(guild, protocol::kControlLog);
    if (state.control_size > 0)
        TRY_VOID(store::gaps::put(tx, log, {0, state.control_size, start.frontier}));
    return store::entries::put_log(tx,
                                   {.log = log,
                                    .guild = guild,
                                    .log_id = protocol::kControlLog,
                                    .size = state.control_size,
                                    .last_ts_ms = start.last_ts_ms,
                                    .frontier = start.frontier,
                                    .head = start.head,
                                    .first = state.control_size});
}

}  // namespace

Result<std::shared_ptr<Work>> Journal::Impl::follow(GuildId guild, Host& host, MirrorBatch batch) {
    auto work = std::make_shared<Work>();
    work->guild = guild;
    work->before = host.decided;
    work->generation = host.generation;
    work->quiet = batch.quiet && is_channel(batch.log_id);
    // Reserved, because what is written points into it.
    work->batch->reserve(batch.entries.size());
    IncomingLog& log = work->incoming.emplace();
    log = {guild, uid_of(host), batch.log_id, std::move(batch.head), std::move(batch.frontier), {}};
    GuildSnapshot now = host.decided;
    for (MirrorEntry& entry : batch.entries) {
        const f::EntryHeader& header = entry.header;
        if (batch.log_id == protocol::kControlLog && header.seq != now->control_size)
            return refused("a control entry is out of sequence");
        TRY(auto event, event_of(entry, batch.log_id));
        const bool late = is_late(*now, batch.log_id, event ? &*event : nullptr);
        const bool opaque = is_opaque(entry);
        log.entries.push_back(
            {header, std::move(entry.body), std::move(entry.command), nullptr, late, opaque});
        if (opaque && batch.log_id == protocol::kControlLog) now = after_opaque(now);
        host.last_ts_ms = std::max(host.last_ts_ms, header.ts_ms);
        if (!event) continue;
        observe_ids(host, header, *event);
        if (late) continue;
        Committed& made = work->batch->emplace_back();
        made = {.guild = guild,
                .event = std::move(*event),
                .log_id = batch.log_id,
                .seq = header.seq,
                .ts_ms = header.ts_ms,
                .control_seq = header.control_seq,
                .before = now,
                .origin = std::move(entry.origin)};
        log.entries.back().event = &made.event;
        if (!is_channel(batch.log_id)) {
            auto next = std::make_shared<protocol::GuildState>(*now);
            protocol::apply(*next, made.event);
            now = std::move(next);
        }
        made.after = now;
    }
    host.decided = now;
    host.epoch = std::max(host.epoch, now->hosting.epoch);
    work->after = std::move(now);
    return work;
}

Result<std::shared_ptr<Work>> Journal::Impl::past(GuildId guild,
                                                  const Host& host,
                                                  PastEntries past) {
    auto work = std::make_shared<Work>();
    work->guild = guild;
    work->before = host.decided;
    work->generation = host.generation;
    work->past = true;
    work->quiet = is_channel(past.log_id);
    work->batch->reserve(past.entries.size());
    IncomingLog& log = work->incoming.emplace();
    log = {guild, uid_of(host), past.log_id, {}, std::move(past.frontier), {}};
    for (MirrorEntry& entry : past.entries) {
        TRY(auto event, event_of(entry, past.log_id));
        const bool late = is_late(*host.decided, past.log_id, event ? &*event : nullptr);
        const bool opaque = is_opaque(entry);
        log.entries.push_back(
            {entry.header, std::move(entry.body), std::move(entry.command), nullptr, late, opaque});
        if (!event) continue;
        Committed& made = work->batch->emplace_back();
        made.event = std::move(*event);
        log.entries.back().event = &made.event;
    }
    return work;
}

void Journal::Impl::go(GuildId guild, Host& host, MirrorBatch batch, Done done) {
    const bool control = batch.log_id == protocol::kControlLog;
    auto work = follow(guild, host, std::move(batch));
    if (!work) {
        boost::asio::post(shard_of(guild).io(),
                          [error = work.error(), done = std::move(done)]() mutable {
                              if (done) done(std::move(error));
                          });
        return;
    }
    submit(std::move(*work), std::move(done));
    if (control) release_waiting(guild, host);
}

void Journal::Impl::wait(GuildId guild, Host& host, MirrorBatch batch, Done done) {
    const std::size_t bytes = bytes_of(batch);
    if (host.waiting_bytes + bytes > kWaitingBytesMax) {
        boost::asio::post(shard_of(guild).io(), [done = std::move(done)]() mutable {
            if (done) done(unavailable("entries wait for a control log that is too far behind"));
        });
        return;
    }
    host.waiting_bytes += bytes;
    auto& queue = host.waiting[batch.log_id];
    queue.push_back({std::move(batch), bytes, std::move(done)});
}

void Journal::Impl::take(GuildId guild, Host& host, MirrorBatch batch, Done done) {
    if (host.waiting.contains(batch.log_id))
        return wait(guild, host, std::move(batch), std::move(done));
    const std::size_t n = ready(batch, *host.decided);
    if (n == batch.entries.size()) return go(guild, host, std::move(batch), std::move(done));
    if (n > 0) go(guild, host, split(batch, n), {});
    wait(guild, host, std::move(batch), std::move(done));
}

void Journal::Impl::release_waiting(GuildId guild, Host& host) {
    for (auto at = host.waiting.begin(); at != host.waiting.end();) {
        auto& queue = at->second;
        while (!queue.empty()) {
            Waiting& first = queue.front();
            const std::size_t n = ready(first.batch, *host.decided);
            if (n < first.batch.entries.size()) {
                if (n > 0) go(guild, host, split(first.batch, n), {});
                break;
            }
            host.waiting_bytes -= first.bytes;
            Waiting released = std::move(first);
            queue.pop_front();
            go(guild, host, std::move(released.batch), std::move(released.done));
        }
        at = queue.empty() ? host.waiting.erase(at) : std::next(at);
    }
}

void Journal::Impl::fail_waiting(Host& host, const protocol::Error& why) {
    auto waiting = std::exchange(host.waiting, {});
    host.waiting_bytes = 0;
    for (auto& [log, queue] : waiting) {
        for (Waiting& w : queue) {
            if (!w.done) continue;
            boost::asio::post(shard_of(host.decided->guild.id).io(),
                              [why, done = std::move(w.done)]() mutable { done(why); });
        }
    }
}

/// A message that was edited before its host sent it comes without what it said first, and nobody
/// can be told of it then. The edit says all of it: to sessions that is the new message.
void Journal::Impl::tell_as_new(Host& host, Work& work) {
    if (!work.incoming || work.past || work.quiet) return;
    static const auto kCreated = protocol::kind_of(protocol::MessageCreated{});
    const std::uint64_t log = work.incoming->log_id;
    for (const Incoming& entry : work.incoming->entries) {
        const auto& header = entry.header;
        if (entry.event || entry.late || header.kind != kCreated) continue;
        host.untold.emplace(log, protocol::MessageId(header.object_id));
        if (host.untold.size() > kUntoldMax) host.untold.erase(host.untold.begin());
    }
    for (Committed& entry : *work.batch) {
        if (host.untold.empty()) return;
        if (auto* edited = std::get_if<protocol::MessageEdited>(&entry.event)) {
            if (host.untold.erase({log, edited->message.id}) == 0) continue;
            protocol::MessageCreated created{std::move(edited->message)};
            entry.event = std::move(created);
        } else if (const auto* deleted = std::get_if<protocol::MessagesDeleted>(&entry.event)) {
            for (const protocol::MessageId id : deleted->ids) host.untold.erase({log, id});
        }
    }
}

void Journal::Impl::set_role(GuildId guild, Host& host, GuildRole role) {
    host.role = role;
    publish({.kind = GuildChange::Kind::role, .guild = guild, .role = role});
}

void Journal::Impl::publish(GuildChange change) {
    base::Shard& shard = shard_of(change.guild);
    deps_.bus.publish(shard, std::make_shared<const GuildChange>(std::move(change)));
}

std::optional<GuildRole> Journal::role(GuildId guild) const {
    const Host* host = impl_->find(guild);
    if (!host || host->decided->deleted || host->role == GuildRole::left) return std::nullopt;
    return host->role;
}

Task<Status> Journal::open_mirror(MirrorStart start) {
    const GuildId guild = start.state->guild.id;
    const auto frontier = f::Frontier::parse(f::ByteView(start.frontier));
    if (!frontier || frontier->size() != start.state->control_size)
        co_return refused("the frontier of a snapshot is another's");
    if (impl_->find(guild)) co_return protocol::make_http_error(409);
    Host& host = impl_->add(guild, start.state);
    host.epoch = start.epoch;
    host.last_ts_ms = start.last_ts_ms;
    host.role = GuildRole::mirrored;
    host.complete = start.complete;
    const GuildSnapshot state = start.state;
    Status stored = co_await impl_->write_rows(
        impl_->shard_of(guild), [this, guild, start = std::move(start)](store::Tx& tx) -> Status {
            impl_->forget(guild);
            return write_start(tx, start);
        });
    if (!stored) {
        impl_->remove(guild);
        co_return stored;
    }
    impl_->publish({.kind = GuildChange::Kind::placed,
                    .guild = guild,
                    .role = GuildRole::mirrored,
                    .after = state});
    co_return Status();
}

Task<Status> Journal::extend_mirror(GuildId guild,
                                    std::vector<protocol::Member> members,
                                    bool last) {
    Host* host = impl_->find(guild);
    if (!host || host->role != GuildRole::mirrored) co_return unavailable("the guild is no mirror");
    if (host->complete) co_return protocol::make_http_error(409);
    auto next = std::make_shared<protocol::GuildState>(*host->decided);
    GuildChange change{.kind = GuildChange::Kind::members, .guild = guild, .role = host->role};
    for (const protocol::Member& m : members) {
        next->members.insert_or_assign(m.userId, m);
        change.users.push_back(m.userId);
    }
    auto work = std::make_shared<Work>();
    work->guild = guild;
    work->before = change.before = host->decided;
    work->after = change.after = host->decided = std::move(next);
    work->generation = host->generation;
    work->rows = [guild, last, members = std::move(members)](store::Tx& tx) -> Status {
        TRY_VOID(store::put_members(tx, guild, members));
        return last ? store::hosting::set_complete(tx, guild) : Status();
    };
    const auto stored = co_await impl_->write(std::move(work));
    if (!stored) co_return stored.error();
    if (Host* there = impl_->find(guild); there && last) there->complete = true;
    impl_->publish(std::move(change));
    co_return Status();
}

Task<Result<Receipt>> Journal::append(GuildId guild, MirrorBatch batch) {
    Host* host = impl_->find(guild);
    if (!host || host->decided->deleted) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role != GuildRole::mirrored) co_return unavailable("the guild is not followed");
    if (batch.log_id == protocol::kControlLog && !host->complete)
        co_return unavailable("members of the snapshot are still to come");
    co_return co_await await_callback<Result<Receipt>>(
        [&](auto done) { impl_->take(guild, *host, std::move(batch), std::move(done)); });
}

Task<Status> Journal::fill(GuildId guild, PastEntries past) {
    Host* host = impl_->find(guild);
    if (!host || host->decided->deleted) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role == GuildRole::left) co_return unavailable("the guild was left");
    auto work = impl_->past(guild, *host, std::move(past));
    if (!work) co_return work.error();
    const auto stored = co_await impl_->write(std::move(*work));
    if (!stored) co_return stored.error();
    co_return Status();
}

Task<Status> Journal::freeze(GuildId guild, Finding finding) {
    Host* host = impl_->find(guild);
    if (!host) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role != GuildRole::mirrored && host->role != GuildRole::frozen)
        co_return refused("only a mirror is frozen");
    // At once: what comes meanwhile is not taken, whether or not the rows can be written.
    impl_->set_role(guild, *host, GuildRole::frozen);
    impl_->fail_waiting(*host, unavailable("the guild is frozen"));
    store::evidence::EvidenceRow row{.guild = guild,
                                     .kind = finding.kind,
                                     .statements = std::move(finding.statements),
                                     .ts_ms = deps_.clock.unix_ms()};
    co_return co_await impl_->write_rows(
        impl_->shard_of(guild), [guild, row = std::move(row)](store::Tx& tx) -> Status {
            TRY_VOID(store::evidence::add(tx, row));
            return store::hosting::set_role(tx, guild, GuildRole::frozen);
        });
}

Task<Status> Journal::thaw(GuildId guild) {
    Host* host = impl_->find(guild);
    if (!host) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role != GuildRole::frozen) co_return refused("the guild is not frozen");
    CO_TRY_VOID(co_await impl_->write_rows(impl_->shard_of(guild), [guild](store::Tx& tx) {
        return store::hosting::set_role(tx, guild, GuildRole::mirrored);
    }));
    host = impl_->find(guild);
    if (host && host->role == GuildRole::frozen) impl_->set_role(guild, *host, GuildRole::mirrored);
    co_return Status();
}

Task<Status> Journal::drop_guild(GuildId guild, store::UniqueFunction<Status(store::Tx&)> also) {
    Host* host = impl_->find(guild);
    if (!host) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role == GuildRole::hosted)
        co_return refused("a guild that is hosted here is deleted");
    const GuildRole before = std::exchange(host->role, GuildRole::left);
    impl_->fail_waiting(*host, unavailable("the guild was left"));
    // It forgets tails that other jobs of the batch touched: all of them fail together, or none.
    const RowsHow how{.savepoint = false};
    const Status stored = co_await impl_->write_rows(
        impl_->shard_of(guild),
        [this, guild, also = std::move(also)](store::Tx& tx) mutable -> Status {
            impl_->forget(guild);
            TRY_VOID(store::clear_guild(tx, guild));
            if (also) TRY_VOID(also(tx));
            return store::hosting::set_role(tx, guild, GuildRole::left);
        },
        how);
    host = impl_->find(guild);
    CHECK(host != nullptr);
    if (!stored) {
        host->role = before;
        co_return stored;
    }
    const GuildSnapshot last = host->committed;
    impl_->remove(guild);
    impl_->publish({.kind = GuildChange::Kind::dropped, .guild = guild, .before = last});
    for (;;) {
        auto done = co_await sweep_left(impl_->shard_of(guild));
        if (!done) co_return done.error();
        if (*done) co_return Status();
    }
}

Task<Result<bool>> Journal::sweep_left(base::Shard& here) {
    auto done = std::make_shared<bool>(false);
    const Status stored = co_await impl_->write_rows(here, [done](store::Tx& tx) -> Status {
        TRY(*done, store::hosting::sweep_left(tx, kSweepRows));
        return {};
    });
    if (!stored) co_return stored.error();
    co_return *done;
}

Task<Result<Receipt>> Journal::become_host(GuildId guild, std::string signed_certificate) {
    Host* host = impl_->find(guild);
    if (!host || host->decided->deleted) co_return protocol::make_error(protocol::kUnknownGuild);
    // A guild that is frozen is so for its host, and this one takes that host's place.
    const GuildRole before = host->role;
    const bool follows = before == GuildRole::mirrored || before == GuildRole::frozen;
    if (!follows || !host->complete)
        co_return unavailable("the guild is not followed, or not complete");
    const auto read = f::read_certificate(f::ByteView(signed_certificate));
    if (!read) co_return refused("a hosting certificate cannot be read");
    const f::HostingCertificate* certificate = &read->second;
    if (certificate->guild_uid.text() != host->decided->guild.uid ||
        certificate->new_host_uid != impl_->identity().uid)
        co_return refused("a hosting certificate names another guild or host");
    if (certificate->epoch <= host->epoch ||
        certificate->control_size != host->decided->control_size)
        co_return refused("a hosting certificate is of another place in the control log");
    const std::uint64_t old_epoch = std::exchange(host->epoch, certificate->epoch);
    host->role = GuildRole::hosted;
    impl_->fail_waiting(*host, unavailable("the guild has another host now"));
    // Everything seen so far was made in a millisecond up to its stamp.
    host->ids.observe(protocol::Snowflake(protocol::first_id_at(host->last_ts_ms + 1) - 1));
    Decision decision;
    decision.events.push_back(
        protocol::HostingChanged{signed_certificate,
                                 std::string(certificate->new_host_uid.text()),
                                 certificate->epoch,
                                 certificate->new_host_name,
                                 certificate->endpoints});
    decision.rows =
        [this, guild, certificate = *certificate, signed_certificate](store::Tx& tx) -> Status {
        const std::string uid(certificate.guild_uid.text());
        const std::string_view host_uid = certificate.new_host_uid.text();
        TRY_VOID(impl_->adopt(tx, guild, uid, certificate.epoch));
        TRY_VOID(store::hosting::set_role(tx, guild, GuildRole::hosted));
        TRY_VOID(store::hosting::set_epoch(tx, guild, certificate.epoch));
        TRY_VOID(store::hosting::set_host(tx, guild, host_uid, certificate.new_host_name));
        return store::hosting::put_certificate(tx, guild, {certificate.epoch, signed_certificate});
    };
    auto work = impl_->decide(guild, *host, decision);
    auto receipt = co_await impl_->write(std::move(work));
    host = impl_->find(guild);
    CHECK(host != nullptr);
    if (receipt) {
        impl_->set_role(guild, *host, GuildRole::hosted);
    } else {
        host->role = before;
        host->epoch = old_epoch;
    }
    co_return receipt;
}

Task<Status> Journal::pause_hosting(GuildId guild) {
    Host* host = impl_->find(guild);
    if (!host || host->decided->deleted) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role != GuildRole::hosted) co_return refused("the guild is not hosted here");
    host->paused = true;
    // Behind everything that was decided: when this is over, that is durable.
    co_return co_await impl_->write_rows(impl_->shard_of(guild),
                                         [](store::Tx&) { return Status(); });
}

void Journal::begin_paused(GuildId guild) {
    if (Host* host = impl_->find(guild)) host->paused = host->role == GuildRole::hosted;
}

void Journal::resume_hosting(GuildId guild) {
    if (Host* host = impl_->find(guild)) host->paused = false;
}

Task<Status> Journal::stop_hosting(GuildId guild) {
    Host* host = impl_->find(guild);
    if (!host || host->decided->deleted) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role != GuildRole::hosted) co_return refused("the guild is not hosted here");
    host->role = GuildRole::mirrored;
    const bool was_paused = std::exchange(host->paused, false);
    // Behind everything that was decided: when this is durable, so is that.
    const Status stored =
        co_await impl_->write_rows(impl_->shard_of(guild), [guild](store::Tx& tx) -> Status {
            return store::hosting::set_role(tx, guild, GuildRole::mirrored);
        });
    host = impl_->find(guild);
    CHECK(host != nullptr);
    if (stored) {
        impl_->set_role(guild, *host, GuildRole::mirrored);
    } else {
        host->role = GuildRole::hosted;
        host->paused = was_paused;
    }
    co_return stored;
}

}  // namespace guildhall::journal
