#include "node/peering/mirror/backfill.h"

#include "node/peering/mirror/mirrors.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// A reader waits no longer; what comes later is there the next time.
constexpr Nanos kReaderLimit = 5s;
// A host sends the heads of all logs when it is subscribed to.
constexpr Nanos kHeadLimit = 1s;
// Entries of one step: a page of messages and what was done with them.
constexpr std::uint64_t kBackfillStep = 100;

using Page = store::messages::Page;

/// So many messages below a place must be held without a hole.
struct Need {
    std::int64_t below = 0;
    unsigned count = 0;
};

Need need_of(const Page& page) {
    constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    const auto anchor = static_cast<std::int64_t>(page.anchor.value);
    switch (page.from) {
        case Page::From::newest:
            return {kAll, page.limit};
        case Page::From::before:
            return {anchor, page.limit};
        case Page::From::around:
            return {anchor + 1, page.limit / 2 + 1};
        case Page::From::after:
            return {anchor == kAll ? kAll : anchor + 1, 1};
    }
    CHECK(false);
}

}  // namespace

MirrorBackfill::MirrorBackfill(Context& ctx, Mirrors& mirrors) : ctx_(ctx), mirrors_(mirrors) {}

Task<void> MirrorBackfill::ensure(base::Shard& here, protocol::ChannelId channel, Page page) {
    auto work = [this, channel, page] { return ensure_here(channel, page); };
    co_await base::on_shard(here, ctx_.here, std::move(work));
}

Task<void> MirrorBackfill::ensure_all(base::Shard& here, protocol::ChannelId channel) {
    auto work = [this, channel] { return ensure_all_here(channel); };
    co_await base::on_shard(here, ctx_.here, std::move(work));
}

Task<FollowedLog*> MirrorBackfill::find_log(std::shared_ptr<Mirror> mirror,
                                            protocol::ChannelId channel) {
    const auto known = [mirror, channel] {
        const FollowedLog* log = mirror->find(channel.value);
        return log && (log->applied > 0 || log->log.head());
    };
    // Without a host nobody says that the log exists.
    if (!known() && mirror->host()) co_await mirror->wait_for(known, kHeadLimit);
    co_return known() ? mirror->find(channel.value) : nullptr;
}

Task<bool> MirrorBackfill::is_enough(protocol::ChannelId channel, std::uint64_t first, Page page) {
    const Need need = need_of(page);
    auto count = [channel, first, need](store::Tx& tx) -> Result<bool> {
        TRY(const unsigned found,
            store::messages::count_below(tx, channel, need.below, first, need.count));
        return found >= need.count;
    };
    const auto enough = co_await store::read(ctx_.db, std::move(count));
    // What cannot be read cannot be shown either: no reason to wait.
    co_return !enough || *enough;
}

Task<void> MirrorBackfill::ensure_here(protocol::ChannelId channel, Page page) {
    const auto mirror = mirrors_.find(ctx_.view.guild_of(channel));
    if (!mirror || mirror->is_over()) co_return;
    const auto deadline = base::Deadline::after(ctx_.clock, kReaderLimit);
    FollowedLog* log = co_await find_log(mirror, channel);
    while (log && !mirror->is_over() && !deadline.has_passed(ctx_.clock)) {
        if (log->applied > 0) {
            if (log->first == 0 || co_await is_enough(channel, log->first, page)) co_return;
        } else if (log->log.head()->head.size == 0) {
            co_return;
        }
        if (!co_await mirrors_.past().extend(mirror, channel.value, kBackfillStep)) co_return;
    }
}

Task<void> MirrorBackfill::ensure_all_here(protocol::ChannelId channel) {
    const auto mirror = mirrors_.find(ctx_.view.guild_of(channel));
    if (!mirror || mirror->is_over() || !co_await find_log(mirror, channel)) co_return;
    if (running_.insert(channel.value).second)
        ctx_.here.spawn("history", run_channel(mirror, channel.value));
    const auto done = [this, channel] { return !running_.contains(channel.value); };
    co_await mirror->wait_for(done, kReaderLimit);
}

Task<void> MirrorBackfill::run_channel(std::shared_ptr<Mirror> mirror, std::uint64_t log_id) {
    co_await mirrors_.past().complete(mirror, log_id);
    running_.erase(log_id);
    mirror->on_progress();
}

void MirrorBackfill::fetch_all(const std::shared_ptr<Mirror>& mirror) {
    const auto state = mirror->current();
    const std::string own(ctx_.identity.uid.text());
    if (!state ||
        std::ranges::find(state->hosting.successors, own) == state->hosting.successors.end())
        return;
    if (running_.insert(mirror->guild().value).second) ctx_.here.spawn("history", run_all(mirror));
}

Task<void> MirrorBackfill::run_all(std::shared_ptr<Mirror> mirror) {
    std::vector<std::uint64_t> ids;
    mirror->for_each_log([&](std::uint64_t id, const FollowedLog&) { ids.push_back(id); });
    for (const std::uint64_t id : ids) {
        if (mirror->is_over()) break;
        // What stopped goes on when the mirror is live again.
        if (!co_await mirrors_.past().complete(mirror, id)) continue;
    }
    running_.erase(mirror->guild().value);
}

}  // namespace guildhall::peering
