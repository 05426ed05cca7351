#pragma once
// Feed: what one peer follows of the guilds that this node hosts, how far it was sent each log, and
// which logs have more for it. A place in a log costs nothing while nothing happens there: what is
// to be sent is read from the store when its turn comes, so that a peer that stopped for a month
// and one that is a millisecond behind differ in a number.
//
// Owned by Serving while the link is open, and by the pump that runs for it; on the shard of
// peering.

#include "federation/frame.h"
#include "federation/policy.h"
#include "node/peering/context.h"
#include "node/peering/host/log_reading.h"
#include "node/peering/link/inbound.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace guildhall::peering {

/// Where a peer stands in a log.
struct FeedCursor {
    /// Entries below were put on the link; below `acked` they are durable there.
    std::uint64_t sent = 0, acked = 0;
    /// In one of the feed's queues.
    bool is_queued = false;
    /// `acked` is not stored yet.
    bool is_dirty = false;
};

/// A guild that a peer follows.
struct Subscription {
    Hash32 guild_uid{};
    /// Tells it from the one before of the same guild.
    std::uint64_t number = 0;
    std::map<std::uint64_t, FeedCursor> logs;
    /// The peer has nobody there any more: it gets the control log up to here, and a purge.
    std::optional<std::uint64_t> ends_at;
    std::uint8_t purge_reason = 0;
};

/// All guilds of a node at once when it comes back, and a few now and then.
inline constexpr federation::Rate kSubscribes{2'000, 20, std::chrono::seconds(1)};

struct Feed {
    Feed(std::shared_ptr<Peer> to, Nanos now) : peer(std::move(to)), subscribes(kSubscribes, now) {}

    FeedCursor* find(const LogRef& log) {
        return const_cast<FeedCursor*>(std::as_const(*this).find(log));
    }
    const FeedCursor* find(const LogRef& log) const {
        const auto guild = guilds.find(log.guild);
        if (guild == guilds.end()) return nullptr;
        const auto at = guild->second.logs.find(log.log_id);
        return at == guild->second.logs.end() ? nullptr : &at->second;
    }

    const std::shared_ptr<Peer> peer;
    bool is_open = true;
    bool is_pumping = false;
    federation::TokenBucket subscribes;
    /// Subscriptions that wait for the one before; they hold the peer's credit.
    std::deque<std::pair<Inbound, federation::frames::Subscribe>> asks;
    bool is_answering = false;
    std::map<protocol::GuildId, Subscription> guilds;

    // What is to be sent, in this order: control logs, for mirrors hold back what was decided under
    // control entries that they lack; the beginnings of logs; logs that just grew; logs that are
    // further behind, in turn. A log is in one of them at most, so that they are bounded by the
    // logs that the peer follows.
    std::deque<LogRef> control;
    std::deque<std::pair<LogRef, federation::Append>> openings;
    std::deque<LogRef> fresh, behind;
};

}  // namespace guildhall::peering
