#include "node/journal/rebuild.h"

#include "node/store/projections/project.h"
#include "node/store/tables/entries.h"
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
            next_ += chunk_.size();
        }
        return at_ < chunk_.size() ? &chunk_[at_] : nullptr;
    }
    void pop() { ++at_; }

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

    Status run() {
        TRY(auto guilds, entries::hosted(source_));
        for (const auto& g : guilds) {
            TRY(auto logs, entries::logs_of(source_, g.guild));
            for (const auto& log : logs) total_ += log.size;
        }
        for (const auto& g : guilds) TRY_VOID(guild(g.guild));
        return purge();
    }

  private:
    Status guild(GuildId id) {
        TRY(auto logs, entries::logs_of(source_, id));
        std::vector<Cursor> others;
        std::vector<Cursor> control;
        for (const auto& log : logs) {
            auto& list = log.log_id == protocol::kControlLog ? control : others;
            list.emplace_back(source_, log);
        }
        if (control.empty()) return protocol::make_error(0, "a guild has no control log");
        for (std::uint64_t seen = 1;; ++seen) {
            TRY(const auto* entry, control.front().peek());
            if (!entry) return {};
            TRY_VOID(project(id, *entry));
            control.front().pop();
            for (Cursor& log : others) TRY_VOID(project_while(id, log, seen));
        }
    }

    /// Entries that were decided when the control log had `seen` entries.
    Status project_while(GuildId id, Cursor& log, std::uint64_t seen) {
        for (;;) {
            TRY(const auto* entry, log.peek());
            if (!entry || entry->header.control_seq > seen) return {};
            TRY_VOID(project(id, *entry));
            log.pop();
        }
    }

    Status project(GuildId id, const entries::EntryRow& entry) {
        if (++done_ % 10000 == 0) progress_(done_, total_);
        if (entry.body.empty()) return store::project_dropped(target_, entry.header);
        const auto bytes = federation::event_of_body(entry.body);
        if (!bytes) return protocol::make_error(0, "an entry's body is damaged");
        TRY(auto event, protocol::decode_event(bytes->text()));
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
    std::uint64_t done_ = 0, total_ = 0;
};

}  // namespace

Status replay(Tx& source, Tx& target, Progress progress) {
    return Replay(source, target, progress).run();
}

Status rebuild(Tx& tx, Progress progress) {
    TRY_VOID(store::clear_projections(tx));
    return replay(tx, tx, progress);
}

}  // namespace guildhall::journal
