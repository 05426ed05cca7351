#pragma once
// Limiter: when a call may go out, learnt from what a node's answers say of its rate limits
// (discord-api.md, section 4.4). Owned by Rest; time is told to it, so tests need not wait. Keeps
// at most kKeysMax windows: those that are over are forgotten first.

#include "client-qml/core/api/route.h"

#include <QHash>

#include <deque>
#include <optional>

namespace guildhall::client {

/// The X-RateLimit headers of one answer, and what a 429 adds.
struct LimitNews {
    QString bucket;
    std::optional<int> limit, remaining;
    qint64 reset_after_ms = 0;
    bool global = false;
    /// Of a 429: how long to wait.
    qint64 retry_after_ms = 0;
};

class Limiter {
  public:
    explicit Limiter(int calls_per_second);

    /// Calls of the same lane go out in the order in which they were asked for.
    QString lane(const RouteKey& key) const;
    /// Milliseconds until a call of the lane may go; 0 is now.
    qint64 wait_ms(const QString& lane, qint64 now_ms);
    /// As wait_ms, for everything.
    qint64 global_wait_ms(qint64 now_ms);

    void sent(const QString& lane, qint64 now_ms);
    void answered(const RouteKey& key, const QString& lane, const LimitNews& news, qint64 now_ms);
    /// No answer came: nothing was learnt.
    void lost(const QString& lane);
    bool is_busy(const QString& lane) const;

  private:
    struct Window {
        int limit = 1;
        int remaining = 1;
        qint64 ends_ms = 0;  // 0: not known to be limited
        qint64 blocked_until_ms = 0;
        int under_way = 0;
    };

    void forget(qint64 now_ms);

    static constexpr qsizetype kKeysMax = 4'096;
    int calls_per_second_;
    QHash<QString, QString> buckets_;  // route -> the node's name for its limit
    QHash<QString, Window> windows_;   // by lane
    std::deque<qint64> recent_;        // when calls of the last second went out
    qint64 global_until_ms_ = 0;
};

}  // namespace guildhall::client
