#include "node/peering/mirror/signer_keys.h"

#include "federation/crypto.h"
#include "federation/no_nodes.h"

#include <algorithm>
#include <chrono>
#include <ranges>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// The peer has these at hand; a change of host waits for them.
constexpr Nanos kKeyLogLimit = 5s;

/// What this node asks that peer about that node.
Hash32 question_to(const Peer& peer, const Hash32& about) {
    return f::blake2b({f::ByteView(peer.uid().text()), f::ByteView(about.text())});
}

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

void SignerKeys::extend(const Hash32& uid, const f::KeyLog& log) {
    const f::KeyChain* known = find(uid);
    if (!known) return add(uid, log);
    const f::KeyLog held = known->log();
    const bool goes_on =
        held.genesis == log.genesis && held.events.size() < log.events.size() &&
        std::ranges::equal(held.events, log.events | std::views::take(held.events.size()));
    if (goes_on) add(uid, log);
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

WantedKeys keys_wanted_by(const f::SignedCertificate& certificate) {
    WantedKeys out;
    const auto want = [&](const Hash32& uid, std::uint32_t key_seq) {
        out[uid] = std::max(out[uid], key_seq);
    };
    for (const f::HostSignature& s : certificate.signatures) {
        if (!s.signer_uid.is_zero()) want(s.signer_uid, s.key_seq);
    }
    for (const f::SignedBytes& signed_vote : certificate.votes) {
        if (const auto vote = f::decode_vote(signed_vote.bytes))
            want(vote->voter_uid, vote->voter_key_seq);
    }
    return out;
}

std::vector<Hash32> signers_of(const f::SignedCertificate& certificate) {
    std::vector<Hash32> out;
    for (const auto& [uid, key_seq] : keys_wanted_by(certificate)) out.push_back(uid);
    return out;
}

Task<SignerKeys> find_keys(Context& ctx,
                           Peers& peers,
                           protocol::GuildSnapshot guild,
                           WantedKeys wanted,
                           std::shared_ptr<Peer> from,
                           Pauses& asked) {
    SignerKeys out;
    for (const auto& [uid, key_seq] : wanted) {
        if (uid == ctx.identity.uid) out.add(uid, ctx.keys.log);
        const auto* identity = guild ? guild->identities.find(std::string(uid.text())) : nullptr;
        if (identity) out.add_from_guild(uid, *identity);
        if (const Known* known = peers.directory().find(uid)) out.add(uid, known->log);
        const f::KeyChain* chain = out.find(uid);
        if (!from || (chain && chain->state().seq >= key_seq)) continue;
        // Of one that is known anybody can make up a later key, and have it asked for.
        const Hash32 question = question_to(*from, uid);
        if (chain && !asked.is_over(question, ctx.clock.now())) continue;
        if (chain) asked.begin(question, ctx.clock.now());
        auto answer = co_await from->ask(f::frames::KeyLogGet{uid}, kKeyLogLimit);
        auto* log = answer ? std::get_if<f::frames::KeyLog>(&*answer) : nullptr;
        if (log) out.extend(uid, {std::move(log->genesis), std::move(log->events)});
    }
    co_return out;
}

}  // namespace guildhall::peering
