#include "node/journal/rebuild.h"

#include "federation/entry_check.h"
#include "node/journal/load.h"
#include "node/store/projections/project.h"
#include "node/store/projections/project_partial.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/opaque.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>
#include <set>
#include <utility>
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

/// Kinds of entries that an older version could not read, and whose turn it is now.
class Readable {
  public:
    explicit Readable(const std::vector<store::opaque::Opaque>& rows) {
        for (const auto& row : rows) {
            if (row.log_id == protocol::kControlLog && !is_whole(row))
                half_known_.insert(row.guild);
        }
    }

    /// What a control log did can only be done in its turn: once all of that log is here, and
    /// known.
    bool has(const store::opaque::Opaque& row) const {
        return row.log_id == protocol::kControlLog ? !is_half_known(row.guild)
                                                   : protocol::is_known(row.kind);
    }
    bool is_half_known(GuildId guild) const { return half_known_.contains(guild); }

  private:
    static bool is_whole(const store::opaque::Opaque& row) {
        return protocol::is_known(row.kind) && row.first == 0;
    }

    std::set<GuildId> half_known_;
};

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
    /// `reads_all`: what was opaque, too, where it can be read now.
    Replay(Tx& source, Tx& target, Progress progress, bool reads_all)
        : source_(source), target_(target), progress_(progress), reads_all_(reads_all) {}

    /// Reads what only the source's own projections say: before they are emptied, where it is also
    /// the target.
    Status prepare() {
        TRY(auto opaque, store::opaque::all(source_));
        const Readable readable(opaque);
        std::set<GuildId> half_known;
        for (const auto& row : opaque) {
            const bool is_read = readable.has(row) && (reads_all_ || row.was_read);
            (is_read ? late_ : opaque_).emplace(row.log, row.kind);
            if (!is_read && row.log_id == protocol::kControlLog) half_known.insert(row.guild);
        }
        TRY(auto rows, store::hosting::all(source_));
        for (const auto& row : rows) {
            Guild& guild = guilds_.emplace_back();
            guild.id = row.guild;
            TRY(guild.logs, entries::logs_of(source_, row.guild));
            for (const auto& log : guild.logs) {
                total_ += log.size - log.first;
                // Where the control log does not say everything, the rows do.
                guild.is_half_known = half_known.contains(row.guild);
                const bool is_told = log.first == 0 && !guild.is_half_known;
                if (log.log_id != protocol::kControlLog || is_told) continue;
                TRY(guild.state, load_state(source_, row.guild));
                if (!guild.state) TRY_VOID(read_deleted(guild));
            }
        }
        return {};
    }

    Status run() {
        for (const Guild& g : guilds_) TRY_VOID(guild(g));
        if (reads_all_) TRY_VOID(note_late());
        return purge();
    }

  private:
    /// Of the entries of one log.
    using Kind = std::pair<store::LogKey, protocol::EventKind>;

    struct Guild {
        GuildId id;
        std::vector<entries::LogRow> logs;
        /// Of a mirror whose control log's past is not here: it began with a snapshot.
        protocol::GuildSnapshot state;
        /// In place of the state, where the guild was deleted: its last settings' bytes.
        std::string deleted;
        /// Its control log has entries that stay opaque.
        bool is_half_known = false;
    };

    Status note_late() {
        for (const auto& [log, kind] : late_) {
            TRY_VOID(failed_.contains({log, kind}) ? store::opaque::note_read(target_, log, kind)
                                                   : store::opaque::forget(target_, log, kind));
        }
        return {};
    }

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
        if (control.front().log().first > 0 || g.is_half_known) return from_snapshot(g, others);
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
        const Kind key(log.log().log, entry.header.kind);
        if (!entry.body.empty() && (opaque_.contains(key) || !protocol::is_known(key.second)))
            return {};
        if (entry.body.empty())
            return holes ? Status() : store::project_dropped(target_, entry.header);
        const auto bytes = federation::event_of_body(entry.body);
        if (!bytes) return protocol::make_error(0, "an entry's body is damaged");
        // Nobody could look into what was opaque when it came.
        const bool is_late = late_.contains(key);
        auto read = protocol::decode_event(
            bytes->text(), is_late ? protocol::BytesFrom::others : protocol::BytesFrom::store);
        const bool is_of_log = read && federation::check_header(entry.header, *read).text.empty();
        if (is_late) {
            if (is_of_log) return project_late(id, entry, key, *read, holes);
            failed_.insert(key);
            return {};
        }
        TRY(const auto event, std::move(read));
        if (holes) return store::project_partial(target_, entry.header, event);
        return store::project(target_, id, entry.header, event);
    }

    /// Nobody judged it. What cannot be projected stays in the log alone, as before.
    Status project_late(GuildId id,
                        const entries::EntryRow& entry,
                        const Kind& kind,
                        const protocol::Event& event,
                        bool holes) {
        TRY_VOID(target_.script("SAVEPOINT late"));
        const Status done = holes ? store::project_partial(target_, entry.header, event)
                                  : store::project(target_, id, entry.header, event);
        if (!done) {
            failed_.insert(kind);
            TRY_VOID(target_.script("ROLLBACK TO SAVEPOINT late"));
        }
        return target_.script("RELEASE SAVEPOINT late");
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
    const bool reads_all_;
    std::vector<Guild> guilds_;
    /// Kinds whose entries are not projected, those that are now and were not, and of these, those
    /// with an entry that still is not.
    std::set<Kind> opaque_, late_, failed_;
    std::uint64_t done_ = 0, total_ = 0;
};

}  // namespace

Status replay(Tx& source, Tx& target, Progress progress) {
    Replay replay(source, target, progress, false);
    TRY_VOID(replay.prepare());
    return replay.run();
}

Status rebuild(Tx& tx, Progress progress) {
    Replay replay(tx, tx, progress, true);
    TRY_VOID(replay.prepare());
    TRY_VOID(store::clear_projections(tx));
    return replay.run();
}

Result<bool> knows_more(Tx& tx) {
    TRY(const auto opaque, store::opaque::all(tx));
    const Readable readable(opaque);
    return std::ranges::any_of(opaque,
                               [&](const auto& row) { return readable.has(row) && !row.was_read; });
}

}  // namespace guildhall::journal
