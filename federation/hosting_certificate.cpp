#include "federation/hosting_certificate.h"

#include <algorithm>
#include <utility>

namespace guildhall::federation {

namespace {

bool is_kind(std::uint8_t kind) { return kind >= 1 && kind <= 3; }

protocol::Status check_place(const HostingCertificate& c, const HostingBase& base) {
    if (c.guild_uid != base.guild_uid) return refused("the certificate is of another guild");
    if (c.prev_epoch != base.epoch) return refused("the certificate follows another epoch");
    if (c.epoch <= c.prev_epoch || c.epoch - c.prev_epoch > kEpochStepMax) {
        return refused("the certificate's epoch does not follow");
    }
    if (c.control_size < base.control_size) {
        return refused("the certificate goes back before its epoch began");
    }
    return {};
}

/// Why a vote does not count for the certificate; empty when it does.
std::string fault_of(const Vote& vote,
                     const HostingCertificate& c,
                     const HostingPolicy& policy,
                     protocol::UnixMs last_head_ms) {
    if (vote.guild_uid != c.guild_uid || vote.epoch != c.epoch || vote.prev_epoch != c.prev_epoch ||
        vote.candidate_uid != c.new_host_uid) {
        return "a vote is for something else";
    }
    if (vote.control_size != c.control_size || vote.control_root != c.control_root) {
        return "a vote is for another head";
    }
    if (std::ranges::find(policy.successors, vote.voter_uid) == policy.successors.end()) {
        return "a vote is of no successor";
    }
    if (last_head_ms > 0 && vote.ts_ms < last_head_ms + policy.delay_ms) {
        return "a vote came before the delay was over";
    }
    return {};
}

protocol::Status check_votes(const SignedCertificate& certificate,
                             const HostingCertificate& c,
                             const HostingBase& base,
                             NodeKeys keys) {
    if (!base.policy) return refused("the guild's successors are not known");
    const HostingPolicy& policy = *base.policy;
    if (policy.votes == 0) return refused("the guild allows no takeover by votes");
    std::vector<Hash32> voters;
    for (const SignedBytes& signed_vote : certificate.votes) {
        const auto vote = verify_vote(signed_vote, keys);
        if (!vote) return refused("a vote does not verify");
        if (auto fault = fault_of(*vote, c, policy, base.last_head_ms); !fault.empty()) {
            return refused(std::move(fault));
        }
        if (std::ranges::find(voters, vote->voter_uid) != voters.end()) {
            return refused("a successor's vote is there twice");
        }
        voters.push_back(vote->voter_uid);
    }
    if (voters.size() < policy.votes) return refused("too few votes");
    return {};
}

}  // namespace

std::optional<HostingPolicy> policy_of(const protocol::Hosting& hosting) {
    if (hosting.successors.size() > kSuccessorsMax || hosting.votes > hosting.successors.size())
        return std::nullopt;
    HostingPolicy out;
    for (const std::string& successor : hosting.successors) {
        const auto uid = Hash32::from(successor);
        if (!uid) return std::nullopt;
        out.successors.push_back(*uid);
    }
    out.votes = hosting.votes;
    out.delay_ms = static_cast<std::int64_t>(
        std::min(hosting.delayMs, static_cast<std::uint64_t>(kHostingDelayMaxMs)));
    return out;
}

HostingPolicy policy_claimed_by(const SignedCertificate& certificate) {
    HostingPolicy out;
    for (const SignedBytes& signed_vote : certificate.votes) {
        if (const auto vote = decode_vote(signed_vote.bytes))
            out.successors.push_back(vote->voter_uid);
    }
    out.votes = static_cast<std::uint8_t>(out.successors.size());
    return out;
}

std::string encode(const HostingCertificate& certificate) {
    CHECK(certificate.new_host_name.size() <= kHostNameBytesMax);
    CHECK(certificate.endpoints.size() <= kHostEndpointsMax);
    ByteWriter out;
    out.put(kCertificateVersion)
        .put(static_cast<std::uint8_t>(certificate.kind))
        .put(certificate.guild_uid)
        .put(certificate.epoch)
        .put(certificate.prev_epoch)
        .put(certificate.control_size)
        .put(certificate.control_root)
        .put(certificate.new_host_uid);
    put_text(out, certificate.new_host_name);
    out.put(static_cast<std::uint8_t>(certificate.endpoints.size()));
    for (const std::string& endpoint : certificate.endpoints) {
        CHECK(endpoint.size() <= kHostNameBytesMax);
        put_text(out, endpoint);
    }
    return out.put(certificate.ts_ms).take();
}

std::optional<HostingCertificate> decode_certificate(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    const auto kind = in.get<std::uint8_t>();
    if (version != kCertificateVersion || !is_kind(kind)) return std::nullopt;
    HostingCertificate out;
    out.kind = static_cast<HostingKind>(kind);
    out.guild_uid = in.get<Hash32>();
    out.epoch = in.get<std::uint64_t>();
    out.prev_epoch = in.get<std::uint64_t>();
    out.control_size = in.get<std::uint64_t>();
    out.control_root = in.get<Hash32>();
    out.new_host_uid = in.get<Hash32>();
    if (!get_text(in, out.new_host_name, kHostNameBytesMax)) return std::nullopt;
    const auto endpoints = in.get<std::uint8_t>();
    if (endpoints > kHostEndpointsMax) return std::nullopt;
    for (int i = 0; i < endpoints; ++i) {
        if (!get_text(in, out.endpoints.emplace_back(), kHostNameBytesMax)) return std::nullopt;
    }
    out.ts_ms = in.get<std::int64_t>();
    if (!in.done() || out.ts_ms < 0) return std::nullopt;
    return out;
}

std::string encode(const Vote& vote) {
    std::string bytes = ByteWriter()
                            .put(kVoteVersion)
                            .put(vote.guild_uid)
                            .put(vote.epoch)
                            .put(vote.prev_epoch)
                            .put(vote.candidate_uid)
                            .put(vote.control_size)
                            .put(vote.control_root)
                            .put(vote.entries)
                            .put(vote.voter_uid)
                            .put(vote.voter_key_seq)
                            .put(vote.ts_ms)
                            .take();
    CHECK(bytes.size() == kVoteBytes);
    return bytes;
}

std::optional<Vote> decode_vote(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    Vote out;
    out.guild_uid = in.get<Hash32>();
    out.epoch = in.get<std::uint64_t>();
    out.prev_epoch = in.get<std::uint64_t>();
    out.candidate_uid = in.get<Hash32>();
    out.control_size = in.get<std::uint64_t>();
    out.control_root = in.get<Hash32>();
    out.entries = in.get<std::uint64_t>();
    out.voter_uid = in.get<Hash32>();
    out.voter_key_seq = in.get<std::uint32_t>();
    out.ts_ms = in.get<std::int64_t>();
    if (!in.done() || version != kVoteVersion || out.ts_ms < 0) return std::nullopt;
    return out;
}

SignedBytes sign(const Vote& vote, const SecretKey& voter) {
    return sign_bytes(encode(vote), Domain::vote, voter);
}

std::optional<Vote> verify_vote(const SignedBytes& signed_vote, NodeKeys keys) {
    std::optional<Vote> vote = decode_vote(signed_vote.bytes);
    if (!vote) return std::nullopt;
    const auto key = keys(vote->voter_uid, vote->voter_key_seq);
    if (!key || !verify(signed_vote, Domain::vote, *key)) return std::nullopt;
    return vote;
}

std::string encode(const SignedCertificate& certificate) {
    CHECK(certificate.signatures.size() <= kCertificateSignaturesMax);
    CHECK(certificate.votes.size() <= kSuccessorsMax);
    ByteWriter out;
    put_text(out, certificate.bytes);
    out.put(static_cast<std::uint8_t>(certificate.signatures.size()));
    for (const HostSignature& signature : certificate.signatures) {
        out.put(signature.signer_uid).put(signature.key_seq).put(signature.signature);
    }
    out.put(static_cast<std::uint8_t>(certificate.votes.size()));
    for (const SignedBytes& vote : certificate.votes) {
        CHECK(vote.bytes.size() == kVoteBytes);
        out.put(ByteView(std::string_view(encode(vote))));
    }
    return out.take();
}

std::optional<SignedCertificate> decode_signed_certificate(ByteView stored) {
    ByteReader in(stored);
    SignedCertificate out;
    if (!get_text(in, out.bytes, kCertificateBytesMax)) return std::nullopt;
    const auto signatures = in.get<std::uint8_t>();
    if (signatures > kCertificateSignaturesMax) return std::nullopt;
    for (int i = 0; i < signatures; ++i) {
        HostSignature& signature = out.signatures.emplace_back();
        signature.signer_uid = in.get<Hash32>();
        signature.key_seq = in.get<std::uint32_t>();
        signature.signature = in.get<Signature>();
    }
    const auto votes = in.get<std::uint8_t>();
    if (votes > kSuccessorsMax) return std::nullopt;
    for (int i = 0; i < votes; ++i) {
        auto vote = decode_signed_bytes(in.take(sizeof(Signature) + kVoteBytes), kVoteBytes);
        if (!vote || !decode_vote(vote->bytes)) return std::nullopt;
        out.votes.push_back(std::move(*vote));
    }
    if (!in.done() || !decode_certificate(out.bytes)) return std::nullopt;
    return out;
}

std::optional<std::pair<SignedCertificate, HostingCertificate>> read_certificate(ByteView stored) {
    auto complete = decode_signed_certificate(stored);
    if (!complete) return std::nullopt;
    auto said = decode_certificate(complete->bytes);
    if (!said) return std::nullopt;
    return std::pair(std::move(*complete), std::move(*said));
}

void add_signature(SignedCertificate& certificate,
                   const Hash32& signer_uid,
                   std::uint32_t key_seq,
                   const SecretKey& key) {
    CHECK(certificate.signatures.size() < kCertificateSignaturesMax);
    certificate.signatures.push_back(
        {signer_uid, key_seq, key.sign(Domain::hosting, ByteView(certificate.bytes))});
}

void add_root_signature(SignedCertificate& certificate, const SecretKey& root) {
    add_signature(certificate, Hash32{}, 0, root);
}

bool is_signed_by(const SignedCertificate& certificate, const Hash32& signer_uid, NodeKeys keys) {
    if (signer_uid.is_zero()) return false;  // Means the root key, which has no key log.
    return std::ranges::any_of(certificate.signatures, [&](const HostSignature& signature) {
        if (signature.signer_uid != signer_uid) return false;
        const auto key = keys(signer_uid, signature.key_seq);
        return key &&
               verify(*key, Domain::hosting, ByteView(certificate.bytes), signature.signature);
    });
}

protocol::Status signed_in_time(const SignedCertificate& certificate,
                                protocol::FunctionRef<const KeyChain*(const Hash32&)> log_of) {
    const auto c = decode_certificate(certificate.bytes);
    if (!c) return refused("the certificate is malformed");
    const auto late = [&](const Hash32& signer, std::uint32_t key_seq, protocol::UnixMs at) {
        const KeyChain* chain = signer.is_zero() ? nullptr : log_of(signer);
        return chain && chain->was_replaced(key_seq, at);
    };
    for (const HostSignature& s : certificate.signatures) {
        if (late(s.signer_uid, s.key_seq, c->ts_ms))
            return refused("the certificate is signed with a key that was replaced before");
    }
    for (const SignedBytes& signed_vote : certificate.votes) {
        const auto vote = decode_vote(signed_vote.bytes);
        if (vote && late(vote->voter_uid, vote->voter_key_seq, vote->ts_ms))
            return refused("a vote is signed with a key that was replaced before");
    }
    return {};
}

bool is_signed_by_root(const SignedCertificate& certificate, const PublicKey& root) {
    return std::ranges::any_of(certificate.signatures, [&](const HostSignature& signature) {
        return signature.signer_uid.is_zero() &&
               verify(root, Domain::hosting, ByteView(certificate.bytes), signature.signature);
    });
}

protocol::Result<HostingCertificate> verify(const SignedCertificate& certificate,
                                            const HostingBase& base,
                                            NodeKeys keys) {
    auto c = decode_certificate(certificate.bytes);
    if (!c) return refused("the certificate is malformed");
    TRY_VOID(check_place(*c, base));
    const bool stays = c->new_host_uid == base.host_uid;
    if (stays != (c->kind == HostingKind::restore)) {
        return refused("the certificate's host does not fit its kind");
    }
    if (!is_signed_by(certificate, c->new_host_uid, keys)) {
        return refused("the new host did not sign the certificate");
    }
    if (c->kind == HostingKind::transfer && !is_signed_by(certificate, base.host_uid, keys)) {
        return refused("the old host did not sign the transfer");
    }
    if (c->kind == HostingKind::takeover && !is_signed_by_root(certificate, base.root_key)) {
        TRY_VOID(check_votes(certificate, *c, base, keys));
    }
    return std::move(*c);
}

}  // namespace guildhall::federation
