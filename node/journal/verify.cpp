#include "node/journal/verify.h"

#include "federation/evidence.h"
#include "federation/head.h"
#include "federation/merkle.h"
#include "node/journal/verify_heads.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/gaps.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/opaque.h"
#include "node/store/tables/subtrees.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>
#include <array>

namespace guildhall::journal {
namespace {

namespace entries = store::entries;
namespace gaps = store::gaps;
namespace hosting = store::hosting;
namespace subtrees = store::subtrees;
namespace f = federation;
using protocol::Result;
using protocol::Status;
using store::Row;
using store::Tx;

constexpr std::uint64_t kVerifyChunk = 256;
constexpr std::size_t kFaultsKept = 100;
// Rows in memory at once, of up to half a MiB each.
constexpr unsigned kEvidencePage = 16;

/// The tables that project() writes, each with its columns in key order. Rows of channels that were
/// deleted, and of guilds that were left (role 3), go in steps: they are no part of either side.
constexpr std::array kProjections = {
    std::pair{"guilds", "SELECT id, deleted, data FROM guilds ORDER BY id"},
    std::pair{"roles", "SELECT guild, id, data FROM roles ORDER BY guild, id"},
    std::pair{"channels", "SELECT guild, id, data FROM channels ORDER BY guild, id"},
    std::pair{"members", "SELECT guild, user_id, data FROM members ORDER BY guild, user_id"},
    std::pair{"bans", "SELECT guild, user_id, data FROM bans ORDER BY guild, user_id"},
    std::pair{"invites", "SELECT guild, code, data FROM invites ORDER BY guild, code"},
    std::pair{"guild_commands",
              "SELECT guild, id, data FROM guild_commands ORDER BY guild, application, id"},
    std::pair{"guild_facts",
              "SELECT guild, kind, key, data FROM guild_facts ORDER BY guild, kind, key"},
    std::pair{
        "messages",
        "SELECT channel, id, seq, author, pinned_ms FROM messages WHERE channel NOT IN"
        " (SELECT log FROM purges) AND channel NOT IN (SELECT l.log FROM logs l JOIN hosting h"
        " ON h.guild = l.guild WHERE h.role = 3) ORDER BY channel, id"},
    std::pair{"reactions",
              "SELECT channel, message, emoji_id, emoji_name, user_id FROM reactions"
              " WHERE channel NOT IN (SELECT log FROM purges) AND channel NOT IN"
              " (SELECT l.log FROM logs l JOIN hosting h ON h.guild = l.guild WHERE h.role = 3)"
              " ORDER BY channel, message, emoji_id, emoji_name, user_id"},
    std::pair{
        "attachments",
        "SELECT channel, message, id, hash FROM attachments WHERE channel NOT IN"
        " (SELECT log FROM purges) AND channel NOT IN (SELECT l.log FROM logs l JOIN hosting h"
        " ON h.guild = l.guild WHERE h.role = 3) ORDER BY channel, message, id"},
};
constexpr std::array kColumns = {3, 3, 3, 3, 3, 3, 3, 4, 5, 5, 4};

class Verifier {
  public:
    Verifier(Tx& data, Tx& scratch, const Identity& identity, Progress progress)
        : data_(data), scratch_(scratch), identity_(identity), progress_(progress) {}

    Result<VerifyReport> run() {
        TRY(auto guilds, hosting::all(data_));
        report_.guilds = guilds.size();
        for (const auto& g : guilds) {
            TRY(const auto hosts, GuildHosts::load(data_, g, identity_));
            TRY(auto logs, entries::logs_of(data_, g.guild));
            for (const auto& log : logs) TRY_VOID(check_log(g, hosts, log));
            if (g.role == hosting::Role::frozen)
                report_.notes.push_back("guild " + g.guild.str() +
                                        " is frozen: nothing is added to it");
        }
        TRY_VOID(check_stray_entries());
        TRY_VOID(read_opaque());
        TRY_VOID(read_evidence());
        if (auto replayed = replay(data_, scratch_, progress_); !replayed) {
            fault("the logs cannot be replayed: " + std::string(error_message(replayed.error())));
        } else {
            TRY_VOID(compare_projections());
        }
        return std::move(report_);
    }

  private:
    void fault(std::string what) {
        ++report_.fault_count;
        if (report_.faults.size() < kFaultsKept) report_.faults.push_back(std::move(what));
    }

    static std::string name_of(const entries::LogRow& log) {
        return "guild " + log.guild.str() + " log " + std::to_string(log.log_id);
    }

    /// Entries [from, to) onto the frontier.
    Status check_run(const entries::LogRow& log, std::uint64_t to, f::Frontier& frontier) {
        while (frontier.size() < to) {
            const std::uint64_t count = std::min(kVerifyChunk, to - frontier.size());
            TRY(auto chunk, entries::range(data_, log.log, log.log_id, frontier.size(), count));
            if (chunk.empty()) break;
            for (const auto& entry : chunk) {
                if (entry.header.seq >= to) break;
                check_entry(log, entry, frontier.size());
                TRY_VOID(add_leaf(log, f::leaf_hash(entry.header), frontier));
            }
            if (chunk.back().header.seq >= to) break;
        }
        if (frontier.size() != to) fault(name_of(log) + ": entries are missing or in excess");
        return {};
    }

    /// Subtrees that are stored are what proofs to other nodes are made of.
    Status add_leaf(const entries::LogRow& log, const f::Hash32& leaf, f::Frontier& frontier) {
        Status status;
        frontier.append(leaf, [&](std::uint32_t level, std::uint64_t index, const f::Hash32& hash) {
            if (!status || level < subtrees::kFirstLevel) return;
            const auto stored = subtrees::find(data_, log.log, level, index);
            if (!stored) {
                status = stored.error();
            } else if (*stored && **stored != hash) {
                fault(name_of(log) + ": the stored hash of entries " +
                      std::to_string(index << level) + " to " +
                      std::to_string((index + 1) << level) + " is not theirs");
            }
        });
        return status;
    }

    Status check_log(const hosting::HostingRow& host,
                     const GuildHosts& hosts,
                     const entries::LogRow& log) {
        ++report_.logs;
        TRY(const auto holes, gaps::of_log(data_, log.log));
        f::Frontier frontier;
        for (const gaps::Gap& hole : holes) {
            TRY_VOID(check_run(log, hole.from, frontier));
            auto after = f::Frontier::parse(hole.frontier);
            if (!after || after->size() != hole.to) {
                fault(name_of(log) + ": the frontier after a hole cannot be read");
                return {};
            }
            frontier = std::move(*after);
        }
        if (log.first != (holes.empty() ? 0 : holes.back().to))
            fault(name_of(log) + ": its first entry is not what its holes say");
        TRY_VOID(check_run(log, log.size, frontier));
        if (frontier.serialise() != log.frontier) fault(name_of(log) + ": frontier does not match");
        check_head(host, hosts, log, frontier);
        return {};
    }

    void check_entry(const entries::LogRow& log,
                     const entries::EntryRow& entry,
                     std::uint64_t expected_seq) {
        ++report_.entries;
        const auto where = [&] {
            return name_of(log) + " entry " + std::to_string(entry.header.seq);
        };
        if (entry.header.seq != expected_seq) fault(where() + ": out of sequence");
        if (entry.body.empty()) {
            ++report_.dropped_bodies;
        } else if (f::body_hash(entry.body) != entry.header.body_hash) {
            fault(where() + ": body does not match its hash");
        }
    }

    void check_head(const hosting::HostingRow& host,
                    const GuildHosts& hosts,
                    const entries::LogRow& log,
                    const f::Frontier& frontier) {
        const auto head = f::decode_signed_head(log.head);
        if (!head) return fault(name_of(log) + ": head cannot be read");
        // A mirror that is catching up has the host's head already.
        const bool ahead = host.role != hosting::Role::hosted && head->head.size > log.size;
        const bool matches =
            head->head.guild_uid.text() == host.uid && head->head.log_id == log.log_id &&
            (ahead || (head->head.size == log.size && head->head.root == frontier.root()));
        if (!matches) fault(name_of(log) + ": head does not match the log");
        switch (hosts.check(*head)) {
            case HeadFinding::holds:
                break;
            case HeadFinding::wrong:
                return fault(name_of(log) + ": head's signature does not hold");
            case HeadFinding::unknown_signer:
                return fault(name_of(log) + ": nobody knows the key of the host of its head");
        }
    }

    Status read_opaque() {
        TRY(const auto rows, store::opaque::all(data_));
        std::uint64_t unknown = 0;
        std::uint64_t late = 0;
        for (const auto& row : rows) (protocol::is_known(row.kind) ? late : unknown) += row.entries;
        if (unknown > 0)
            report_.notes.push_back(std::to_string(unknown) +
                                    " entries of kinds this version does not know");
        if (late > 0)
            report_.notes.push_back(std::to_string(late) +
                                    " entries of kinds an older version did not know");
        return {};
    }

    Status read_evidence() {
        for (std::int64_t last = 0;;) {
            TRY(const auto rows, store::evidence::after(data_, last, kEvidencePage));
            if (rows.empty()) return {};
            last = rows.back().id;
            for (const auto& row : rows) report_evidence(row);
        }
    }

    void report_evidence(const store::evidence::EvidenceRow& row) {
        // A node's key fork is of no guild.
        const std::string where = row.guild ? "guild " + row.guild.str() : std::string("a node");
        std::string words = row.statements;
        if (row.kind != 0) {
            const auto evidence = f::decode_evidence(f::ByteView(row.statements));
            if (!evidence) return fault(where + ": evidence cannot be read");
            const auto found = f::check(*evidence);
            words =
                found ? *found
                      : "evidence that does not hold: " + std::string(error_message(found.error()));
        }
        report_.notes.push_back(where + ": " + words);
    }

    Status check_stray_entries() {
        return data_.each(
            "SELECT e.log, COUNT(*) FROM entries e LEFT JOIN logs l ON l.log = e.log"
            " LEFT JOIN hosting h ON h.guild = l.guild"
            " WHERE (l.log IS NULL OR e.seq >= l.size OR EXISTS (SELECT 1 FROM gaps g WHERE"
            " g.log = e.log AND e.seq >= g.from_seq AND e.seq < g.to_seq))"
            " AND COALESCE(h.role, 0) <> 3 GROUP BY e.log",
            [&](const Row& row) {
                fault("log " + std::to_string(row.int64(0)) + ": " + std::to_string(row.int64(1)) +
                      " entries beyond its end or where it has none");
            });
    }

    Status compare_projections() {
        for (std::size_t i = 0; i < kProjections.size(); ++i) {
            TRY(auto stored, digest(data_, kProjections[i].second, kColumns[i]));
            TRY(auto replayed, digest(scratch_, kProjections[i].second, kColumns[i]));
            if (stored != replayed) {
                fault(std::string("table ") + kProjections[i].first + " is not what the logs say");
            }
        }
        return {};
    }

    /// A hash over all rows, so that neither side is held in memory.
    static Result<f::Hash32> digest(Tx& tx, std::string_view sql, int columns) {
        f::Hash32 sum{};
        TRY_VOID(tx.each(sql, [&](const Row& row) {
            std::string line;
            for (int c = 0; c < columns; ++c) {
                line += row.text(c);
                line += '\0';
            }
            sum = f::sha256({sum, f::ByteView(line)});
        }));
        return sum;
    }

    Tx& data_;
    Tx& scratch_;
    const Identity& identity_;
    Progress progress_;
    VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verify(Tx& data, Tx& scratch, const Identity& identity, Progress progress) {
    return Verifier(data, scratch, identity, progress).run();
}

}  // namespace guildhall::journal
