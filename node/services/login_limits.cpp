#include "node/services/login_limits.h"

#include "protocol/content.h"

#include <functional>
#include <string>

namespace guildhall::services {
namespace {

// A bucket that is not empty is an address that is known.
constexpr base::RateRule kKnown{1, std::chrono::hours(24 * 30)};

std::uint64_t key_of(std::string_view name, std::string_view address) {
    // No name or address has a line feed: "a" + "bc" is not "ab" + "c".
    std::string text = protocol::lower_ascii(name);
    text += '\n';
    text += address;
    return std::hash<std::string>{}(text);
}

}  // namespace

LoginLimits::LoginLimits(base::Clock& clock, std::uint64_t seed, bool enabled)
    : guesses_(clock, seed), known_(clock, seed + 1), enabled_(enabled) {}

std::uint64_t LoginLimits::bucket_of(std::string_view name, std::string_view address) const {
    const std::uint64_t own = key_of(name, address);
    return known_.peek(own, kKnown).remaining == 0 ? own : key_of(name, {});
}

double LoginLimits::take(std::string_view name, std::string_view address) {
    if (!enabled_) return 0;
    const auto verdict = guesses_.take(bucket_of(name, address), kGuesses);
    return verdict.allowed ? 0 : static_cast<double>(verdict.reset_after_ms) / 1000.0;
}

void LoginLimits::succeeded(std::string_view name, std::string_view address) {
    if (!enabled_) return;
    const std::uint64_t own = key_of(name, address);
    known_.reset(own);
    (void)known_.take(own, kKnown);
    guesses_.reset(own);
}

}  // namespace guildhall::services
