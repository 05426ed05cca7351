#include "tests/sim/checks.h"

#include "federation/snapshot.h"
#include "federation/visibility.h"
#include "node/journal/verify.h"
#include "node/store/tables/entries.h"
#include "node/store/wait.h"

#include <map>
#include <vector>

namespace guildhall::sim {
namespace {

using store::entries::LogRow;
namespace json = boost::json;

std::map<std::uint64_t, LogRow> logs_of(tests::FedNode& node, protocol::GuildId guild) {
    std::map<std::uint64_t, LogRow> out;
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto rows, store::entries::logs_of(tx, guild));
        for (LogRow& row : rows) out.emplace(row.log_id, std::move(row));
        return {};
    });
    return out;
}

std::map<std::uint64_t, std::string> headers_of(tests::FedNode& node, const LogRow& row) {
    std::map<std::uint64_t, std::string> out;
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) {
        return store::entries::walk(
            tx, row.log, row.log_id, 0, [&](const store::entries::EntryRow& entry) {
                out.emplace(entry.header.seq, federation::encode(entry.header));
                return true;
            });
    });
    return out;
}

std::string log_name(tests::FedNode& node, std::uint64_t log_id) {
    return "log " + std::to_string(log_id) + " of " + node.name();
}

/// All messages of a channel as its host gives them to the owner, oldest first.
std::vector<std::pair<std::string, std::string>> messages_of(People& people,
                                                             const std::string& channel) {
    std::vector<std::pair<std::string, std::string>> out;
    std::string before;
    for (;;) {
        const auto page =
            people.host().ok(People::Method::get,
                             "/api/v10/channels/" + channel + "/messages?limit=100" + before,
                             people.owner().person);
        for (const json::value& m : page.as_array()) {
            out.emplace_back(m.at("id").as_string(), m.at("content").as_string());
        }
        if (page.as_array().size() < 100) break;
        before = "&before=" + out.back().first;
    }
    return {out.rbegin(), out.rend()};
}

}  // namespace

std::string still_missing(People& people, tests::FedNodes& world) {
    const protocol::GuildState* truth = people.host().guild(people.guild());
    if (!truth) return "the host has no guild";
    const auto root = federation::state_root(*truth);
    const auto there = logs_of(people.host(), people.guild());
    for (std::size_t i = 1; i < world.size(); ++i) {
        tests::FedNode& node = world[i];
        const protocol::GuildState* state = node.guild(people.guild());
        if (!state) return node.name() + " has no guild";
        if (federation::state_root(*state) != root) return node.name() + " is in another state";
        const auto here = logs_of(node, people.guild());
        for (const auto& [log_id, row] : there) {
            if (!federation::may_have(*truth, node.uid().text(), log_id)) continue;
            const auto mine = here.find(log_id);
            const std::uint64_t size = mine == here.end() ? 0 : mine->second.size;
            if (size == row.size) continue;
            return log_name(node, log_id) + " has " + std::to_string(size) + " of " +
                   std::to_string(row.size);
        }
    }
    return {};
}

std::string check_logs(People& people, tests::FedNodes& world) {
    const auto there = logs_of(people.host(), people.guild());
    std::map<std::uint64_t, std::map<std::uint64_t, std::string>> truth;
    for (const auto& [log_id, row] : there) truth[log_id] = headers_of(people.host(), row);
    for (std::size_t i = 1; i < world.size(); ++i) {
        for (const auto& [log_id, row] : logs_of(world[i], people.guild())) {
            const auto& host = truth[log_id];
            for (const auto& [seq, header] : headers_of(world[i], row)) {
                const auto at = host.find(seq);
                if (at == host.end()) {
                    return log_name(world[i], log_id) + " has an entry that the host has not";
                }
                if (at->second != header) {
                    return log_name(world[i], log_id) + " differs at " + std::to_string(seq);
                }
            }
        }
    }
    return {};
}

std::string check_ledger(People& people) {
    std::vector<std::string> channels = people.channels();
    channels.push_back(people.vault());
    for (const std::string& channel : channels) {
        const auto wrong = people.ledger().check(channel, messages_of(people, channel));
        if (!wrong.empty()) return "channel " + channel + ": " + wrong;
    }
    return {};
}

std::string check_secrets(People& people, tests::FedNodes& world) {
    const std::uint64_t vault = std::stoull(people.vault());
    for (std::size_t i = 1; i < world.size(); ++i) {
        if (logs_of(world[i], people.guild()).contains(vault)) {
            return world[i].name() + " has the log of a channel that nobody there may see";
        }
        if (world[i].db->image().find(People::kSecret) != std::string::npos) {
            return world[i].name() + " holds a text of a channel that nobody there may see";
        }
    }
    return {};
}

std::string check_stores(tests::FedNodes& world) {
    const std::vector<store::Migration> migrations = store::schema::migrations();
    for (std::size_t i = 0; i < world.size(); ++i) {
        auto scratch = store::InlineSqliteDb::open(migrations);
        if (!scratch) return "no scratch database";
        std::string wrong;
        const auto done = store::read_and_wait(*world[i].db, [&](store::Tx& data) {
            return store::write_and_wait(**scratch, [&](store::Tx& tx) -> protocol::Status {
                TRY(auto report,
                    journal::verify(data, tx, world[i].core().identity, [](auto&&...) {}));
                if (report.fault_count != 0) wrong = report.faults.front();
                return {};
            });
        });
        if (!done) return world[i].name() + " cannot be verified: " + done.error().message;
        if (!wrong.empty()) return world[i].name() + ": " + wrong;
    }
    return {};
}

}  // namespace guildhall::sim
