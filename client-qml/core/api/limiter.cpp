#include "client-qml/core/api/limiter.h"

#include <algorithm>

namespace guildhall::client {

namespace {
/// A node's clock and ours tick apart a little; what it says ends now ends a moment later.
constexpr qint64 kSlackMs = 20;
/// Nobody waits longer on a header; a wrong one would else silence a channel for years.
constexpr qint64 kResetMaxMs = 3'600'000;
}  // namespace

Limiter::Limiter(int calls_per_second) : calls_per_second_(std::max(1, calls_per_second)) {}

QString Limiter::lane(const RouteKey& key) const {
    return buckets_.value(key.route, key.route) + u'|' + key.major;
}

qint64 Limiter::wait_ms(const QString& lane, qint64 now_ms) {
    const auto found = windows_.find(lane);
    if (found == windows_.end()) return 0;
    Window& window = *found;
    if (window.ends_ms != 0 && now_ms >= window.ends_ms) {
        window.remaining = window.limit;
        window.ends_ms = 0;
    }
    qint64 wait = std::max<qint64>(0, window.blocked_until_ms - now_ms);
    if (window.ends_ms != 0 && window.remaining <= 0) {
        wait = std::max(wait, window.ends_ms - now_ms);
    }
    return wait;
}

qint64 Limiter::global_wait_ms(qint64 now_ms) {
    while (!recent_.empty() && recent_.front() <= now_ms - 1'000) recent_.pop_front();
    qint64 wait = std::max<qint64>(0, global_until_ms_ - now_ms);
    if (int(recent_.size()) >= calls_per_second_) {
        wait = std::max(wait, recent_.front() + 1'000 - now_ms);
    }
    return wait;
}

void Limiter::sent(const QString& lane, qint64 now_ms) {
    if (windows_.size() >= kKeysMax) forget(now_ms);
    Window& window = windows_[lane];
    ++window.under_way;
    --window.remaining;
    recent_.push_back(now_ms);
}

void Limiter::answered(const RouteKey& key,
                       const QString& lane,
                       const LimitNews& news,
                       qint64 now_ms) {
    lost(lane);
    if (!news.bucket.isEmpty() && (buckets_.size() < kKeysMax || buckets_.contains(key.route))) {
        buckets_[key.route] = news.bucket;
    }
    if (news.global) {
        global_until_ms_ = std::max(global_until_ms_,
                                    now_ms + std::min(news.retry_after_ms, kResetMaxMs) + kSlackMs);
        return;
    }
    Window& window = windows_[this->lane(key)];
    if (news.limit) window.limit = std::max(1, *news.limit);
    if (news.remaining && news.reset_after_ms > 0) {
        // What else is under way is not in the node's count yet.
        window.remaining = *news.remaining - window.under_way;
        window.ends_ms = now_ms + std::min(news.reset_after_ms, kResetMaxMs) + kSlackMs;
    }
    if (news.retry_after_ms > 0) {
        window.blocked_until_ms = now_ms + std::min(news.retry_after_ms, kResetMaxMs) + kSlackMs;
    }
}

void Limiter::lost(const QString& lane) {
    const auto found = windows_.find(lane);
    if (found != windows_.end() && found->under_way > 0) --found->under_way;
}

bool Limiter::is_busy(const QString& lane) const { return windows_.value(lane).under_way > 0; }

void Limiter::forget(qint64 now_ms) {
    windows_.removeIf([&](const auto& entry) {
        const Window& window = entry.value();
        return window.under_way == 0 && window.ends_ms <= now_ms &&
               window.blocked_until_ms <= now_ms;
    });
}

}  // namespace guildhall::client
