#include "node/base/rate_limit.h"

#include "protocol/check.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace guildhall::base {
namespace {

/// The finalizer of splitmix64: every bit of the key reaches every bit of the place.
std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

std::int64_t ceil_ms(Nanos left) { return (left.count() + 999'999) / 1'000'000; }

}  // namespace

RateLimiter::RateLimiter(Clock& clock, std::uint64_t seed, std::size_t buckets_max)
    : clock_(clock),
      seed_(seed),
      set_mask_(std::bit_ceil(std::max<std::size_t>(buckets_max / kWays, 1)) - 1),
      // calloc gives zero pages that cost nothing until a bucket in them is used; all zero is the
      // state of a free bucket.
      buckets_(static_cast<Bucket*>(std::calloc((set_mask_ + 1) * kWays, sizeof(Bucket))),
               [](Bucket* buckets) { std::free(buckets); }),
      locks_(kLocks) {
    CHECK(buckets_ != nullptr);
}

RateLimiter::~RateLimiter() = default;

RateVerdict RateLimiter::take(std::uint64_t key, const RateRule& rule, std::uint32_t cost) {
    const std::size_t set = set_of(key);
    const std::lock_guard lock(locks_[set % kLocks]);
    const Nanos now = clock_.now();
    Bucket* bucket = find(set, key, now);
    if (bucket == nullptr) {
        bucket = &claim(set, key);
        *bucket = {key, now + rule.window, 0};
    }
    const bool fits = cost <= rule.limit && bucket->used <= rule.limit - cost;
    if (fits) bucket->used += cost;
    RateVerdict result = verdict(bucket, rule, now);
    result.allowed = fits;
    return result;
}

RateVerdict RateLimiter::peek(std::uint64_t key, const RateRule& rule) const {
    const std::size_t set = set_of(key);
    const std::lock_guard lock(locks_[set % kLocks]);
    const Nanos now = clock_.now();
    return verdict(find(set, key, now), rule, now);
}

void RateLimiter::reset(std::uint64_t key) {
    const std::size_t set = set_of(key);
    const std::lock_guard lock(locks_[set % kLocks]);
    if (Bucket* bucket = find(set, key, clock_.now())) *bucket = {};
}

std::size_t RateLimiter::set_of(std::uint64_t key) const { return mix(key ^ seed_) & set_mask_; }

RateLimiter::Bucket* RateLimiter::find(std::size_t set, std::uint64_t key, Nanos now) const {
    Bucket* const ways = &buckets_[set * kWays];
    for (std::size_t i = 0; i < kWays; ++i) {
        if (ways[i].key == key && ways[i].window_end > now) return &ways[i];
    }
    return nullptr;
}

RateLimiter::Bucket& RateLimiter::claim(std::size_t set, std::uint64_t key) {
    // An ended window of the same key first, or it would shadow the new one; then whatever ends
    // first, which is an ended one while there is any.
    Bucket* const ways = &buckets_[set * kWays];
    const auto same =
        std::find_if(ways, ways + kWays, [&](const Bucket& b) { return b.key == key; });
    if (same != ways + kWays) return *same;
    return *std::min_element(ways, ways + kWays, [](const Bucket& a, const Bucket& b) {
        return a.window_end < b.window_end;
    });
}

RateVerdict RateLimiter::verdict(const Bucket* bucket, const RateRule& rule, Nanos now) const {
    const std::uint32_t used = bucket ? std::min(bucket->used, rule.limit) : 0;
    const Nanos left = bucket ? bucket->window_end - now : rule.window;
    RateVerdict result;
    result.allowed = used < rule.limit;
    result.limit = rule.limit;
    result.remaining = rule.limit - used;
    result.reset_after_ms = ceil_ms(left);
    result.reset_ms = clock_.unix_ms() + result.reset_after_ms;
    return result;
}

}  // namespace guildhall::base
