#pragma once
// LoginLimits: how often the password of one account may be guessed, from however many addresses
// (what one address may do is a limit of its route). Counted by the name that was typed, whether or
// not an account has it, so that the answers tell nothing. A stranger who uses the guesses up keeps
// out, for as long as it goes on, who logs in from a new address; no session that is open, and not
// the owner where a login succeeded before: such an address counts for itself. One per node, owned
// by node/app; safe from any thread; forgets with the process.

#include "node/base/rate_limit.h"

#include <cstdint>
#include <string_view>

namespace guildhall::services {

class LoginLimits {
  public:
    /// A person who mistypes needs a handful; 2,880 guesses a day find no password of eight
    /// characters that is not on the shortest of lists.
    static constexpr base::RateRule kGuesses{20, std::chrono::minutes(10)};

    /// Not `enabled`: nothing is counted and everything is allowed (load tests).
    LoginLimits(base::Clock& clock, std::uint64_t seed, bool enabled);

    /// Counts a try before its password is looked at. Seconds to wait where it is one too many, 0
    /// where it may go on.
    double take(std::string_view name, std::string_view address);
    /// The password was right: the try was no guess, and the address is known for a month.
    void succeeded(std::string_view name, std::string_view address);

  private:
    std::uint64_t bucket_of(std::string_view name, std::string_view address) const;

    base::RateLimiter guesses_;
    base::RateLimiter known_;
    const bool enabled_;
};

}  // namespace guildhall::services
