#include "node/peering/host/egress.h"

#include "federation/limits.h"
#include "protocol/errors.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

using federation::TrafficClass;

namespace {

/// What must be free in the link's queue for a log that is behind: a quarter of it may be the past.
constexpr std::size_t kRoomOfPast = federation::limits::kClasses[1].queue / 4 * 3;
/// Logs that are read together: enough for a commit of a busy host, few enough that the first of
/// them does not wait for the last.
constexpr std::size_t kAheadMax = 16;
/// The store cannot read now.
constexpr base::Nanos kSendAgain = std::chrono::seconds(1);

std::optional<LogRef> take(std::deque<LogRef>& queue) {
    if (queue.empty()) return std::nullopt;
    const LogRef log = queue.front();
    queue.pop_front();
    return log;
}

void queue(Feed& feed, FeedCursor& cursor, const LogRef& log, bool is_fresh) {
    if (std::exchange(cursor.is_queued, true)) return;
    if (log.log_id == protocol::kControlLog)
        feed.control.push_back(log);
    else
        (is_fresh ? feed.fresh : feed.behind).push_back(log);
}

}  // namespace

void Egress::mark(const std::shared_ptr<Feed>& feed, const LogRef& log, bool is_fresh) {
    FeedCursor* cursor = feed->find(log);
    if (!cursor) return;
    queue(*feed, *cursor, log, is_fresh);
    wake(feed);
}

void Egress::open(const std::shared_ptr<Feed>& feed,
                  const LogRef& log,
                  federation::Append opening) {
    feed->openings.emplace_back(log, std::move(opening));
    wake(feed);
}

void Egress::wake(const std::shared_ptr<Feed>& feed) {
    if (std::exchange(feed->is_pumping, true)) return;
    // Not at once: the caller may be in the middle of a batch of entries.
    ctx_.here.post([this, feed] { ctx_.here.spawn("egress", pump(feed)); });
}

base::Task<void> Egress::pump(std::shared_ptr<Feed> feed) {
    while (feed->is_open) {
        bool goes_on = true;
        if (const auto control = take(feed->control)) {
            goes_on = co_await send_next(feed, *control);
        } else if (!feed->openings.empty()) {
            goes_on = co_await send_opening(feed);
        } else if (!feed->fresh.empty()) {
            look_ahead(*feed);
            const auto fresh = take(feed->fresh);
            goes_on = co_await send_next(feed, *fresh);
        } else if (const auto behind = take(feed->behind)) {
            goes_on = co_await send_next(feed, *behind);
        } else {
            break;
        }
        if (!goes_on) break;
    }
    feed->is_pumping = false;
}

/// What one commit brought to several logs is one look into the store.
void Egress::look_ahead(const Feed& feed) {
    if (feed.fresh.size() < 2) return;
    std::vector<LogBatches::Want> wants;
    for (const LogRef& log : feed.fresh) {
        const auto guild = feed.guilds.find(log.guild);
        const FeedCursor* cursor = feed.find(log);
        if (!cursor || guild->second.ends_at) continue;
        wants.push_back({guild->second.guild_uid, log, cursor->sent});
        if (wants.size() == kAheadMax) break;
    }
    batches_.read_ahead(std::move(wants));
}

base::Task<bool> Egress::send_opening(std::shared_ptr<Feed> feed) {
    auto [log, opening] = std::move(feed->openings.front());
    feed->openings.pop_front();
    const std::size_t cost = cost_of(opening);
    const bool has_room = co_await feed->peer->until_room(TrafficClass::live, cost);
    if (!has_room) co_return false;
    // The peer may have lost it, or begun anew, while this waited.
    const FeedCursor* cursor = feed->find(log);
    if (!cursor || cursor->sent != opening.firstSeq + opening.entries.size()) co_return true;
    metrics_.batches.add();
    metrics_.entries.add(opening.entries.size());
    co_return feed->peer->send(std::move(opening));
}

base::Task<bool> Egress::send_next(std::shared_ptr<Feed> feed, LogRef log) {
    FeedCursor* cursor = feed->find(log);
    if (!cursor) co_return true;
    cursor->is_queued = false;
    const Subscription& guild = feed->guilds.at(log.guild);
    std::uint64_t until = kWholeLog;
    if (guild.ends_at) until = *guild.ends_at;
    auto batch = co_await batches_.get(guild.guild_uid, log, cursor->sent, until);
    if (!batch) {
        co_await fail(feed, log, batch.error());
        co_return feed->peer->is_open();
    }
    co_return co_await send_batch(feed, log, *batch);
}

base::Task<bool> Egress::send_batch(std::shared_ptr<Feed> feed, LogRef log, SharedLogBatch batch) {
    const auto known = feed->guilds.find(log.guild);
    if (known == feed->guilds.end()) co_return true;
    const std::uint64_t number = known->second.number;
    if (!batch->is_empty()) {
        const std::size_t room =
            batch->is_last() ? batch->cost : std::max(batch->cost, kRoomOfPast);
        const bool has_room = co_await feed->peer->until_room(TrafficClass::live, room);
        if (!has_room) co_return false;
    }
    // All of it may be another by now: then the queue has it again.
    const auto guild = feed->guilds.find(log.guild);
    FeedCursor* cursor = feed->find(log);
    if (!cursor || guild->second.number != number || cursor->sent != batch->append.firstSeq)
        co_return true;
    if (!batch->is_empty()) {
        if (!feed->peer->send(batch->append)) {
            if (!feed->peer->is_open()) co_return false;
            ctx_.log.error("federation",
                           "an entry is too large for a link",
                           {{"guild", log.guild.value}, {"log", log.log_id}});
            guild->second.logs.erase(log.log_id);
            co_return true;
        }
        cursor->sent = batch->end;
        metrics_.batches.add();
        metrics_.entries.add(batch->append.entries.size());
    }
    const std::optional<std::uint64_t> ends_at = guild->second.ends_at;
    if (ends_at && log.log_id == protocol::kControlLog &&
        (cursor->sent >= *ends_at || batch->is_last())) {
        owner_->on_all_sent(feed, log.guild);
    } else if (!batch->is_last()) {
        queue(*feed, *cursor, log, false);
    }
    co_return true;
}

base::Task<void> Egress::fail(std::shared_ptr<Feed> feed, LogRef log, protocol::Error error) {
    const auto guild = feed->guilds.find(log.guild);
    if (protocol::http_status(error) == 404) {
        // What the peer has ends in a hole of ours: it finds others that have more.
        ctx_.log.warn("federation",
                      "a peer follows a log beyond what is held here",
                      {{"guild", log.guild.value}, {"log", log.log_id}});
        if (guild == feed->guilds.end()) co_return;
        const bool is_leaving = guild->second.ends_at.has_value();
        guild->second.logs.erase(log.log_id);
        if (is_leaving && log.log_id == protocol::kControlLog) owner_->on_all_sent(feed, log.guild);
        co_return;
    }
    ctx_.log.warn("federation", "a log cannot be read now", {{"guild", log.guild.value}});
    co_await ctx_.here.timers().sleep_for(kSendAgain);
    if (FeedCursor* cursor = feed->find(log)) queue(*feed, *cursor, log, false);
}

}  // namespace guildhall::peering
