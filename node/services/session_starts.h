#pragma once
// SessionStarts: how often bots begin gateway sessions: a thousand a day, and one per five seconds
// and concurrency bucket. Told by GET /gateway/bot, enforced by the gateway. One per node, owned by
// node/app; safe from any thread.

#include "node/base/rate_limit.h"
#include "protocol/ids.h"
#include "protocol/limits.h"

#include <chrono>
#include <cstdint>

namespace guildhall::services {

class SessionStarts {
  public:
    static constexpr std::uint32_t kMaxConcurrency = 1;

    struct Left {
        std::uint32_t total = 0, remaining = 0;
        std::int64_t reset_after_ms = 0;
    };

    /// Not `enabled`: nothing is counted and everything is allowed (load tests).
    SessionStarts(base::Clock& clock, std::uint64_t seed, bool enabled)
        : limiter_(clock, seed, 1 << 12), enabled_(enabled) {}

    Left left(protocol::UserId bot) const {
        const base::RateVerdict v = limiter_.peek(day_key(bot), kDay);
        return {kDay.limit, enabled_ ? v.remaining : kDay.limit, v.reset_after_ms};
    }
    /// False when the bot has to wait.
    bool take(protocol::UserId bot, std::uint32_t shard) {
        if (!enabled_) return true;
        const std::uint64_t bucket = bot.value * 31 + shard % kMaxConcurrency + 1;
        return limiter_.take(bucket, kWindow).allowed && limiter_.take(day_key(bot), kDay).allowed;
    }

  private:
    static constexpr base::RateRule kDay{protocol::limits::kIdentifiesPerDay,
                                         std::chrono::hours(24)};
    static constexpr base::RateRule kWindow{
        1, std::chrono::milliseconds(protocol::limits::kIdentifyWindowMs)};
    static std::uint64_t day_key(protocol::UserId bot) { return bot.value * 31; }

    base::RateLimiter limiter_;
    const bool enabled_;
};

}  // namespace guildhall::services
