#include "node/journal/rebuild.h"

#include "node/journal/load.h"
#include "node/store/projections/project.h"
#include "node/store/projections/project_partial.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/hosting.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <vector>

namespace guildhall::journal {
namespace {

namespace entries = store::entries;
using protocol::GuildId;
using protocol::Result;
using protocol::Status;
using store::Tx;

// Entries read at a time from one log: a few hundred kilobytes at most.
constexpr std::uint64_t kChunk = 256;

/// Reads one log from its start, a chunk at a time.
class Cursor {
  public:
    Cursor(Tx& tx, const entries::LogRow& log) : tx_(tx), log_(log) {}

    /// The next entry, or null at the end; valid until pop().
    Result<const entries::EntryRow*> peek() {
        if (at_ == chunk_.size()) {
            TRY(auto more, entries::range(tx_, log_.log, log_.log_id, next_, kChunk));
            chunk_ = std::move(more);
            at_ = 0;
            // Where a log has holes, not all numbers are there.
            if (!chunk_.empty()) next_ = chunk_.back().header.seq + 1;
        }
        return at_ < chunk_.size() ? &chunk_[at_] : nullptr;
    }
    void pop() { ++at_; }
    const entries::LogRow& log() const { return log_; }

  private:
    Tx& tx_;
    entries::LogRow log_;
    std::vector<entries::EntryRow> chunk_;
    std::size_t at_ = 0;
    std::uint64_t next_ = 0;
};

class Replay {
  public:
    Replay(Tx& source, Tx& target, Progress progress)
        : source_(source), target_(target), progress_(progress) {}

    /// Reads what only the source's own projections say: before they are emptied, where it is also
    /// the target.
    Status prepare() {
        TRY(auto rows, store::hosting::all(source_));
        for (const auto& row : rows) {
            Guild& guild = guilds_.emplace_back();
            guild.id = row.guild;
            TRY(guild.logs, entries::logs_of(source_, row.guild));
            for (const auto& log : guild.logs) {
                total_ += log.size - log.first;
                if (log.log_id != protocol::kControlLog || log.first == 0) continue;
                TRY(guild.state, load_state(source_, row.guild));
                if (!guild.state) TRY_VOID(read_deleted(guild));
            }
        }
        return {};
    }

    Status run() {
        for (const Guild& g : guilds_) TRY_VOID(guild(g));
        return purge();
    }

  private:
    struct Guild {
        GuildId id;
        std::vector<entries::LogRow> logs;
        /// Of a mirror whose control log's past is not here: it began with a snapshot.
        protocol::GuildSnapshot state;
        /// In place of the state, where the guild was deleted: its last settings' bytes.
        std::string deleted;
    };

    Status read_deleted(Guild& guild) {
        return source_.each(
            "SELECT data FROM guilds WHERE id = $1",
            [&](const store::Row& row) { guild.deleted = row.blob(0); },
            guild.id);
    }

    Status guild(const Guild& g) {
        std::vector<Cursor> others;
        std::vector<Cursor> control;
        for (const auto& log : g.logs) {
            auto& list = log.log_id == protocol::kControlLog ? control : others;
            list.emplace_back(source_, log);
        }
        if (control.empty()) return protocol::make_error(0, "a guild has no control log");
        if (control.front().log().first > 0) return from_snapshot(g, others);
        for (std::uint64_t seen = 1;; ++seen) {
            TRY(const auto* entry, control.front().peek());
            if (!entry) return {};
            TRY_VOID(project(g.id, control.front(), *entry));
            control.front().pop();
            for (Cursor& log : others) TRY_VOID(project_while(g.id, log, seen));
        }
    }

    /// Its state's rows are what they are; its messages follow from the logs.
    Status from_snapshot(const Guild& g, std::vector<Cursor>& logs) {
        if (!g.state) {
            return target_.run("INSERT INTO guilds (id, deleted, data) VALUES ($1, 1, $2)",
                               g.id,
                               store::Blob(g.deleted));
        }
        TRY_VOID(store::put_state(target_, *g.state));
        for (Cursor& log : logs) {
            if (log.log().log_id == protocol::kAdminLog) continue;
            const protocol::ChannelId channel(log.log().log_id);
            if (!g.state->channels.find(channel)) {
                TRY_VOID(
                    target_.run("INSERT INTO purges (log) VALUES ($1) ON CONFLICT (log) DO NOTHING",
                                log.log().log));
            }
            TRY_VOID(project_while(g.id, log, ~std::uint64_t{0}));
        }
        return {};
    }

    /// Entries that were decided when the control log had `seen` entries.
    Status project_while(GuildId id, Cursor& log, std::uint64_t seen) {
        for (;;) {
            TRY(const auto* entry, log.peek());
            if (!entry || entry->header.control_seq > seen) return {};
            TRY_VOID(project(id, log, *entry));
            log.pop();
        }
    }

    Status project(GuildId id, const Cursor& log, const entries::EntryRow& entry) {
        if (++done_ % 10000 == 0) progress_(done_, total_);
        const bool channel =
            log.log().log_id != protocol::kControlLog && log.log().log_id != protocol::kAdminLog;
        const bool holes = channel && log.log().first > 0;
        if (entry.body.empty())
            return holes ? Status() : store::project_dropped(target_, entry.header);
        const auto bytes = federation::event_of_body(entry.body);
        if (!bytes) return protocol::make_error(0, "an entry's body is damaged");
        TRY(auto event, protocol::decode_event(bytes->text()));
        if (holes) return store::project_partial(target_, entry.header, event);
        return store::project(target_, id, entry.header, event);
    }

    Status purge() {
        for (bool finished = false; !finished;) {
            TRY(const bool done, store::purge_step(target_, 10000));
            finished = done;
        }
        return {};
    }

    Tx& source_;
    Tx& target_;
    Progress progress_;
    std::vector<Guild> guilds_;
    std::uint64_t done_ = 0, total_ = 0;
};

}  // namespace

Status replay(Tx& source, Tx& target, Progress progress) {
    Replay replay(source, target, progress);
    TRY_VOID(replay.prepare());
    return replay.run();
}

Status rebuild(Tx& tx, Progress progress) {
    Replay replay(tx, tx, progress);
    TRY_VOID(replay.prepare());
    TRY_VOID(store::clear_projections(tx));
    return replay.run();
}

}  // namespace guildhall::journal
