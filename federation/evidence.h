#pragma once
// Evidence: signed statements that contradict each other, with the key logs of who signed them, so
// that anybody can check it alone. A finding names the node that broke its word; whether that node
// was the guild's host is for the receiver's own hosting chain to say. Layouts: docs/FEDERATION.md,
// "Evidence". Plain values; any thread.

#include "federation/command.h"
#include "federation/head.h"
#include "federation/hosting_certificate.h"
#include "federation/key_chain.h"
#include "federation/range_proof.h"
#include "federation/receipt.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::federation {

inline constexpr std::uint8_t kEvidenceVersion = 1;
/// A full key log has about 100 KiB; two of them and the statements.
inline constexpr std::size_t kEvidenceBytesMax = 512 * 1024;
/// The accused, and the homes that a user's moves need.
inline constexpr std::size_t kEvidenceIdentitiesMax = 8;
inline constexpr std::size_t kEvidenceStatementsMax = 8;

enum class EvidenceKind : std::uint8_t {
    /// Two heads of one log, epoch and size with different roots.
    split_heads = 1,
    /// A later head of the same epoch is smaller.
    shrunk_log = 2,
    /// Two heads of one epoch have different entries at one place.
    rewritten_entry = 3,
    /// A later head does not have what a receipt promised.
    broken_receipt = 4,
    /// An entry names a command that was for another guild, epoch or time.
    forged_origin = 5,
    /// Two commands of one origin under one number.
    conflicting_commands = 6,
    /// Two key events of one seq, signed by one key.
    key_fork = 7,
    /// One signer under two certificates of one epoch.
    two_certificates = 8,
    /// One successor's two votes in one epoch.
    double_vote = 9,
    /// An entry of a remote user whose command does not bear the origin's signature. Convincing
    /// only for who received it: anybody could have spoiled the signature on the way.
    unsigned_command = 10,
    /// Two heads of one epoch, and a proof that the larger tree does not begin with the smaller.
    rewritten_log = 11,
};
inline constexpr std::size_t kEvidenceKinds = 11;
std::string_view name_of(EvidenceKind kind);
/// Whether others may act on it, or only who saw it happen.
bool is_transferable(EvidenceKind kind);

struct Evidence {
    EvidenceKind kind = EvidenceKind::split_heads;
    /// 32 zero bytes for a key fork.
    Hash32 guild_uid{};
    /// Encoded key logs; the first is of the accused.
    std::vector<std::string> identities;
    /// As the kind says.
    std::vector<std::string> statements;

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// version u8 ‖ kind u8 ‖ guild uid ‖ n u8 ‖ n × (size u32 ‖ identity) ‖ m u8 ‖ m × (size u32 ‖
/// it).
std::string encode(const Evidence& evidence);
std::optional<Evidence> decode_evidence(ByteView bytes);

/// In plain words who contradicted what, when all statements verify and do contradict; why it is no
/// evidence otherwise. `oldest_key`: of the accused's log; a key before that may be in the hands of
/// a thief, who would have the accused contradict itself.
protocol::Result<std::string> check(const Evidence& evidence, std::uint32_t oldest_key = 0);
/// The uid of the accused; nothing when the first identity does not parse.
std::optional<Hash32> accused(const Evidence& evidence);

/// An entry's header with its inclusion path: header (107) ‖ n u8 ‖ n × hash.
std::string encode_place(const EntryHeader& entry, std::span<const Hash32> path);

/// Two verified heads of one log and epoch that cannot both be true: how who follows a log finds
/// evidence. What names the accused is added by evidence_of().
struct Contradiction {
    /// split_heads, shrunk_log or rewritten_log.
    EvidenceKind kind = EvidenceKind::split_heads;
    /// The earlier or smaller one first.
    SignedHead first, second;
    /// rewritten_log: from the second's tree, of the empty range where the first ends.
    RangeProof proof;
};
/// The contradiction that the two are by themselves, if they are.
std::optional<Contradiction> contradiction_between(const SignedHead& a, const SignedHead& b);
Evidence evidence_of(const Contradiction& found, const KeyLog& host);

// Makers. Each takes the accused's key log first; what they make passes check() when the
// statements do contradict each other.
Evidence split_heads(const KeyLog& host, const SignedHead& a, const SignedHead& b);
Evidence shrunk_log(const KeyLog& host, const SignedHead& earlier, const SignedHead& later);
/// `a_place` and `b_place` of encode_place(): one seq under both heads.
Evidence rewritten_entry(const KeyLog& host,
                         const SignedHead& a,
                         std::string a_place,
                         const SignedHead& b,
                         std::string b_place);
/// `proof`: range_proof(first.size, first.size, second.size), of the second's tree.
Evidence rewritten_log(const KeyLog& host,
                       const SignedHead& first,
                       const SignedHead& second,
                       const RangeProof& proof);
/// `place`: the other entry at the promised seq; empty when the head is too short.
Evidence broken_receipt(const KeyLog& host,
                        const SignedBytes& receipt,
                        const SignedHead& head,
                        std::string place);
Evidence forged_origin(const KeyLog& host,
                       const SignedHead& head,
                       std::string place,
                       std::string command_header);
Evidence unsigned_command(const KeyLog& host,
                          const KeyLog& origin,
                          const SignedHead& head,
                          std::string place,
                          const SignedCommand& command);
Evidence conflicting_commands(const KeyLog& origin, const SignedCommand& a, const SignedCommand& b);
/// `before`: the log up to the event that both follow; `homes` for a user that moved.
Evidence key_fork(const KeyLog& before,
                  const std::vector<KeyLog>& homes,
                  std::string a_event,
                  std::string b_event);
Evidence two_certificates(const KeyLog& signer,
                          const Hash32& guild_uid,
                          const SignedCertificate& a,
                          const SignedCertificate& b);
Evidence double_vote(const KeyLog& voter,
                     const Hash32& guild_uid,
                     const SignedBytes& a,
                     const SignedBytes& b);

}  // namespace guildhall::federation
