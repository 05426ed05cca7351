#include "node/journal/verify_heads.h"

#include "federation/entry.h"
#include "federation/guild_keys.h"
#include "federation/hosting_certificate.h"
#include "federation/key_chain.h"
#include "federation/no_nodes.h"
#include "node/store/projections/guild_facts.h"
#include "node/store/tables/log_key.h"
#include "node/store/tables/peers.h"
#include "protocol/event_codec.h"

#include <algorithm>
#include <iterator>

namespace guildhall::journal {
namespace {

namespace f = federation;
using protocol::Result;
using protocol::Status;
using store::Tx;

/// Every signing key of a key log that verifies; none otherwise.
std::vector<f::PublicKey> keys_of(const Result<f::KeyChain>& chain) {
    std::vector<f::PublicKey> out;
    if (!chain) return out;
    chain->any_key([&out](const f::PublicKey& key) {
        out.push_back(key);
        return false;
    });
    return out;
}

/// What HostingChanged entries of the control log say.
Status read_log(Tx& tx, protocol::GuildId guild, std::map<std::uint64_t, std::string>& out) {
    static const protocol::EventKind kKind = protocol::kind_of(protocol::HostingChanged{});
    return tx.each(
        "SELECT body FROM entries WHERE log = $1 AND kind = $2 ORDER BY seq",
        [&](const store::Row& row) {
            const auto bytes = f::event_of_body(row.blob(0));
            if (!bytes) return;
            const auto event = protocol::decode_event(bytes->text());
            const auto* changed = event ? std::get_if<protocol::HostingChanged>(&*event) : nullptr;
            if (changed) out[changed->epoch] = changed->hostUid;
        },
        store::log_key(guild, protocol::kControlLog),
        kKind);
}

}  // namespace

Result<GuildHosts> GuildHosts::load(Tx& tx,
                                    const store::hosting::HostingRow& row,
                                    const Identity& identity) {
    GuildHosts out;
    protocol::GuildState state;
    state.guild.id = row.guild;
    TRY_VOID(store::load_facts(tx, state));
    if (!state.hosting.firstHostUid.empty())
        out.host_of_epoch_[f::kFirstEpoch] = state.hosting.firstHostUid;
    TRY(auto certificates, store::hosting::certificates_above(tx, row.guild, -1));
    for (const auto& stored : certificates) {
        if (const auto read = f::read_certificate(stored.bytes))
            out.host_of_epoch_[read->second.epoch] = std::string(read->second.new_host_uid.text());
    }
    TRY_VOID(read_log(tx, row.guild, out.host_of_epoch_));
    const bool ours = row.role == store::hosting::Role::hosted;
    out.host_of_epoch_[row.epoch] = ours ? std::string(identity.uid.text()) : row.host_uid;

    state.identities.for_each([&](const std::string& uid, const protocol::Identity& known) {
        out.keys_[uid] = keys_of(f::chain_of(known, f::kNoNodes));
    });
    for (const auto& [epoch, uid] : out.host_of_epoch_) {
        if (!out.keys_[uid].empty()) continue;
        TRY(auto peer, store::peers::find(tx, uid));
        const auto log = peer ? f::decode_key_log(peer->key_events) : std::nullopt;
        if (log) out.keys_[uid] = keys_of(f::KeyChain::from(*log, {}, f::kNoNodes));
    }
    auto& own = out.keys_[std::string(identity.uid.text())];
    std::ranges::move(keys_of(f::KeyChain::from(identity.log, {}, f::kNoNodes)),
                      std::back_inserter(own));
    return out;
}

HeadFinding GuildHosts::check(const f::SignedHead& head) const {
    const auto host = host_of_epoch_.find(head.head.epoch);
    if (host == host_of_epoch_.end()) return HeadFinding::unknown_signer;
    const auto keys = keys_.find(host->second);
    if (keys == keys_.end() || keys->second.empty()) return HeadFinding::unknown_signer;
    const bool holds = std::any_of(keys->second.begin(),
                                   keys->second.end(),
                                   [&](const f::PublicKey& key) { return f::verify(head, key); });
    return holds ? HeadFinding::holds : HeadFinding::wrong;
}

}  // namespace guildhall::journal
