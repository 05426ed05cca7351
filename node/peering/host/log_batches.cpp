#include "node/peering/host/log_batches.h"

#include "protocol/errors.h"

#include <utility>

namespace guildhall::peering {

using protocol::Result;

namespace {

// Batches that are given again are what just was committed, a few entries each: 256 of at most
// 16 KiB are all that a busy node has under way, and 4 MiB.
constexpr std::size_t kRecentMax = 256;
constexpr std::size_t kRecentBytesMax = 16 * 1024;
// A reading waits for the store's queue, which refuses what it cannot take.
constexpr base::Nanos kReadingMax = std::chrono::seconds(30);

/// Erases the rows from `first` on that belong together.
template <class Map, class Key, class Belongs>
void erase_run(Map& map, const Key& first, Belongs belongs) {
    for (auto at = map.lower_bound(first); at != map.end() && belongs(*at);) at = map.erase(at);
}

}  // namespace

base::Task<Result<SharedLogBatch>> LogBatches::get(federation::Hash32 guild_uid,
                                                   LogRef log,
                                                   std::uint64_t from,
                                                   std::uint64_t until) {
    const Place place{log, from, until};
    if (const auto known = recent_.find(place); known != recent_.end()) co_return known->second;
    std::shared_ptr<Reading>& under_way = readings_[place];
    if (!under_way) {
        under_way = std::make_shared<Reading>();
        std::shared_ptr<Reading> mine = under_way;
        co_await read(guild_uid, place, mine);
        co_return mine->result;
    }
    std::shared_ptr<Reading> theirs = under_way;
    const auto deadline = base::Deadline::after(ctx_.clock, kReadingMax);
    std::function<void(base::Wake)> start = [theirs](base::Wake wake) {
        theirs->waits.push_back(std::move(wake));
    };
    (void)co_await base::wait_until_woken(ctx_.here, deadline, std::move(start));
    if (!theirs->is_done) co_return store::unavailable("a reading takes too long");
    co_return theirs->result;
}

base::Task<void> LogBatches::read(federation::Hash32 guild_uid,
                                  Place place,
                                  std::shared_ptr<Reading> into) {
    auto work = [guild_uid, place](store::Tx& tx) -> Result<LogBatch> {
        const auto& [log, from, until] = place;
        return read_batch(tx, guild_uid, log, from, until);
    };
    auto found = co_await store::read(ctx_.db, std::move(work));
    settle(place, into, std::move(found));
}

void LogBatches::settle(const Place& place,
                        const std::shared_ptr<Reading>& reading,
                        Result<LogBatch> found) {
    if (found) {
        keep(ctx_, std::get<LogRef>(place), std::exchange(found->made, {}));
        reading->result = std::make_shared<const LogBatch>(std::move(*found));
    } else {
        reading->result = found.error();
    }
    reading->is_done = true;
    // Not there any more when the log grew meanwhile: then it is not to be given again.
    const auto at = readings_.find(place);
    if (at != readings_.end() && at->second == reading) {
        readings_.erase(at);
        if (reading->result) remember(place, *reading->result);
    }
    for (const base::Wake& wake : reading->waits) wake();
    reading->waits.clear();
}

void LogBatches::read_ahead(std::vector<Want> wants) {
    std::erase_if(wants, [&](const Want& want) {
        const Place place{want.log, want.from, kWholeLog};
        return recent_.contains(place) || readings_.contains(place);
    });
    if (wants.size() < 2) return;
    std::vector<std::shared_ptr<Reading>> into;
    for (const Want& want : wants) {
        into.push_back(std::make_shared<Reading>());
        readings_[Place{want.log, want.from, kWholeLog}] = into.back();
    }
    ctx_.here.spawn("read ahead", read_all(std::move(wants), std::move(into)));
}

base::Task<void> LogBatches::read_all(std::vector<Want> wants,
                                      std::vector<std::shared_ptr<Reading>> into) {
    auto work = [&wants](store::Tx& tx) -> Result<std::vector<Result<LogBatch>>> {
        std::vector<Result<LogBatch>> out;
        out.reserve(wants.size());
        for (const Want& want : wants)
            out.push_back(read_batch(tx, want.guild_uid, want.log, want.from, kWholeLog));
        return out;
    };
    auto found = co_await store::read(ctx_.db, std::move(work));
    for (std::size_t i = 0; i < wants.size(); ++i) {
        const Place place{wants[i].log, wants[i].from, kWholeLog};
        settle(place, into[i], found ? std::move((*found)[i]) : Result<LogBatch>(found.error()));
    }
}

void LogBatches::remember(const Place& place, SharedLogBatch batch) {
    if (!batch->is_last() || batch->is_empty() || batch->cost > kRecentBytesMax) return;
    if (recent_.size() >= kRecentMax) recent_.clear();
    recent_.insert_or_assign(place, std::move(batch));
}

void LogBatches::forget(const LogRef& log) {
    const auto is_of = [&](const auto& row) { return std::get<LogRef>(row.first) == log; };
    erase_run(recent_, Place{log, 0, 0}, is_of);
    erase_run(readings_, Place{log, 0, 0}, is_of);
}

void LogBatches::forget(protocol::GuildId guild) {
    const auto is_of = [&](const auto& row) { return std::get<LogRef>(row.first).guild == guild; };
    erase_run(recent_, Place{LogRef{guild, 0}, 0, 0}, is_of);
    erase_run(readings_, Place{LogRef{guild, 0}, 0, 0}, is_of);
}

}  // namespace guildhall::peering
