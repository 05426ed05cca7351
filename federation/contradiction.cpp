#include "federation/contradiction.h"

namespace guildhall::federation {
namespace {

/// Of claims that others send: two signed heads and a proof are small.
constexpr std::size_t kTilesMax = 128;

/// Two heads that both are the host's, of one log and epoch; the smaller or older first.
struct Pair {
    SignedHead first, second;
};

std::optional<Pair> read_pair(const Contradiction& claim,
                              const Hash32& guild_uid,
                              const PublicKey& host) {
    if (claim.statements.size() < 2) return std::nullopt;
    auto first = decode_signed_head(claim.statements[0]);
    auto second = decode_signed_head(claim.statements[1]);
    if (!first || !second) return std::nullopt;
    const Head &a = first->head, &b = second->head;
    if (a.guild_uid != guild_uid || b.guild_uid != guild_uid) return std::nullopt;
    if (a.log_id != b.log_id || a.epoch != b.epoch) return std::nullopt;
    if (!verify(*first, host) || !verify(*second, host)) return std::nullopt;
    return Pair{std::move(*first), std::move(*second)};
}

bool is_no_prefix(const Pair& pair, const std::string& proof_bytes) {
    const Head &small = pair.first.head, &large = pair.second.head;
    const auto proof = decode_range_proof(proof_bytes);
    if (!proof || small.size > large.size) return false;
    if (!verify_range(small.size, large.size, {}, *proof, large.root)) return false;
    const auto prefix = frontier_of(small.size, proof->left);
    return prefix && prefix->root() != small.root;
}

}  // namespace

std::optional<Contradiction> contradiction_between(const SignedHead& a, const SignedHead& b) {
    const auto claim = [](ContradictionKind kind, const SignedHead& x, const SignedHead& y) {
        return Contradiction{kind, {encode(x), encode(y)}};
    };
    if (a.head.size == b.head.size) {
        if (a.head.root == b.head.root) return std::nullopt;
        return claim(ContradictionKind::two_roots, a, b);
    }
    // A head has the time of its last entry, and times never step back: what is later is larger.
    const bool a_first = a.head.ts_ms < b.head.ts_ms;
    const SignedHead& early = a_first ? a : b;
    const SignedHead& late = a_first ? b : a;
    if (early.head.ts_ms < late.head.ts_ms && early.head.size > late.head.size)
        return claim(ContradictionKind::shrank, early, late);
    return std::nullopt;
}

bool holds(const Contradiction& claim, const Hash32& guild_uid, const PublicKey& host) {
    const auto pair = read_pair(claim, guild_uid, host);
    if (!pair) return false;
    switch (claim.kind) {
        case ContradictionKind::two_roots:
        case ContradictionKind::shrank: {
            if (claim.statements.size() != 2) return false;
            const auto found = contradiction_between(pair->first, pair->second);
            return found && found->kind == claim.kind;
        }
        case ContradictionKind::not_a_prefix:
            return claim.statements.size() == 3 && is_no_prefix(*pair, claim.statements[2]);
        case ContradictionKind::diverged:
            return false;
    }
    return false;
}

std::string encode(const RangeProof& proof) {
    ByteWriter out;
    for (const auto* side : {&proof.left, &proof.right}) {
        out.put(static_cast<std::uint8_t>(side->size()));
        for (const Hash32& hash : *side) out.put(hash);
    }
    return out.take();
}

std::optional<RangeProof> decode_range_proof(ByteView bytes) {
    ByteReader in(bytes);
    RangeProof out;
    for (auto* side : {&out.left, &out.right}) {
        const auto count = in.get<std::uint8_t>();
        if (count > kTilesMax || in.left() < count * std::size_t{32}) return std::nullopt;
        for (int i = 0; i < count; ++i) side->push_back(in.get<Hash32>());
    }
    if (!in.done()) return std::nullopt;
    return out;
}

}  // namespace guildhall::federation
