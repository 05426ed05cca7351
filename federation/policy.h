#pragma once
// What a peer may do here, and how much: trust, token buckets, quotas and strikes (section c.11 of
// the design; numbers in docs/FEDERATION.md). Pure: time and the operator's decisions come in. What
// outlives the process (trust, first contact, quarantine) is a plain value that the owner stores.
// Owner: node/peering, one per peer; one thread.

#include "federation/bytes.h"
#include "federation/limits.h"
#include "federation/problem.h"
#include "protocol/ids.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string_view>

namespace guildhall::federation {

using Nanos = std::chrono::nanoseconds;

// -- Buckets --------------------------------------------------------------------------------------

/// So many at once, and so many in so long.
struct Rate {
    std::uint32_t burst = 1;
    std::uint32_t per = 1;
    Nanos period = std::chrono::seconds(1);
};

/// Fills evenly, holds at most a burst. Starts full.
class TokenBucket {
  public:
    TokenBucket() = default;
    TokenBucket(Rate rate, Nanos now);

    /// Takes `count` tokens, or none and says how long until they would be there; nothing when
    /// they were taken. More than a burst is never there: the wait is then that of a whole burst.
    std::optional<Nanos> take(Nanos now, std::uint32_t count = 1);
    bool is_full(Nanos now) const;

  private:
    /// Time that a token takes to come.
    Nanos step() const { return rate_.period / rate_.per; }

    Rate rate_;
    /// When the bucket will be full again: the one number that says how empty it is.
    Nanos full_at_{};
};

// -- Trust ----------------------------------------------------------------------------------------

/// How far a node is trusted. Numbers are stored.
enum class Trust : std::uint8_t {
    unknown = 0,  ///< Never linked.
    held = 1,     ///< May link and show who it is; waits for the operator.
    limited = 2,  ///< New: everything, with smaller quotas.
    allowed = 3,
    blocked = 4,  ///< No link.
};
std::string_view name_of(Trust trust);

/// Whom a node lets in that no operator has decided about: everybody; nobody, but they may link
/// and wait; nobody, and only nodes that the operator trusts link at all.
enum class AdmissionMode : std::uint8_t { open, hold, allowlist };

/// What is stored of a peer's standing.
struct Standing {
    Trust trust = Trust::unknown;
    /// The operator said so: admission and time leave it as it is.
    bool by_operator = false;
    protocol::UnixMs first_seen_ms = 0;
    /// Until then no link and no request: too many strikes.
    protocol::UnixMs quarantined_until_ms = 0;

    friend bool operator==(const Standing&, const Standing&) = default;
};

/// The standing after the peer showed who it is.
Standing admit(Standing standing, AdmissionMode mode, protocol::UnixMs now_ms);
/// The standing after time passed: limited becomes allowed after limits::kLimitedTime.
Standing age(Standing standing, protocol::UnixMs now_ms);
/// Why the peer may not link; none when it may.
ProblemCode may_link(const Standing& standing, protocol::UnixMs now_ms);
/// The same of a new link, by the mode as well: on an allowlist is who the operator trusted.
ProblemCode may_enter(const Standing& standing, AdmissionMode mode, protocol::UnixMs now_ms);
/// Why the peer may not ask for anything; none when it may.
ProblemCode may_act(const Standing& standing, protocol::UnixMs now_ms);

// -- One peer -------------------------------------------------------------------------------------

/// What is counted per peer.
enum class PeerAction : std::uint8_t {
    command,
    join,
    new_user,
    range_entries,  ///< Entries asked for, not requests.
    invite_lookup,
    key_log,
    snapshot,
    profile,
    heads,
    ephemeral,  ///< Items.
};
inline constexpr std::size_t kPeerActions = 10;

/// Counts that go up and down, each with a most.
enum class PeerGauge : std::uint8_t { range_requests, blob_requests, snapshots, commands };
inline constexpr std::size_t kPeerGauges = 4;

/// Refused: why, and when to try again.
struct Denied {
    ProblemCode code = ProblemCode::rate_limited;
    std::uint32_t retry_ms = 0;
};

class PeerPolicy {
  public:
    explicit PeerPolicy(Nanos now) : PeerPolicy(Trust::limited, now) {}
    PeerPolicy(Trust trust, Nanos now);

    void set_trust(Trust trust, Nanos now);
    /// No rates from here on, for load tests; what may be under way at once is bounded all the
    /// same.
    void lift_rates() { has_rates_ = false; }

    std::optional<Denied> take(PeerAction action, Nanos now, std::uint32_t count = 1);
    /// A command of one remote user: its own bucket, then the peer's.
    std::optional<Denied> take_command(protocol::UserId user, Nanos now);
    /// One more under way; busy when there are as many as may be.
    std::optional<Denied> begin(PeerGauge gauge);
    void end(PeerGauge gauge);

    /// The peer did what no honest node does. True when that is once too often: quarantine it.
    [[nodiscard]] bool strike(Nanos now);
    std::size_t strikes() const { return strikes_.size(); }
    /// Users whose buckets are kept.
    std::size_t users() const { return users_.size(); }

  private:
    Trust trust_;
    bool has_rates_ = true;
    std::array<TokenBucket, kPeerActions> buckets_;
    std::array<std::uint32_t, kPeerGauges> gauges_{};
    /// Only of users whose bucket is not full: a full one is as good as none.
    std::map<protocol::UserId, TokenBucket> users_;
    Nanos users_swept_{};
    std::deque<Nanos> strikes_;
};

// -- Storage --------------------------------------------------------------------------------------

/// Bytes that somebody may keep here. Pure arithmetic: the owner knows the sums.
struct Quota {
    std::uint64_t bytes_max = 0;

    /// Whether `more` fits beside what is there.
    bool fits(std::uint64_t used, std::uint64_t more) const {
        return used <= bytes_max && more <= bytes_max - used;
    }
};
/// What one peer's guilds and files may take; an unknown or held one's: nothing.
Quota peer_quota(Trust trust);
/// What the log of one mirrored guild may take.
Quota guild_quota(Trust trust);

// -- Handshakes -----------------------------------------------------------------------------------

/// What counts as one place for limits on handshakes: /24 of IPv4, /56 of IPv6. `bytes` is the
/// address as it stands on the wire (4 or 16); an IPv4 address in IPv6 counts as IPv4.
using AddressGroup = std::array<std::uint8_t, 8>;
std::optional<AddressGroup> address_group(ByteView bytes);

/// Handshakes per place, and how many may be unfinished at once in all.
class HandshakeLimiter {
  public:
    /// Whether a new connection may start a handshake; if so, end() must follow.
    bool begin(const AddressGroup& from, Nanos now);
    void end();
    std::size_t unfinished() const { return unfinished_; }
    std::size_t places() const { return places_.size(); }

  private:
    std::map<AddressGroup, TokenBucket> places_;
    Nanos places_swept_{};
    std::size_t unfinished_ = 0;
};

}  // namespace guildhall::federation
