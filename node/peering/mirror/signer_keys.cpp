#include "node/peering/mirror/signer_keys.h"

#include "federation/no_nodes.h"

#include <algorithm>
#include <chrono>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// The peer has these at hand; a change of host waits for them.
constexpr Nanos kKeyLogLimit = 5s;

}  // namespace

void SignerKeys::add(const Hash32& uid, const f::KeyLog& log) {
    keep(uid, f::KeyChain::from(log, {}, f::kNoNodes));
}

void SignerKeys::add_from_guild(const Hash32& uid, const protocol::Identity& identity) {
    auto chain = f::chain_of(identity, f::kNoNodes);
    if (!chain) return;
    oldest_[uid] = chain->state().seq;
    keep(uid, std::move(chain));
}

void SignerKeys::keep(const Hash32& uid, Result<f::KeyChain> chain) {
    if (!chain || chain->uid() != uid || chain->is_user()) return;
    const auto known = chains_.find(uid);
    if (known == chains_.end())
        chains_.emplace(uid, std::move(*chain));
    else if (known->second.state().seq < chain->state().seq)
        known->second = std::move(*chain);
}

const f::KeyChain* SignerKeys::find(const Hash32& uid) const {
    const auto known = chains_.find(uid);
    return known == chains_.end() ? nullptr : &known->second;
}

std::optional<f::PublicKey> SignerKeys::key(const Hash32& uid, std::uint32_t key_seq) const {
    const auto oldest = oldest_.find(uid);
    if (oldest != oldest_.end() && key_seq < oldest->second) return std::nullopt;
    return old_key(uid, key_seq);
}

std::optional<f::PublicKey> SignerKeys::old_key(const Hash32& uid, std::uint32_t key_seq) const {
    const f::KeyChain* chain = find(uid);
    return chain ? chain->signing_key_at(key_seq) : std::nullopt;
}

std::vector<Hash32> signers_of(const f::SignedCertificate& certificate) {
    std::vector<Hash32> out;
    for (const f::HostSignature& s : certificate.signatures) {
        if (!s.signer_uid.is_zero()) out.push_back(s.signer_uid);
    }
    for (const f::SignedBytes& signed_vote : certificate.votes) {
        if (const auto vote = f::decode_vote(signed_vote.bytes)) out.push_back(vote->voter_uid);
    }
    std::ranges::sort(out);
    const auto same = std::ranges::unique(out);
    out.erase(same.begin(), same.end());
    return out;
}

Task<SignerKeys> find_keys(Context& ctx,
                           Peers& peers,
                           protocol::GuildSnapshot guild,
                           std::vector<Hash32> uids,
                           std::shared_ptr<Peer> from) {
    SignerKeys out;
    for (const Hash32& uid : uids) {
        if (uid == ctx.identity.uid) out.add(uid, ctx.keys.log);
        const auto* identity = guild ? guild->identities.find(std::string(uid.text())) : nullptr;
        if (identity) out.add_from_guild(uid, *identity);
        if (const Known* known = peers.directory().find(uid)) out.add(uid, known->log);
        if (out.has(uid) || !from) continue;
        auto answer = co_await from->ask(f::frames::KeyLogGet{uid}, kKeyLogLimit);
        auto* log = answer ? std::get_if<f::frames::KeyLog>(&*answer) : nullptr;
        if (log) out.add(uid, {std::move(log->genesis), std::move(log->events)});
    }
    co_return out;
}

}  // namespace guildhall::peering
