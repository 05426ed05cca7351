// The bytes of evidence and its makers; what makes it true is in evidence_check.cpp.
#include "federation/evidence.h"

#include <array>
#include <utility>

namespace guildhall::federation {

namespace {

void put_list(ByteWriter& out, const std::vector<std::string>& list) {
    out.put(static_cast<std::uint8_t>(list.size()));
    for (const std::string& item : list) {
        out.put(static_cast<std::uint32_t>(item.size())).put(ByteView(item));
    }
}

bool get_list(ByteReader& in, std::vector<std::string>& list, std::size_t max) {
    const auto count = in.get<std::uint8_t>();
    if (count > max) return false;
    for (int i = 0; i < count && !in.failed(); ++i) {
        const auto size = in.get<std::uint32_t>();
        list.emplace_back(in.take(size).text());
    }
    return true;
}

Evidence of(EvidenceKind kind, const Hash32& guild_uid, const KeyLog& accused) {
    Evidence out;
    out.kind = kind;
    out.guild_uid = guild_uid;
    out.identities.push_back(encode(accused));
    return out;
}

}  // namespace

std::string_view name_of(EvidenceKind kind) {
    static constexpr std::array<std::string_view, kEvidenceKinds> kNames = {"split heads",
                                                                            "shrunk log",
                                                                            "rewritten entry",
                                                                            "broken receipt",
                                                                            "forged origin",
                                                                            "conflicting commands",
                                                                            "key fork",
                                                                            "two certificates",
                                                                            "double vote",
                                                                            "unsigned command",
                                                                            "rewritten log"};
    return kNames[static_cast<std::size_t>(kind) - 1];
}

bool is_transferable(EvidenceKind kind) { return kind != EvidenceKind::unsigned_command; }

std::string encode(const Evidence& evidence) {
    CHECK(evidence.identities.size() <= kEvidenceIdentitiesMax);
    CHECK(evidence.statements.size() <= kEvidenceStatementsMax);
    ByteWriter out;
    out.put(kEvidenceVersion).put(static_cast<std::uint8_t>(evidence.kind)).put(evidence.guild_uid);
    put_list(out, evidence.identities);
    put_list(out, evidence.statements);
    return out.take();
}

std::optional<Evidence> decode_evidence(ByteView bytes) {
    if (bytes.size() > kEvidenceBytesMax) return std::nullopt;
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    const auto kind = in.get<std::uint8_t>();
    if (version != kEvidenceVersion || kind == 0 || kind > kEvidenceKinds) return std::nullopt;
    Evidence out;
    out.kind = static_cast<EvidenceKind>(kind);
    out.guild_uid = in.get<Hash32>();
    if (!get_list(in, out.identities, kEvidenceIdentitiesMax) ||
        !get_list(in, out.statements, kEvidenceStatementsMax) || !in.done()) {
        return std::nullopt;
    }
    return out;
}

std::string encode_place(const EntryHeader& entry, std::span<const Hash32> path) {
    CHECK(path.size() <= 64);
    ByteWriter out;
    out.put(ByteView(std::string_view(encode(entry)))).put(static_cast<std::uint8_t>(path.size()));
    for (const Hash32& hash : path) out.put(hash);
    return out.take();
}

Evidence split_heads(const KeyLog& host, const SignedHead& a, const SignedHead& b) {
    Evidence out = of(EvidenceKind::split_heads, a.head.guild_uid, host);
    out.statements = {encode(a), encode(b)};
    return out;
}

Evidence shrunk_log(const KeyLog& host, const SignedHead& earlier, const SignedHead& later) {
    Evidence out = of(EvidenceKind::shrunk_log, earlier.head.guild_uid, host);
    out.statements = {encode(earlier), encode(later)};
    return out;
}

Evidence rewritten_entry(const KeyLog& host,
                         const SignedHead& a,
                         std::string a_place,
                         const SignedHead& b,
                         std::string b_place) {
    Evidence out = of(EvidenceKind::rewritten_entry, a.head.guild_uid, host);
    out.statements = {encode(a), std::move(a_place), encode(b), std::move(b_place)};
    return out;
}

Evidence rewritten_log(const KeyLog& host,
                       const SignedHead& first,
                       const SignedHead& second,
                       const RangeProof& proof) {
    Evidence out = of(EvidenceKind::rewritten_log, first.head.guild_uid, host);
    out.statements = {encode(first), encode(second), encode(proof)};
    return out;
}

std::optional<Contradiction> contradiction_between(const SignedHead& a, const SignedHead& b) {
    if (a.head.size == b.head.size) {
        if (a.head.root == b.head.root) return std::nullopt;
        return Contradiction{EvidenceKind::split_heads, a, b, {}};
    }
    // A head has the time of its last entry, and times never step back: what is later is larger.
    const bool a_first = a.head.ts_ms < b.head.ts_ms;
    const SignedHead& early = a_first ? a : b;
    const SignedHead& late = a_first ? b : a;
    if (early.head.ts_ms < late.head.ts_ms && early.head.size > late.head.size)
        return Contradiction{EvidenceKind::shrunk_log, early, late, {}};
    return std::nullopt;
}

Evidence evidence_of(const Contradiction& found, const KeyLog& host) {
    switch (found.kind) {
        case EvidenceKind::shrunk_log:
            return shrunk_log(host, found.first, found.second);
        case EvidenceKind::rewritten_log:
            return rewritten_log(host, found.first, found.second, found.proof);
        default:
            return split_heads(host, found.first, found.second);
    }
}

Evidence broken_receipt(const KeyLog& host,
                        const SignedBytes& receipt,
                        const SignedHead& head,
                        std::string place) {
    Evidence out = of(EvidenceKind::broken_receipt, head.head.guild_uid, host);
    out.statements = {encode(receipt), encode(head)};
    if (!place.empty()) out.statements.push_back(std::move(place));
    return out;
}

Evidence forged_origin(const KeyLog& host,
                       const SignedHead& head,
                       std::string place,
                       std::string command_header) {
    Evidence out = of(EvidenceKind::forged_origin, head.head.guild_uid, host);
    out.statements = {encode(head), std::move(place), std::move(command_header)};
    return out;
}

Evidence unsigned_command(const KeyLog& host,
                          const KeyLog& origin,
                          const SignedHead& head,
                          std::string place,
                          const SignedCommand& command) {
    Evidence out = of(EvidenceKind::unsigned_command, head.head.guild_uid, host);
    out.identities.push_back(encode(origin));
    out.statements = {encode(head), std::move(place), encode(command)};
    return out;
}

Evidence conflicting_commands(const KeyLog& origin,
                              const SignedCommand& a,
                              const SignedCommand& b) {
    const auto header = decode_command_header(a.header);
    Evidence out =
        of(EvidenceKind::conflicting_commands, header ? header->guild_uid : Hash32{}, origin);
    // The headers say it; what was written stays private.
    for (SignedCommand command : {a, b}) {
        command.body.clear();
        out.statements.push_back(encode(command));
    }
    return out;
}

Evidence key_fork(const KeyLog& before,
                  const std::vector<KeyLog>& homes,
                  std::string a_event,
                  std::string b_event) {
    Evidence out = of(EvidenceKind::key_fork, Hash32{}, before);
    for (const KeyLog& home : homes) out.identities.push_back(encode(home));
    out.statements = {std::move(a_event), std::move(b_event)};
    return out;
}

Evidence two_certificates(const KeyLog& signer,
                          const Hash32& guild_uid,
                          const SignedCertificate& a,
                          const SignedCertificate& b) {
    Evidence out = of(EvidenceKind::two_certificates, guild_uid, signer);
    out.statements = {encode(a), encode(b)};
    return out;
}

Evidence double_vote(const KeyLog& voter,
                     const Hash32& guild_uid,
                     const SignedBytes& a,
                     const SignedBytes& b) {
    Evidence out = of(EvidenceKind::double_vote, guild_uid, voter);
    out.statements = {encode(a), encode(b)};
    return out;
}

}  // namespace guildhall::federation
