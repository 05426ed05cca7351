#include "node/journal/journal.h"

#include "federation/id_allocator.h"
#include "node/base/timer.h"
#include "node/journal/log_writer.h"
#include "node/store/tables/entries.h"
#include "protocol/check.h"
#include "protocol/errors.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <optional>
#include <thread>
#include <unordered_map>

namespace guildhall::journal {
namespace {

federation::Hash32 uid_of(const protocol::GuildState& state) {
    const auto uid = federation::Hash32::from(std::string_view(state.guild.uid));
    CHECK(uid.has_value());
    return *uid;
}

/// What a guild's own shard keeps beside the View.
struct Host {
    explicit Host(GuildSnapshot state)
        : decided(state), committed(std::move(state)), ids(uid_of(*decided)) {}

    GuildSnapshot decided, committed;
    /// Raised when decisions fail: those made on what failed carry the old number and fail too.
    std::uint64_t generation = 0;
    std::uint64_t epoch = 0;
    federation::IdAllocator ids;
    UnixMs last_ts_ms = 0;
};

/// Turns `start(done)`, which calls `done` later on the same shard, into something to await.
template <class T, class Start>
Task<T> await_callback(Start start) {
    co_return co_await boost::asio::
        async_initiate<const boost::asio::use_awaitable_t<base::Executor>, void(T)>(
            [&start](auto handler) { start(std::move(handler)); }, base::kUseTask);
}

}  // namespace

class Journal::Impl {
  public:
    Impl(Deps& deps, const Identity& identity)
        : deps_(deps), writer_(identity, deps.clock, deps.rng), hosts_(deps.shards.count()) {
        deps_.db.set_hooks(
            {.before_commit = [this](store::Tx& tx) { return writer_.sign_heads(tx); },
             .after_batch = [this](const Status& s) { writer_.batch_done(s.has_value()); }});
    }

    Host* find(GuildId guild) {
        auto& mine = hosts_[guild.value % hosts_.size()];
        const auto at = mine.find(guild);
        return at == mine.end() ? nullptr : &at->second;
    }
    Host& add(GuildId guild, GuildSnapshot state) {
        auto& mine = hosts_[guild.value % hosts_.size()];
        return mine.insert_or_assign(guild, Host(std::move(state))).first->second;
    }

    void remove(GuildId guild) { hosts_[guild.value % hosts_.size()].erase(guild); }

    /// Applies the events to the decided state and lists them as entries to be.
    std::shared_ptr<Batch> decide(GuildId guild, Host& host, Decision& decision);

    template <class Done>
    void submit(GuildId guild,
                std::shared_ptr<Batch> batch,
                Decision& decision,
                std::uint64_t generation,
                bool first,
                Done done);

    Result<Receipt> settle(GuildId guild,
                           const std::shared_ptr<Batch>& batch,
                           std::uint64_t generation,
                           const Status& status);

  private:
    /// When a batch was decided, and whether it is its guild's first.
    struct Turn {
        std::uint64_t generation, epoch;
        bool first;
    };

    Status run(store::Tx& tx, GuildId guild, Batch& batch, Decision& decision, const Turn& turn);

    Deps& deps_;
    LogWriter writer_;
    /// By shard; each map is touched by its shard alone once the shards run.
    std::vector<std::unordered_map<GuildId, Host>> hosts_;
    /// Writer thread: decisions of generations below these are void.
    std::unordered_map<GuildId, std::uint64_t> void_until_;
};

std::shared_ptr<Batch> Journal::Impl::decide(GuildId guild, Host& host, Decision& decision) {
    auto batch = std::make_shared<Batch>();
    batch->reserve(decision.events.size());
    // Not below the ids in use: what is loaded after a restart takes them from the newest stamp.
    host.last_ts_ms = std::max({host.last_ts_ms, deps_.clock.unix_ms(), host.ids.last_unix_ms()});
    for (Event& event : decision.events) {
        Committed& entry = batch->emplace_back();
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
    return batch;
}

Status Journal::Impl::run(
    store::Tx& tx, GuildId guild, Batch& batch, Decision& decision, const Turn& turn) {
    const auto work = [&]() -> Status {
        if (turn.first) {
            const protocol::GuildState& state = *batch.front().after;
            TRY_VOID(store::entries::put_hosting(tx,
                                                 {.guild = guild,
                                                  .uid = state.guild.uid,
                                                  .epoch = turn.epoch,
                                                  .host_uid = state.hosting.hostUid,
                                                  .host_name = state.hosting.hostName}));
        }
        TRY_VOID(writer_.append(tx, batch, turn.epoch));
        return decision.rows ? decision.rows(tx) : Status();
    };
    Status status = work();
    if (!status) {
        writer_.undo_append();
        void_until_[guild] = turn.generation + 1;
    }
    return status;
}

template <class Done>
void Journal::Impl::submit(GuildId guild,
                           std::shared_ptr<Batch> batch,
                           Decision& decision,
                           std::uint64_t generation,
                           bool first,
                           Done done) {
    const Turn turn{generation, find(guild)->epoch, first};
    base::Shard& shard = deps_.shards.of(guild);
    shard.expect_output();
    // Whether the writer reached it; read after it was written, on the thread that wrote it.
    auto ran = std::make_shared<bool>(false);
    store::WriteJob job;
    job.admit = [this, guild, generation]() -> Status {
        const auto voided = void_until_.find(guild);
        if (voided != void_until_.end() && generation < voided->second) {
            return protocol::make_http_error(503);
        }
        return {};
    };
    job.savepoint = static_cast<bool>(decision.rows) || first;
    job.run = [this, guild, batch, ran, d = std::move(decision), turn](store::Tx& tx) mutable {
        *ran = true;
        return run(tx, guild, *batch, d, turn);
    };
    const auto caller = std::this_thread::get_id();
    job.done = [this, guild, batch, ran, generation, caller, &shard, done = std::move(done)](
                   Status status) mutable {
        const bool refused = !status && !*ran && std::this_thread::get_id() == caller;
        if (refused)
            find(guild)->decided = batch->front().before;
        else if (!status)
            void_until_[guild] = std::max(void_until_[guild], generation + 1);
        boost::asio::post(shard.io(),
                          [this,
                           &shard,
                           guild,
                           batch,
                           generation,
                           refused,
                           status = std::move(status),
                           done = std::move(done)]() mutable {
                              auto outcome = refused ? Result<Receipt>(status.error())
                                                     : settle(guild, batch, generation, status);
                              shard.output_came();
                              done(std::move(outcome));
                          });
    };
    deps_.db.write(std::move(job));
}

Result<Receipt> Journal::Impl::settle(GuildId guild,
                                      const std::shared_ptr<Batch>& batch,
                                      std::uint64_t generation,
                                      const Status& status) {
    Host* host = find(guild);
    CHECK(host != nullptr);
    if (!status) {
        if (host->generation == generation) {
            host->decided = host->committed;
            ++host->generation;
        }
        return status.error();
    }
    host->committed = batch->back().after;
    base::Shard& shard = deps_.shards.of(guild);
    const View& view = *deps_.views[shard.index()];
    for (Committed& entry : *batch) deps_.presenter.present(entry, view);
    deps_.bus.publish(shard, batch);
    if (host->committed->deleted) {
        // Nobody asks for what it held any more.
        auto husk = std::make_shared<protocol::GuildState>();
        husk->guild.id = guild;
        husk->guild.uid = host->committed->guild.uid;
        husk->deleted = true;
        host->decided = host->committed = std::move(husk);
    }
    return Receipt(batch, 0, batch->size());
}

Journal::Journal(Deps deps, const Identity& identity)
    : deps_(deps), impl_(std::make_unique<Impl>(deps_, identity)) {}

Journal::~Journal() = default;

const protocol::GuildState* Journal::decided(GuildId guild) const {
    const Host* host = impl_->find(guild);
    return host && !host->decided->deleted ? host->decided.get() : nullptr;
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
    CHECK(!decision.events.empty());
    const std::uint64_t generation = host->generation;
    auto batch = impl_->decide(guild, *host, decision);
    co_return co_await await_callback<Result<Receipt>>([&](auto done) {
        impl_->submit(guild, std::move(batch), decision, generation, false, std::move(done));
    });
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
    auto batch = impl_->decide(guild, host, decision);
    auto receipt = co_await await_callback<Result<Receipt>>([&](auto done) {
        impl_->submit(guild, std::move(batch), decision, 0, true, std::move(done));
    });
    // Nobody heard of a guild whose first entries were not stored.
    if (!receipt) impl_->remove(guild);
    co_return receipt;
}

Task<Status> Journal::store(base::Shard& here, Change change) {
    auto notices = std::make_shared<const std::vector<Notice>>(std::move(change.notices));
    const Status status = co_await await_callback<Status>([&](auto done) {
        store::WriteJob job;
        job.run = std::move(change.rows);
        job.done = [&here, done = std::move(done)](Status s) mutable {
            boost::asio::post(here.io(), [s = std::move(s), done = std::move(done)]() mutable {
                done(std::move(s));
            });
        };
        deps_.db.write(std::move(job));
    });
    if (status && !notices->empty()) deps_.bus.publish(here, notices);
    co_return status;
}

void Journal::notify(base::Shard& here, std::vector<Notice> notices) {
    deps_.bus.publish(here, std::make_shared<const std::vector<Notice>>(std::move(notices)));
}

void Journal::load_guild(GuildSnapshot state,
                         std::uint64_t epoch,
                         std::uint64_t last_id,
                         UnixMs last_ts_ms) {
    const GuildId guild = state->guild.id;
    Host& host = impl_->add(guild, std::move(state));
    host.epoch = epoch;
    host.ids.observe(protocol::Snowflake(last_id));
    host.last_ts_ms = last_ts_ms;
}

}  // namespace guildhall::journal
