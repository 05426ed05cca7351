#pragma once
// RateLimiter: how often a caller may do something, in windows that start with the first call. A
// fixed table of sets with eight places each: memory is bounded, and where strangers fill a set,
// the place whose window ends first is given away. Safe from any thread (a lock per group of sets).

#include "node/base/clock.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace guildhall::base {

struct RateRule {
    std::uint32_t limit = 0;
    Nanos window{0};
};

/// What the headers of the answer say.
struct RateVerdict {
    bool allowed = true;
    std::uint32_t limit = 0;
    std::uint32_t remaining = 0;
    /// When the window ends: Unix milliseconds, and from now (at least 1 while the window runs).
    protocol::UnixMs reset_ms = 0;
    std::int64_t reset_after_ms = 0;
};

class RateLimiter {
  public:
    /// `seed` keys the placement, so that nobody can aim at another's place. Memory is about 32
    /// bytes a bucket, touched only when used.
    RateLimiter(Clock& clock, std::uint64_t seed, std::size_t buckets_max = 1 << 16);
    ~RateLimiter();

    /// Counts `cost` against the bucket `key` (a hash of route bucket, major parameter and caller)
    /// if it fits; a refused call costs nothing.
    RateVerdict take(std::uint64_t key, const RateRule& rule, std::uint32_t cost = 1);
    /// The same numbers without counting.
    RateVerdict peek(std::uint64_t key, const RateRule& rule) const;
    /// Forgets the bucket.
    void reset(std::uint64_t key);

  private:
    struct Bucket {
        std::uint64_t key = 0;
        Nanos window_end{0};
        std::uint32_t used = 0;
    };
    static constexpr std::size_t kWays = 8;
    static constexpr std::size_t kLocks = 64;

    std::size_t set_of(std::uint64_t key) const;
    Bucket* find(std::size_t set, std::uint64_t key, Nanos now) const;
    Bucket& claim(std::size_t set, std::uint64_t key);
    RateVerdict verdict(const Bucket* bucket, const RateRule& rule, Nanos now) const;

    Clock& clock_;
    const std::uint64_t seed_;
    std::size_t set_mask_;
    std::unique_ptr<Bucket[], void (*)(Bucket*)> buckets_;
    mutable std::vector<std::mutex> locks_;
};

}  // namespace guildhall::base
