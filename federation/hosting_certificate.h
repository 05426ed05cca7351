#pragma once
// Certificates of a change of host, and the votes that some of them rest on: a transfer (old and
// new host sign), a takeover (the guild's root key, or m of n successors' votes, and the new host),
// a restore (the host itself, after going back to a backup). Layouts and rules: docs/FEDERATION.md,
// "Hosting". What a sequence of them means is in hosting_chain.h. Plain values; any thread.

#include "federation/genesis.h"
#include "federation/key_chain.h"
#include "federation/statement.h"
#include "protocol/model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::federation {

inline constexpr std::uint8_t kCertificateVersion = 1;
inline constexpr std::uint8_t kVoteVersion = 1;
inline constexpr std::size_t kVoteBytes = 173;
/// A DNS name with a port.
inline constexpr std::size_t kHostNameBytesMax = 259;
inline constexpr std::size_t kHostEndpointsMax = 8;
inline constexpr std::size_t kCertificateBytesMax = 4096;
/// Old host, new host, root key.
inline constexpr std::size_t kCertificateSignaturesMax = 3;
/// Rounds of a vote that may fail before one succeeds: years of them, and yet a stolen key cannot
/// use up the numbers.
inline constexpr std::uint64_t kEpochStepMax = 1 << 20;
/// The epoch of a guild's genesis.
inline constexpr std::uint64_t kFirstEpoch = 0;

enum class HostingKind : std::uint8_t { transfer = 1, takeover = 2, restore = 3 };

struct HostingCertificate {
    HostingKind kind = HostingKind::transfer;
    Hash32 guild_uid{};
    /// Of the new host; above prev_epoch, and above it by more than one only after failed votes.
    std::uint64_t epoch = 0;
    std::uint64_t prev_epoch = 0;
    /// The control log with which prev_epoch ends: HostingChanged has this seq.
    std::uint64_t control_size = 0;
    Hash32 control_root{};
    Hash32 new_host_uid{};
    std::string new_host_name;
    /// host:port each.
    std::vector<std::string> endpoints;
    protocol::UnixMs ts_ms = 0;

    friend bool operator==(const HostingCertificate&, const HostingCertificate&) = default;
};

std::string encode(const HostingCertificate& certificate);
std::optional<HostingCertificate> decode_certificate(ByteView bytes);

/// A successor's word for a candidate: at most one for each epoch, and only for a candidate that
/// has at least what the voter has.
struct Vote {
    Hash32 guild_uid{};
    std::uint64_t epoch = 0;
    std::uint64_t prev_epoch = 0;
    Hash32 candidate_uid{};
    /// Of the candidate's copy.
    std::uint64_t control_size = 0;
    Hash32 control_root{};
    /// Entries of all logs that the candidate has.
    std::uint64_t entries = 0;
    Hash32 voter_uid{};
    /// Which key of the voter's key log signs.
    std::uint32_t voter_key_seq = 0;
    protocol::UnixMs ts_ms = 0;

    friend bool operator==(const Vote&, const Vote&) = default;
};

/// The 173 canonical bytes.
std::string encode(const Vote& vote);
std::optional<Vote> decode_vote(ByteView bytes);
/// Stored and sent as signature ‖ bytes.
SignedBytes sign(const Vote& vote, const SecretKey& voter);
std::optional<Vote> verify_vote(const SignedBytes& vote, NodeKeys keys);

struct HostSignature {
    /// A node, or 32 zero bytes for the guild's root key.
    Hash32 signer_uid{};
    /// Which key of the node's key log; 0 for the root key.
    std::uint32_t key_seq = 0;
    Signature signature{};

    friend bool operator==(const HostSignature&, const HostSignature&) = default;
};

struct SignedCertificate {
    std::string bytes;
    std::vector<HostSignature> signatures;
    /// Signed votes of a takeover without the root key.
    std::vector<SignedBytes> votes;

    friend bool operator==(const SignedCertificate&, const SignedCertificate&) = default;
};

/// size u16 ‖ bytes ‖ n u8 ‖ n × (signer uid ‖ key_seq u32 ‖ signature) ‖ v u8 ‖ v × (signature ‖
/// vote).
std::string encode(const SignedCertificate& certificate);
std::optional<SignedCertificate> decode_signed_certificate(ByteView stored);
/// The same with what it says.
std::optional<std::pair<SignedCertificate, HostingCertificate>> read_certificate(ByteView stored);

void add_signature(SignedCertificate& certificate,
                   const Hash32& signer_uid,
                   std::uint32_t key_seq,
                   const SecretKey& key);
void add_root_signature(SignedCertificate& certificate, const SecretKey& root);

/// Who may take over, as the control log says it.
struct HostingPolicy {
    std::vector<Hash32> successors;
    /// 0: nobody without the root key.
    std::uint8_t votes = 0;
    std::int64_t delay_ms = 0;

    friend bool operator==(const HostingPolicy&, const HostingPolicy&) = default;
};

/// A host away for longer than this is gone; also keeps sums of times from overflowing.
inline constexpr std::int64_t kHostingDelayMaxMs = std::int64_t{365} * 24 * 3600 * 1000;
/// The policy in a guild's state; a longer delay counts as the longest. Nothing when no certificate
/// could follow it: too many successors, one that is no uid, or more votes than there are.
std::optional<HostingPolicy> policy_of(const protocol::Hosting& hosting);

/// The policy by which a certificate's own voters were enough: for who cannot know yet who the
/// successors were, and learns it from the control log later.
HostingPolicy policy_claimed_by(const SignedCertificate& certificate);

/// What a certificate must follow.
struct HostingBase {
    Hash32 guild_uid{};
    PublicKey root_key{};
    std::uint64_t epoch = kFirstEpoch;
    Hash32 host_uid{};
    /// The control log's size when this epoch began: history before it is settled.
    std::uint64_t control_size = 0;
    /// At the certificate's control_size; nothing when the verifier cannot know it.
    std::optional<HostingPolicy> policy;
    /// Of the last head of this epoch that the verifier has; 0 when it has none.
    protocol::UnixMs last_head_ms = 0;
};

/// The certificate, when everything holds that makes its new host the guild's host.
protocol::Result<HostingCertificate> verify(const SignedCertificate& certificate,
                                            const HostingBase& base,
                                            NodeKeys keys);
/// Whether one signature over these bytes is by that node and holds.
[[nodiscard]] bool is_signed_by(const SignedCertificate& certificate,
                                const Hash32& signer_uid,
                                NodeKeys keys);
/// An error when who signed it, or one of its votes, says by its key log that it had replaced that
/// key before: such a statement is a thief's. `log_of` gives null for nodes that are not known.
protocol::Status signed_in_time(const SignedCertificate& certificate,
                                protocol::FunctionRef<const KeyChain*(const Hash32&)> log_of);
[[nodiscard]] bool is_signed_by_root(const SignedCertificate& certificate, const PublicKey& root);

}  // namespace guildhall::federation
