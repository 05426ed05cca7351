#include "federation/guild_keys.h"

#include "federation/limits.h"

#include <utility>
#include <variant>

namespace guildhall::federation {

using protocol::Result;
using protocol::Status;

namespace {

/// What the genesis says, unverified: add() verifies it.
bool is_user(ByteView signed_genesis) {
    const auto stored = decode_signed_genesis(signed_genesis);
    const auto genesis = stored ? decode_genesis(stored->bytes) : std::nullopt;
    return genesis && std::holds_alternative<UserGenesis>(*genesis);
}

}  // namespace

Result<GuildKeys> GuildKeys::from(const protocol::GuildState& state, protocol::UnixMs seen_ms) {
    GuildKeys out;
    Status status;
    // A user's move needs the keys of the new home, which may have a larger uid: nodes come first.
    for (const bool users : {false, true}) {
        state.identities.for_each([&](const std::string& uid, const protocol::Identity& identity) {
            if (!status) return;
            if (is_user(identity.genesis) != users) return;
            status = out.add({uid, identity.genesis, identity.events}, 0, seen_ms);
        });
    }
    if (!status) return status.error();
    out.exact_from_ = state.control_size;
    return out;
}

Status GuildKeys::add(const protocol::IdentityAdded& event,
                      std::uint64_t control_size,
                      protocol::UnixMs ts_ms) {
    const auto uid = Hash32::from(event.uid);
    if (!uid) return refused("an identity's uid has another length");
    const KeyTime time{ts_ms, control_size};
    const auto at = known_.find(*uid);
    std::optional<KeyChain> chain;
    if (at != known_.end()) {
        chain = at->second.chain;
    } else {
        if (known_.size() >= limits::kGuildIdentitiesMax)
            return refused("the guild has too many identities");
        TRY(chain, KeyChain::start(event.genesis, time));
        if (chain->uid() != *uid) return refused("an identity's genesis has another uid");
    }
    const auto keys = [this](const Hash32& node, std::uint32_t seq) { return key(node, seq); };
    for (const std::string& stored : event.events) {
        TRY(const KeyStep step, chain->apply(stored, time, keys));
        if (step == KeyStep::forked) return refused("an identity's key log is forked");
    }
    if (at != known_.end())
        at->second.chain = std::move(*chain);
    else
        known_.emplace(*uid, Known{std::move(*chain), control_size});
    return {};
}

OriginKey GuildKeys::origin_key(const CommandFacts& command, std::uint64_t control_size) const {
    return origin_key(command, control_size, [](const PublicKey&) { return false; });
}

OriginKey GuildKeys::origin_key(const CommandFacts& command,
                                std::uint64_t control_size,
                                protocol::FunctionRef<bool(const PublicKey&)> is_known) const {
    const auto at = known_.find(command.origin_uid);
    if (at == known_.end() || at->second.since > control_size) return OriginKey::unknown;
    const KeyChain& chain = at->second.chain;
    if (chain.is_user()) return OriginKey::unknown;
    const auto holds = [&](const PublicKey& key) {
        return is_known(key) ||
               verify(key, Domain::command, ByteView(command.header), command.signature);
    };
    const bool valid = control_size < exact_from_
                           ? chain.any_key(holds)
                           : holds(chain.state_at_control(control_size).signing_key);
    return valid ? OriginKey::valid : OriginKey::invalid;
}

std::optional<PublicKey> GuildKeys::key(const Hash32& node_uid, std::uint32_t key_seq) const {
    const KeyChain* chain = find(node_uid);
    if (!chain || chain->is_user()) return std::nullopt;
    return chain->signing_key_at(key_seq);
}

Result<KeyChain> chain_of(const protocol::Identity& identity, NodeKeys keys) {
    TRY(KeyChain chain, KeyChain::start(identity.genesis));
    for (const std::string& stored : identity.events) {
        TRY(const KeyStep step, chain.apply(stored, {}, keys));
        if (step == KeyStep::forked) return refused("an identity's key log is forked");
    }
    return chain;
}

const KeyChain* GuildKeys::find(const Hash32& uid) const {
    const auto at = known_.find(uid);
    return at == known_.end() ? nullptr : &at->second.chain;
}

}  // namespace guildhall::federation
