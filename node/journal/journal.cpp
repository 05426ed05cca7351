#include "node/journal/journal.h"

#include "node/journal/journal_impl.h"
#include "node/journal/load.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/remote_commands.h"
#include "protocol/check.h"
#include "protocol/errors.h"

#include <algorithm>
#include <thread>

namespace guildhall::journal {
namespace {

// Commands under way at one time are far fewer; what is beyond is looked through for those that
// ended.
constexpr std::size_t kRunningMax = 1024;

federation::Hash32 uid_of(const protocol::GuildState& state) {
    const auto uid = federation::Hash32::from(std::string_view(state.guild.uid));
    CHECK(uid.has_value());
    return *uid;
}

/// Null without a command, an error when it cannot be read.
Result<std::shared_ptr<CommandRun>> run_of(const Decision& decision) {
    if (!decision.command) return std::shared_ptr<CommandRun>();
    const auto header = federation::decode_command_header(
        federation::ByteView(std::string_view(decision.command->header)));
    if (!header) return protocol::make_http_error(400);
    auto run = std::make_shared<CommandRun>();
    run->command = decision.command;
    run->hash = decision.command->hash();
    run->origin = header->origin_uid;
    run->origin_seq = header->origin_seq;
    return run;
}

protocol::Error hosted_elsewhere(const Host& host) {
    return protocol::make_error(protocol::kAPIResourceOverloaded,
                                "This server is hosted by " + host.decided->hosting.hostName +
                                    ", which decides what happens in it.");
}

}  // namespace

Host::Host(GuildSnapshot state)
    : decided(state), committed(std::move(state)), ids(uid_of(*decided)) {}

Journal::Impl::Impl(Deps& deps, const Identity& identity)
    : deps_(deps),
      identity_(identity),
      writer_(identity, deps.clock, deps.rng),
      hosts_(deps.shards.count()) {
    deps_.db.set_hooks(
        {.before_commit = [this](store::Tx& tx) { return writer_.sign_heads(tx); },
         .after_batch = [this](const Status& s) { writer_.batch_done(s.has_value()); }});
}

Host* Journal::Impl::find(GuildId guild) {
    auto& mine = hosts_[guild.value % hosts_.size()];
    const auto at = mine.find(guild);
    return at == mine.end() ? nullptr : &at->second;
}

Host& Journal::Impl::add(GuildId guild, GuildSnapshot state) {
    auto& mine = hosts_[guild.value % hosts_.size()];
    return mine.insert_or_assign(guild, Host(std::move(state))).first->second;
}

void Journal::Impl::remove(GuildId guild) { hosts_[guild.value % hosts_.size()].erase(guild); }

void Journal::Impl::forget(GuildId guild) {
    writer_.forget(guild);
    void_until_.erase(guild);
}

Status Journal::Impl::adopt(store::Tx& tx,
                            GuildId guild,
                            const std::string& uid,
                            std::uint64_t epoch) {
    const auto hash = federation::Hash32::from(std::string_view(uid));
    return writer_.adopt(tx, guild, hash.value_or(federation::Hash32{}), epoch);
}

std::shared_ptr<Work> Journal::Impl::decide(GuildId guild, Host& host, Decision& decision) {
    auto work = std::make_shared<Work>();
    work->guild = guild;
    work->before = host.decided;
    work->generation = host.generation;
    work->epoch = host.epoch;
    work->rows = std::move(decision.rows);
    work->batch->reserve(decision.events.size());
    // Not below the ids in use: what is loaded after a restart takes them from the newest stamp.
    host.last_ts_ms = std::max({host.last_ts_ms, deps_.clock.unix_ms(), host.ids.last_unix_ms()});
    for (Event& event : decision.events) {
        Committed& entry = work->batch->emplace_back();
        entry.guild = guild;
        entry.log_id = protocol::log_of(event);
        entry.ts_ms = host.last_ts_ms;
        entry.control_seq = host.decided->control_size;
        entry.before = host.decided;
        if (entry.log_id == protocol::kControlLog || entry.log_id == protocol::kAdminLog) {
            auto next = std::make_shared<protocol::GuildState>(*host.decided);
            protocol::apply(*next, event);
            host.decided = std::move(next);
        }
        entry.after = host.decided;
        entry.event = std::move(event);
        entry.origin = decision.origin;
    }
    work->after = host.decided;
    return work;
}

Status Journal::Impl::admit(store::Tx& tx, const Work& work) {
    namespace commands = store::remote_commands;
    const CommandRun& run = *work.run;
    TRY(const auto seen, commands::look(tx, work.guild, run.origin, run.origin_seq, run.hash));
    const std::string key(run.hash.text());
    switch (seen) {
        case federation::OriginSeq::fresh:
            break;
        case federation::OriginSeq::repeat: {
            const auto at = running_.find(key);
            // A verb that decides twice is one command.
            if (at != running_.end() && at->second.lock() == run.command) return {};
            return protocol::make_http_error(409);
        }
        case federation::OriginSeq::conflict:
        case federation::OriginSeq::stale:
            return protocol::make_http_error(400);
    }
    if (running_.size() >= kRunningMax)
        std::erase_if(running_, [](const auto& r) { return r.second.expired(); });
    running_[key] = run.command;
    return commands::begin(tx,
                           {.command_hash = run.hash,
                            .guild = work.guild,
                            .origin = run.origin,
                            .origin_seq = run.origin_seq,
                            .created_ms = deps_.clock.unix_ms()});
}

Status Journal::Impl::run(store::Tx& tx, Work& work) {
    const auto write = [&]() -> Status {
        if (work.first) {
            const protocol::GuildState& state = *work.after;
            TRY_VOID(store::hosting::put(tx,
                                         {.guild = work.guild,
                                          .uid = state.guild.uid,
                                          .epoch = work.epoch,
                                          .host_uid = state.hosting.hostUid,
                                          .host_name = state.hosting.hostName}));
        }
        if (work.run) TRY_VOID(admit(tx, work));
        if (work.incoming) {
            TRY_VOID(work.past ? writer_.fill(tx, *work.incoming)
                               : writer_.follow(tx, *work.incoming));
        } else if (!work.batch->empty()) {
            TRY_VOID(writer_.append(tx, *work.batch, work.epoch, work.run));
        }
        return work.rows ? work.rows(tx) : Status();
    };
    Status status = write();
    if (!status) {
        writer_.undo_append();
        if (!work.past) void_until_[work.guild] = work.generation + 1;
    }
    return status;
}

void Journal::Impl::submit(std::shared_ptr<Work> work, Done done) {
    base::Shard& shard = shard_of(work->guild);
    shard.expect_output();
    store::WriteJob job;
    job.admit = [this, work]() -> Status {
        const auto voided = void_until_.find(work->guild);
        if (voided != void_until_.end() && work->generation < voided->second) {
            return protocol::make_http_error(503);
        }
        return {};
    };
    job.savepoint = work->rows || work->first || work->run || work->incoming;
    job.run = [this, work](store::Tx& tx) {
        work->ran = true;
        return run(tx, *work);
    };
    const auto caller = std::this_thread::get_id();
    job.done = [this, work, caller, &shard, done = std::move(done)](Status status) mutable {
        const bool refused = !status && !work->ran && std::this_thread::get_id() == caller;
        if (refused)
            find(work->guild)->decided = work->before;
        else if (!status && !work->past)
            void_until_[work->guild] = std::max(void_until_[work->guild], work->generation + 1);
        boost::asio::post(shard.io(),
                          [this,
                           &shard,
                           work,
                           refused,
                           status = std::move(status),
                           done = std::move(done)]() mutable {
                              auto outcome =
                                  refused ? Result<Receipt>(status.error()) : settle(*work, status);
                              shard.output_came();
                              if (done) done(std::move(outcome));
                          });
    };
    deps_.db.write(std::move(job));
}

Result<Receipt> Journal::Impl::settle(Work& work, const Status& status) {
    Host* host = find(work.guild);
    // A mirror whose beginning was not stored.
    if (!host) return status ? protocol::make_error(protocol::kUnknownGuild) : status.error();
    if (!status) {
        // Nothing was decided on a fill.
        if (!work.past && host->generation == work.generation) {
            host->decided = host->committed;
            ++host->generation;
        }
        return status.error();
    }
    if (!work.past) host->committed = work.after;
    tell_as_new(*host, work);
    publish(work);
    if (host->committed->deleted) {
        fail_waiting(*host, protocol::make_error(protocol::kUnknownGuild));
        // Nobody asks for what it held any more.
        auto husk = std::make_shared<protocol::GuildState>();
        husk->guild.id = work.guild;
        husk->guild.uid = host->committed->guild.uid;
        husk->deleted = true;
        host->decided = host->committed = std::move(husk);
    }
    return Receipt(work.batch, work.run ? work.run->receipt : std::string());
}

void Journal::Impl::publish(Work& work) {
    if (work.quiet) {
        GuildChange change{.kind = GuildChange::Kind::filled, .guild = work.guild};
        change.log_id = work.incoming->log_id;
        for (const Committed& entry : *work.batch) {
            if (const auto* created = std::get_if<protocol::MessageCreated>(&entry.event))
                change.last_message = std::max(change.last_message, created->message.id);
        }
        return publish(std::move(change));
    }
    if (work.past) return;
    if (!work.batch->empty()) {
        base::Shard& shard = shard_of(work.guild);
        const View& view = *deps_.views[shard.index()];
        for (Committed& entry : *work.batch) deps_.presenter.present(entry, view);
        deps_.bus.publish(shard, work.batch);
    }
    // Behind the last event stand entries that say nothing here: nobody came, and the state is the
    // control log's further on.
    const GuildSnapshot& told = work.batch->empty() ? work.before : work.batch->back().after;
    if (work.incoming && told->control_size != work.after->control_size)
        publish({.kind = GuildChange::Kind::members, .guild = work.guild, .after = work.after});
}

Task<Result<Receipt>> Journal::Impl::write(std::shared_ptr<Work> work) {
    co_return co_await await_callback<Result<Receipt>>(
        [&](auto done) { submit(std::move(work), std::move(done)); });
}

Task<Status> Journal::Impl::write_rows(base::Shard& here,
                                       store::UniqueFunction<Status(store::Tx&)> rows,
                                       RowsHow how) {
    co_return co_await await_callback<Status>([&](auto done) {
        store::WriteJob job;
        job.run = std::move(rows);
        job.savepoint = how.savepoint;
        job.can_wait = how.can_wait;
        job.done = [&here, done = std::move(done)](Status s) mutable {
            boost::asio::post(here.io(), [s = std::move(s), done = std::move(done)]() mutable {
                done(std::move(s));
            });
        };
        deps_.db.write(std::move(job));
    });
}

Journal::Journal(Deps deps, const Identity& identity)
    : deps_(deps), impl_(std::make_unique<Impl>(deps_, identity)) {}

Journal::~Journal() = default;

const protocol::GuildState* Journal::decided(GuildId guild) const {
    const Host* host = impl_->find(guild);
    const bool gone = !host || host->decided->deleted || host->role == GuildRole::left;
    return gone ? nullptr : host->decided.get();
}

Task<std::uint64_t> Journal::new_id(GuildId guild) {
    base::Shard& shard = deps_.shards.of(guild);
    for (;;) {
        Host* host = impl_->find(guild);
        CHECK(host != nullptr);
        if (auto id = host->ids.next(deps_.clock.unix_ms(), deps_.rng.next_u16())) {
            co_return id->value;
        }
        co_await shard.timers().sleep_until(deps_.clock.now() + std::chrono::milliseconds(1));
    }
}

Task<Result<Receipt>> Journal::commit(GuildId guild, Decision decision) {
    Host* host = impl_->find(guild);
    if (!host || host->decided->deleted) co_return protocol::make_error(protocol::kUnknownGuild);
    if (host->role != GuildRole::hosted || host->paused) co_return hosted_elsewhere(*host);
    CHECK(!decision.events.empty());
    auto run = run_of(decision);
    if (!run) co_return run.error();
    auto work = impl_->decide(guild, *host, decision);
    work->run = std::move(*run);
    co_return co_await impl_->write(std::move(work));
}

Task<Result<Receipt>> Journal::create_guild(GuildId guild, Decision decision) {
    const auto* created = std::get_if<protocol::GuildCreated>(&decision.events.at(0));
    CHECK(created != nullptr);
    if (impl_->find(guild)) co_return protocol::make_error(protocol::kInvalidGuild);
    auto empty = std::make_shared<protocol::GuildState>();
    empty->guild = created->guild;
    Host& host = impl_->add(guild, std::move(empty));
    // The ids of its first roles and channels were made before there was an allocator.
    for (const Event& event : decision.events) {
        if (const auto* role = std::get_if<protocol::RoleCreated>(&event))
            host.ids.observe(protocol::id_cast<protocol::Snowflake>(role->role.id));
        if (const auto* channel = std::get_if<protocol::ChannelCreated>(&event))
            host.ids.observe(protocol::id_cast<protocol::Snowflake>(channel->channel.id));
    }
    auto work = impl_->decide(guild, host, decision);
    work->first = true;
    auto receipt = co_await impl_->write(std::move(work));
    // Nobody heard of a guild whose first entries were not stored.
    if (!receipt) impl_->remove(guild);
    co_return receipt;
}

Task<Status> Journal::store(base::Shard& here, Change change) {
    auto notices = std::make_shared<const std::vector<Notice>>(std::move(change.notices));
    const RowsHow how{.can_wait = change.can_wait};
    const Status status = co_await impl_->write_rows(here, std::move(change.rows), how);
    if (status && !notices->empty()) deps_.bus.publish(here, notices);
    co_return status;
}

void Journal::notify(base::Shard& here, std::vector<Notice> notices) {
    deps_.bus.publish(here, std::make_shared<const std::vector<Notice>>(std::move(notices)));
}

void Journal::load_guild(const LoadedGuild& loaded) {
    Host& host = impl_->add(loaded.state->guild.id, loaded.state);
    host.epoch = loaded.epoch;
    host.ids.observe(protocol::Snowflake(loaded.last_id));
    host.last_ts_ms = loaded.last_ts_ms;
    host.role = loaded.role;
    host.complete = loaded.complete;
}

}  // namespace guildhall::journal
