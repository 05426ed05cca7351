#include "federation/policy.h"

#include <algorithm>
#include <limits>

namespace guildhall::federation {

using namespace std::chrono_literals;

namespace {

/// Rates of a peer, limited and allowed. A held or unknown one has the limited rates, for the few
/// things that it may do.
struct ActionRates {
    Rate limited;
    Rate allowed;
};

/// In the order of PeerAction.
constexpr std::array<ActionRates, kPeerActions> kRates{{
    {{200, 50, 1s}, {200, 50, 1s}},            // command: a busy node's users together
    {{5, 5, 1min}, {20, 20, 1min}},            // join: snapshots cost the host most
    {{60, 60, 1h}, {1'000, 1'000, 1h}},        // new_user: rows that stay
    {{4'000, 2'000, 1s}, {4'000, 2'000, 1s}},  // range_entries: one disk's pace
    {{30, 30, 1min}, {120, 120, 1min}},        // invite_lookup: codes must not be guessed
    {{60, 60, 1min}, {600, 600, 1min}},        // key_log
    {{5, 5, 1min}, {20, 20, 1min}},            // snapshot
    {{500, 50, 1s}, {500, 50, 1s}},            // profile
    {{200, 20, 1s}, {200, 20, 1s}},            // heads
    {{2'000, 200, 1s}, {10'000, 1'000, 1s}},   // ephemeral
}};

/// What the home node's own limits let through of one user; the API's buckets follow.
constexpr Rate kUserCommands{10, 5, 1s};
constexpr Rate kHandshakes{10, 10, 1min};

/// In the order of PeerGauge.
constexpr std::array<std::uint32_t, kPeerGauges> kGaugesMax{20, 32, 2, 256};

const Rate& rate_of(std::size_t action, Trust trust) {
    return trust == Trust::allowed ? kRates[action].allowed : kRates[action].limited;
}

std::uint32_t whole_ms(Nanos wait) {
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(ms, 1, std::numeric_limits<std::uint32_t>::max()));
}

/// Whether one more bucket may be kept. Full buckets are as good as none and make room, looked for
/// once a second: a flood must not make us walk the table for each of its drops.
template <class Key>
bool has_room(std::map<Key, TokenBucket>& buckets, std::size_t size_max, Nanos& swept, Nanos now) {
    if (buckets.size() < size_max) return true;
    if (now - swept < 1s) return false;
    swept = now;
    std::erase_if(buckets, [&](const auto& row) { return row.second.is_full(now); });
    return buckets.size() < size_max;
}

constexpr std::uint64_t kMiB = 1u << 20;

}  // namespace

TokenBucket::TokenBucket(Rate rate, Nanos now) : rate_(rate), full_at_(now) {}

std::optional<Nanos> TokenBucket::take(Nanos now, std::uint32_t count) {
    const Nanos whole = step() * rate_.burst;
    if (count > rate_.burst) return whole;
    const Nanos after = std::max(full_at_, now) + step() * count;
    if (after - now > whole) return after - now - whole;
    full_at_ = after;
    return std::nullopt;
}

bool TokenBucket::is_full(Nanos now) const { return full_at_ <= now; }

std::string_view name_of(Trust trust) {
    static constexpr std::array<std::string_view, 5> kNames{
        "unknown", "held", "limited", "allowed", "blocked"};
    return kNames[static_cast<std::size_t>(trust)];
}

Standing admit(Standing standing, AdmissionMode mode, protocol::UnixMs now_ms) {
    if (standing.first_seen_ms == 0) standing.first_seen_ms = now_ms;
    if (standing.by_operator || standing.trust != Trust::unknown) return age(standing, now_ms);
    switch (mode) {
        case AdmissionMode::open:
            standing.trust = Trust::limited;
            break;
        case AdmissionMode::hold:
        case AdmissionMode::allowlist:
            standing.trust = Trust::held;
            break;
    }
    return standing;
}

Standing age(Standing standing, protocol::UnixMs now_ms) {
    if (!standing.by_operator && standing.trust == Trust::limited &&
        now_ms - standing.first_seen_ms >= limits::kLimitedTime.count()) {
        standing.trust = Trust::allowed;
    }
    return standing;
}

ProblemCode may_link(const Standing& standing, protocol::UnixMs now_ms) {
    if (standing.trust == Trust::blocked) return ProblemCode::blocked;
    if (now_ms < standing.quarantined_until_ms) return ProblemCode::busy;
    return ProblemCode::none;
}

ProblemCode may_enter(const Standing& standing, AdmissionMode mode, protocol::UnixMs now_ms) {
    const ProblemCode link = may_link(standing, now_ms);
    if (link != ProblemCode::none || mode != AdmissionMode::allowlist) return link;
    const bool is_listed = standing.by_operator && standing.trust == Trust::allowed;
    return is_listed ? ProblemCode::none : ProblemCode::held;
}

ProblemCode may_act(const Standing& standing, protocol::UnixMs now_ms) {
    const ProblemCode link = may_link(standing, now_ms);
    if (link != ProblemCode::none) return link;
    const bool acts = standing.trust == Trust::limited || standing.trust == Trust::allowed;
    return acts ? ProblemCode::none : ProblemCode::held;
}

PeerPolicy::PeerPolicy(Trust trust, Nanos now) : trust_(trust) {
    for (std::size_t i = 0; i < kPeerActions; ++i) {
        buckets_[i] = TokenBucket(rate_of(i, trust_), now);
    }
}

void PeerPolicy::set_trust(Trust trust, Nanos now) {
    if (trust == trust_) return;
    trust_ = trust;
    for (std::size_t i = 0; i < kPeerActions; ++i) {
        buckets_[i] = TokenBucket(rate_of(i, trust_), now);
    }
}

std::optional<Denied> PeerPolicy::take(PeerAction action, Nanos now, std::uint32_t count) {
    if (!has_rates_) return std::nullopt;
    const auto wait = buckets_[static_cast<std::size_t>(action)].take(now, count);
    if (!wait) return std::nullopt;
    return Denied{ProblemCode::rate_limited, whole_ms(*wait)};
}

std::optional<Denied> PeerPolicy::take_command(protocol::UserId user, Nanos now) {
    if (!has_rates_) return std::nullopt;
    auto found = users_.find(user);
    if (found == users_.end()) {
        if (!has_room(users_, limits::kUserBucketsMax, users_swept_, now))
            return Denied{ProblemCode::busy, 1'000};
        found = users_.emplace(user, TokenBucket(kUserCommands, now)).first;
    }
    TokenBucket after = found->second;
    if (const auto wait = after.take(now)) {
        return Denied{ProblemCode::rate_limited, whole_ms(*wait)};
    }
    // The user's token is only spent when the peer's is there too.
    if (auto refusal = take(PeerAction::command, now)) return refusal;
    found->second = after;
    return std::nullopt;
}

std::optional<Denied> PeerPolicy::begin(PeerGauge gauge) {
    const auto index = static_cast<std::size_t>(gauge);
    if (gauges_[index] >= kGaugesMax[index]) return Denied{ProblemCode::busy, 1'000};
    ++gauges_[index];
    return std::nullopt;
}

void PeerPolicy::end(PeerGauge gauge) {
    auto& value = gauges_[static_cast<std::size_t>(gauge)];
    CHECK(value > 0);
    --value;
}

bool PeerPolicy::strike(Nanos now) {
    while (!strikes_.empty() && strikes_.front() + limits::kStrikeTime <= now) strikes_.pop_front();
    strikes_.push_back(now);
    if (strikes_.size() > limits::kStrikesMax) strikes_.pop_front();
    return strikes_.size() >= limits::kStrikesMax;
}

Quota peer_quota(Trust trust) {
    switch (trust) {
        case Trust::limited:
            return {1'024 * kMiB};
        case Trust::allowed:
            return {16'384 * kMiB};
        case Trust::unknown:
        case Trust::held:
        case Trust::blocked:
            break;
    }
    return {0};
}

Quota guild_quota(Trust trust) {
    // A quarter of the peer's: one guild must not keep the others of its host out.
    return {peer_quota(trust).bytes_max / 4};
}

std::optional<AddressGroup> address_group(ByteView bytes) {
    static constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
    AddressGroup group{};
    if (bytes.size() == 16 && std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
        bytes = ByteView(bytes.subspan(kMapped.size()));
    }
    if (bytes.size() == 4) {
        group[0] = 4;
        std::copy_n(bytes.begin(), 3, group.begin() + 1);
        return group;
    }
    if (bytes.size() == 16) {
        group[0] = 6;
        std::copy_n(bytes.begin(), 7, group.begin() + 1);
        return group;
    }
    return std::nullopt;
}

bool HandshakeLimiter::begin(const AddressGroup& from, Nanos now) {
    if (unfinished_ >= limits::kHandshakesUnfinishedMax) return false;
    auto found = places_.find(from);
    if (found == places_.end()) {
        if (!has_room(places_, limits::kHandshakePlacesMax, places_swept_, now)) return false;
        found = places_.emplace(from, TokenBucket(kHandshakes, now)).first;
    }
    if (found->second.take(now)) return false;
    ++unfinished_;
    return true;
}

void HandshakeLimiter::end() {
    CHECK(unfinished_ > 0);
    --unfinished_;
}

}  // namespace guildhall::federation
