#pragma once
// Rate limits of the API: which buckets a call counts against, and the headers that say so. Owned
// by the Dispatcher; safe from any thread.

#include "node/base/http/request.h"
#include "node/base/http/response.h"
#include "node/base/rate_limit.h"
#include "node/rest/route.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace guildhall::rest {

/// Whom an address counts as: a whole /56 in IPv6.
std::uint64_t address_key(const base::http::Request& request);

class Limits {
  public:
    /// `enabled` false answers no header and refuses nothing (load tests).
    Limits(base::Clock& clock, std::uint64_t seed, bool enabled);

    /// Who is counted: a user's id, or the hash of an address where nobody is logged in.
    struct Caller {
        std::uint64_t key = 0;
        bool is_user = false;
    };

    struct Verdict {
        bool allowed = true;
        bool global = false;
        base::RateVerdict bucket;
    };
    Verdict take(const Route& route, std::uint64_t major, const Caller& caller);

    /// Counts answers that clients should have known better than to provoke (401, 403, 429); false
    /// when the address has had too many and is refused for a while.
    bool take_invalid(std::uint64_t address_key);
    bool is_refused(std::uint64_t address_key) const;

    /// X-RateLimit-*; with a refusal also Retry-After, scope and Via (without which discord.py
    /// takes a 429 for a ban by a proxy).
    void write_headers(base::http::Response& response,
                       const Route& route,
                       const Verdict& verdict) const;
    /// The whole 429.
    base::http::Response refusal(const Route& route, const Verdict& verdict) const;

  private:
    const bool enabled_;
    base::RateLimiter buckets_;
    base::RateLimiter globals_;
    mutable base::RateLimiter invalid_;
};

}  // namespace guildhall::rest
