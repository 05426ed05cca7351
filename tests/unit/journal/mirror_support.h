#pragma once
// Two kinds of nodes for tests of mirrors: journals over databases in memory, without services; and
// the way of entries from one to the other, verified as a node does it, without a link. One thread.

#include "federation/mirror_log.h"
#include "node/base/rng.h"
#include "node/journal/identity.h"
#include "node/journal/journal.h"
#include "node/journal/verify.h"
#include "node/store/inline_sqlite_db.h"
#include "node/store/tables/entries.h"
#include "tests/support/loop.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::tests {

class JournalNode {
  public:
    /// A fresh node, or one that starts again with what a database held.
    explicit JournalNode(std::uint64_t seed, std::string_view image = {});
    ~JournalNode() { loop.run(); }
    JournalNode(const JournalNode&) = delete;
    JournalNode& operator=(const JournalNode&) = delete;

    template <class T>
    T run(base::Task<T> task) {
        return loop.wait(std::move(task), std::chrono::milliseconds(5));
    }
    /// Starts it and lets it wait.
    template <class T>
    void begin(base::Task<T> task, std::optional<T>& out) {
        auto work = [](base::Task<T> t, std::optional<T>& to) -> base::Task<void> {
            to.emplace(co_await std::move(t));
        };
        loop.shard().spawn("test", work(std::move(task), out));
        loop.run();
    }

    void know_user(const protocol::SharedUser& user) {
        views.front()->load_notice(journal::UserChanged{user});
    }
    protocol::GuildId make_guild(protocol::UserId owner);
    protocol::Result<journal::Receipt> commit(
        protocol::GuildId guild,
        std::vector<protocol::Event> events,
        std::shared_ptr<const federation::SignedCommand> command = {});
    std::uint64_t new_id(protocol::GuildId guild) { return run(journal.new_id(guild)); }
    const protocol::GuildState& state(protocol::GuildId guild) const {
        return **views.front()->guild(guild);
    }

    store::Status write(store::UniqueFunction<store::Status(store::Tx&)> work);
    journal::VerifyReport verify();
    void rebuild();
    /// All rows that follow from the logs, and the logs, as text.
    std::string projections();
    std::string logs();
    std::vector<store::entries::LogRow> log_rows(protocol::GuildId guild);

    struct Recorder final : journal::Subscriber {
        void on_committed(const journal::Committed& entry) override { entries.push_back(entry); }
        void on_guild(const journal::GuildChange& change) override { changes.push_back(change); }
        /// What sessions were told: names and bodies, one a line.
        std::string told() const;

        std::vector<journal::Committed> entries;
        std::vector<journal::GuildChange> changes;
    };

    Loop loop;
    base::SeededRng rng;
    std::unique_ptr<store::InlineSqliteDb> db;
    journal::Bus bus;
    std::vector<std::unique_ptr<journal::View>> views;
    Recorder recorder;
    std::unique_ptr<journal::Identity> identity;
    /// Says all that a dispatch may depend on: the event's bytes, and the guild before and after.
    struct Presenter final : journal::Presenter {
        void present(journal::Committed& entry, const journal::View&) const override;
    };
    Presenter presenter;
    journal::Journal journal;

  private:
    void load();
};

/// What a link carries, and the checks of the receiving side.
class Follower {
  public:
    Follower(JournalNode& host, protocol::GuildId guild) : host_(host), guild_(guild) {}

    /// The snapshot that the host would send now, and the mirror's journal begun with it.
    void join(JournalNode& mirror, bool complete = true);
    /// The last `count` entries of a log that is not held, as a reader's history.
    void open_log(JournalNode& mirror, std::uint64_t log_id, std::uint64_t count);
    /// Everything that is new in the logs that are followed, in `order` of log ids; the logs of all
    /// channels when it is empty. At most `limit` entries of each.
    void sync(JournalNode& mirror,
              std::vector<std::uint64_t> order = {},
              std::uint64_t limit = 512);
    /// Entries [from, from + count) of the past.
    protocol::Status fill(JournalNode& mirror,
                          std::uint64_t log_id,
                          std::uint64_t from,
                          std::uint64_t count);
    /// Reads the logs' ends from the mirror's rows, as after its restart.
    void restart(JournalNode& mirror);
    /// One batch as the journal takes it; nothing when nothing is new.
    std::optional<journal::MirrorBatch> next(std::uint64_t log_id, std::uint64_t limit);
    std::vector<std::uint64_t> all_logs();

    std::map<std::uint64_t, federation::MirrorLog> logs;

  private:
    std::vector<journal::MirrorEntry> read(std::uint64_t log_id,
                                           std::uint64_t from,
                                           std::uint64_t count);
    std::string frontier(std::uint64_t log_id, std::uint64_t size);
    federation::Hash32 uid() const;

    JournalNode& host_;
    protocol::GuildId guild_;
};

}  // namespace guildhall::tests
