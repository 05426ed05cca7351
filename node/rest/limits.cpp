#include "node/rest/limits.h"

#include "protocol/errors.h"

#include <cmath>
#include <cstdio>
#include <functional>

namespace guildhall::rest {
namespace {

using namespace std::chrono_literals;

// The API's documented global limit.
constexpr base::RateRule kGlobalRule{50, 1s};
// The API's documented bound before an address is refused.
constexpr base::RateRule kInvalidRule{10000, 10min};

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t h =
        (a ^ (b + 0x9e3779b97f4a7c15ull + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdull;
    return h ^ (h >> 33);
}

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::string seconds(std::int64_t ms) {
    char out[32];
    std::snprintf(out, sizeof out, "%.3f", static_cast<double>(ms) / 1000.0);
    return out;
}

}  // namespace

std::uint64_t address_key(const base::http::Request& request) {
    // A network's /56 is one caller in IPv6; in IPv4 (mapped, so the bytes are at the end) an
    // address.
    const auto& ip = request.peer.ip;
    const std::size_t bytes = ip.is_v4() ? 16 : 7;
    return hash_of({reinterpret_cast<const char*>(ip.bytes.data()), bytes});
}

Limits::Limits(base::Clock& clock, std::uint64_t seed, bool enabled)
    : enabled_(enabled),
      buckets_(clock, seed),
      globals_(clock, seed + 1),
      invalid_(clock, seed + 2) {}

Limits::Verdict Limits::take(const Route& route, std::uint64_t major, const Caller& caller) {
    if (!enabled_) return {};
    if (route.global_limit) {
        const auto verdict = globals_.take(mix(caller.key, 1), kGlobalRule);
        if (!verdict.allowed) return {false, true, verdict};
    }
    const base::RateRule rule{route.limit.requests, std::chrono::seconds(route.limit.window_s)};
    const std::uint64_t key = mix(mix(hash_of(route.limit.bucket), major), caller.key);
    const auto verdict = buckets_.take(key, rule);
    return {verdict.allowed, false, verdict};
}

bool Limits::take_invalid(std::uint64_t address_key) {
    return !enabled_ || invalid_.take(address_key, kInvalidRule).allowed;
}

bool Limits::is_refused(std::uint64_t address_key) const {
    return enabled_ && invalid_.peek(address_key, kInvalidRule).remaining == 0;
}

void Limits::write_headers(base::http::Response& response,
                           const Route& route,
                           const Verdict& verdict) const {
    if (!enabled_) return;
    const base::RateVerdict& b = verdict.bucket;
    if (!verdict.global) {
        char bucket[20];
        std::snprintf(bucket,
                      sizeof bucket,
                      "%016llx",
                      static_cast<unsigned long long>(hash_of(route.limit.bucket)));
        response.add_header("X-RateLimit-Limit", std::to_string(b.limit));
        response.add_header("X-RateLimit-Remaining", std::to_string(b.remaining));
        response.add_header("X-RateLimit-Reset", seconds(b.reset_ms));
        response.add_header("X-RateLimit-Reset-After", seconds(b.reset_after_ms));
        response.add_header("X-RateLimit-Bucket", bucket);
    }
    if (verdict.allowed) return;
    const auto retry_s =
        static_cast<std::int64_t>(std::ceil(static_cast<double>(b.reset_after_ms) / 1000.0));
    response.add_header("Retry-After", std::to_string(retry_s));
    response.add_header("X-RateLimit-Scope", verdict.global ? "global" : "user");
    if (verdict.global) response.add_header("X-RateLimit-Global", "true");
    response.add_header("Via", "1.1 guildhall");
}

base::http::Response Limits::refusal(const Route& route, const Verdict& verdict) const {
    const double retry = static_cast<double>(verdict.bucket.reset_after_ms) / 1000.0;
    auto response =
        base::http::Response::json(429, protocol::rate_limit_body(retry, verdict.global, false));
    write_headers(response, route, verdict);
    return response;
}

}  // namespace guildhall::rest
