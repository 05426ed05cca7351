#include "tests/sim/checks.h"

#include "federation/snapshot.h"
#include "federation/visibility.h"
#include "node/journal/verify.h"
#include "node/store/wait.h"
#include "tests/sim/archive.h"

#include <algorithm>
#include <vector>

namespace guildhall::sim {
namespace {

/// Added to the key of a log that is put where it does not belong.
constexpr int kForeignKey = 1'000'000;

std::string log_name(tests::FedNode& node, std::uint64_t log_id) {
    return "log " + std::to_string(log_id) + " of " + node.name();
}

bool is_heir(People& people, std::size_t node) {
    const auto& heirs = people.seats().heirs();
    return std::ranges::find(heirs, node) != heirs.end();
}

/// Logs that the host has and the node, which may, has not all of.
std::string still_missing_logs(People& people, tests::FedNode& node) {
    const protocol::GuildState& truth = *people.host().guild(people.guild());
    const auto here = logs_of(node, people.guild());
    for (const auto& [log_id, row] : logs_of(people.host(), people.guild())) {
        if (!federation::may_have(truth, node.uid().text(), log_id)) continue;
        const auto mine = here.find(log_id);
        const std::uint64_t size = mine == here.end() ? 0 : mine->second.size;
        if (size == row.size) continue;
        return log_name(node, log_id) + " has " + std::to_string(size) + " of " +
               std::to_string(row.size);
    }
    return {};
}

}  // namespace

std::string still_missing(People& people, tests::FedNodes& world) {
    if (!people.host().is_up()) return "the host is down";
    const protocol::GuildState* truth = people.host().guild(people.guild());
    if (!truth) return "the host has no guild";
    const auto root = federation::state_root(*truth);
    for (std::size_t i = 0; i < world.size(); ++i) {
        tests::FedNode& node = world[i];
        if (i == people.seats().host() || !node.is_up()) continue;
        const protocol::GuildState* state = node.guild(people.guild());
        if (!federation::may_have(*truth, node.uid().text(), federation::kControlLog)) {
            if (state) return node.name() + " has the guild, and nobody there is a member";
            continue;
        }
        if (!state) return node.name() + " has no guild";
        if (federation::state_root(*state) != root) return node.name() + " is in another state";
        if (auto missing = still_missing_logs(people, node); !missing.empty()) return missing;
    }
    return {};
}

std::string check_logs(People& people, tests::FedNodes& world) {
    std::map<std::uint64_t, std::map<std::uint64_t, federation::EntryHeader>> truth;
    for (const auto& [log_id, row] : logs_of(people.host(), people.guild()))
        truth[log_id] = headers_of(people.host(), row);
    for (std::size_t i = 0; i < world.size(); ++i) {
        if (i == people.seats().host() || !world[i].is_up()) continue;
        for (const auto& [log_id, row] : logs_of(world[i], people.guild())) {
            const auto& host = truth[log_id];
            for (const auto& [seq, header] : headers_of(world[i], row)) {
                const auto at = host.find(seq);
                if (at == host.end()) {
                    return log_name(world[i], log_id) + " has an entry that the host has not";
                }
                if (federation::encode(at->second) != federation::encode(header)) {
                    return log_name(world[i], log_id) + " differs at " + std::to_string(seq);
                }
            }
        }
    }
    return {};
}

namespace {

/// As if the host had it otherwise.
void spoil_texts(Ledger& ledger, const std::string& channel, Texts& kept, Plant plant) {
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const std::uint64_t number = number_of(kept[i].second);
        if (number == 0 || ledger.at(number).posted != Known::done) continue;
        if (plant == Plant::stale_text) kept[i].second = "m" + std::to_string(number) + " old";
        if (plant == Plant::lost_message && !ledger.at(number).deleted) {
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
            return;
        }
    }
    if (plant != Plant::undone_delete) return;
    for (const auto& [number, said] : ledger.all()) {
        if (said.channel == channel && said.deleted == Known::done)
            return kept.emplace_back(said.id, said.texts.front()), void();
    }
}

}  // namespace

std::string check_ledger(People& people, Plant plant) {
    for (const std::string& channel : people.all_channels()) {
        Texts kept = texts_of(people.host(), channel);
        spoil_texts(people.ledger(), channel, kept, plant);
        const auto wrong = people.ledger().check(channel, kept);
        if (!wrong.empty()) return "channel " + channel + ": " + wrong;
    }
    return {};
}

std::string check_secrets(People& people, tests::FedNodes& world) {
    const Past past = past_of(people.host(), world[0], people.guild());
    if (auto wrong = people.hearings().check(past); !wrong.empty()) return wrong;
    for (std::size_t i = 1; i < world.size(); ++i) {
        if (i == people.seats().host() || !world[i].is_up()) continue;
        if (auto wrong = check_held(past, world[i], people.guild()); !wrong.empty()) return wrong;
        if (is_heir(people, i)) continue;
        if (world[i].db->image().find(People::kSecret) != std::string::npos) {
            return world[i].name() + " holds a text of a channel that nobody there may see";
        }
    }
    return {};
}

std::string check_stores(tests::FedNodes& world) {
    const std::vector<store::Migration> migrations = store::schema::migrations();
    for (std::size_t i = 0; i < world.size(); ++i) {
        if (!world[i].is_up()) continue;
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

void spoil_stores(People& people, tests::FedNodes& world, Plant plant) {
    tests::FedNode& mirror = world[world.size() - 1];
    (void)store::write_and_wait(*mirror.db, [&](store::Tx& tx) -> protocol::Status {
        if (plant == Plant::altered_entry)
            return tx.run(
                "UPDATE entries SET ts_ms = ts_ms + 1 WHERE kind = (SELECT max(kind) "
                "FROM entries)");
        if (plant == Plant::altered_table) return tx.run("UPDATE messages SET author = author + 1");
        return {};
    });
    if (plant != Plant::leaked_log) return;
    const auto logs = logs_of(people.host(), people.guild());
    const auto vault = logs.find(std::stoull(people.vault()));
    if (vault == logs.end()) return;
    LogRow row = vault->second;
    row.log += kForeignKey;
    (void)store::write_and_wait(*mirror.db,
                                [&](store::Tx& tx) { return store::entries::put_log(tx, row); });
}

}  // namespace guildhall::sim
