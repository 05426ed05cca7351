#pragma once
// Who hosts a guild, from its genesis through verified certificates to the present epoch. A newer
// certificate follows the last one; only a takeover, or the root key, may replace the last step,
// and only while that step is young, so that a host that was retired can never appoint another. A
// takeover also replaces, whatever their epochs, the restores that the host signed by itself after
// the epoch that the takeover follows, and the transfers after those: it went back to a backup and
// did not know that it is no more. docs/FEDERATION.md, "Hosting". Owner: the guild's mirror or
// host; a value; one thread at a time.

#include "federation/hosting_certificate.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::federation {

/// How long a step may be replaced by a takeover that did not know it: as long as the usual delay.
inline constexpr std::chrono::milliseconds kHostingSettleTime = std::chrono::hours(72);
/// Changes of host in the life of a guild that a joiner verifies.
inline constexpr std::size_t kCertificatesMax = 1024;

/// The hosting policy in force when the control log had that size; nothing when unknown.
using PolicyAt = protocol::FunctionRef<std::optional<HostingPolicy>(std::uint64_t control_size)>;

enum class HostingStep : std::uint8_t {
    advanced,
    /// Had it.
    repeated,
    /// Took the place of the last step, or of the restores above the one it follows; its epoch may
    /// then be lower than before: what the replaced host wrote is void. Look for evidence.
    superseded,
    /// Valid, of the epoch we have, and ours wins on every node. Look for evidence.
    outranked,
};

struct HostSeatInfo {
    std::uint64_t epoch = kFirstEpoch;
    Hash32 host_uid{};
    std::string name;
    std::vector<std::string> endpoints;
    /// Of the control log, when the epoch began.
    std::uint64_t control_size = 0;

    friend bool operator==(const HostSeatInfo&, const HostSeatInfo&) = default;
};

HostSeatInfo seat_by(const HostingCertificate& certificate);

class HostingChain {
  public:
    /// `genesis` was verified.
    HostingChain(const GuildGenesis& genesis, const Hash32& guild_uid);

    /// A step that this node verified before and kept; ascending, `seen_ms` 0 where that is not
    /// known. It takes the place of those above the one that it follows. False for one that cannot
    /// follow.
    bool restore(const SignedCertificate& certificate, protocol::UnixMs seen_ms = 0);
    /// The epochs of its certificates, and when this node took each.
    std::map<std::uint64_t, protocol::UnixMs> seen() const;

    /// `last_head_ms` as in HostingBase, of the present epoch.
    protocol::Result<HostingStep> accept(const SignedCertificate& certificate,
                                         protocol::UnixMs now_ms,
                                         NodeKeys keys,
                                         PolicyAt policy,
                                         protocol::UnixMs last_head_ms = 0);

    /// What a certificate that follows the present step is checked against; without a policy.
    HostingBase base() const { return base_of(steps_.back()); }
    const HostSeatInfo& present() const { return steps_.back().seat; }
    /// Who hosted in an epoch; nothing for an epoch that no certificate here made.
    std::optional<Hash32> host_at(std::uint64_t epoch) const;
    /// Who decided what the control log's size at the decision was: before HostingChanged stood
    /// there, the host before.
    Hash32 host_under(std::uint64_t control_seq) const;
    /// Who hosted before the present host; nothing in the first epoch.
    std::optional<Hash32> previous_host() const;
    /// Whether heads of this node and epoch count: those of a replaced host do not.
    bool may_write(const Hash32& host_uid, std::uint64_t epoch) const;
    /// Encoded, ascending, of the epochs above `epoch`.
    std::vector<std::string> certificates_above(std::uint64_t epoch) const;
    const SignedCertificate* certificate_of(std::uint64_t epoch) const;

  private:
    struct Step {
        HostSeatInfo seat;
        /// Empty in the first step.
        SignedCertificate certificate;
        protocol::UnixMs seen_ms = 0;
    };

    HostingBase base_of(const Step& step) const;
    bool stems_from_restore(std::size_t at) const;
    bool may_replace(std::size_t at,
                     const SignedCertificate& certificate,
                     const HostingCertificate& theirs,
                     protocol::UnixMs now_ms) const;

    Hash32 guild_uid_{};
    PublicKey root_key_{};
    std::vector<Step> steps_;
};

}  // namespace guildhall::federation
