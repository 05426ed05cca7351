#include "node/journal/identity.h"

#include "federation/aead.h"
#include "federation/no_nodes.h"
#include "node/store/tables/secrets.h"
#include "protocol/errors.h"

namespace guildhall::journal {
namespace {

namespace f = federation;

template <class Secret>
Secret new_secret(base::Rng& rng) {
    Secret secret;
    rng.fill(secret);
    return secret;
}

using namespace node_secret;
constexpr std::string_view kRoot = "node.root", kGenesis = "node.genesis";

protocol::Status make(store::Tx& tx, base::Clock& clock, base::Rng& rng) {
    const auto signing = new_secret<f::Seed>(rng), next = new_secret<f::Seed>(rng);
    const auto noise = new_secret<f::X25519Secret>(rng);
    const auto rotation = new_secret<f::Seed>(rng);
    const f::SecretKey key = f::SecretKey::from_seed(signing);
    f::NodeGenesis genesis;
    genesis.created_ms = clock.unix_ms();
    rng.fill(genesis.nonce);
    genesis.signing_key = key.public_key();
    genesis.noise_static = f::x25519_public(noise);
    genesis.next_key_commit = f::key_commit(f::SecretKey::from_seed(next).public_key());
    genesis.rotation_keys = {f::SecretKey::from_seed(rotation).public_key()};
    const std::string encoded = f::encode(f::sign(f::Genesis(genesis), key));

    TRY_VOID(store::secrets::put(tx, kSigning, signing.text()));
    TRY_VOID(store::secrets::put(tx, kNext, next.text()));
    TRY_VOID(store::secrets::put(tx, kNoise, noise.text()));
    TRY_VOID(store::secrets::put(tx, kRotation, rotation.text()));
    TRY_VOID(store::secrets::put(tx, kRoot, rng.bytes(32)));
    return store::secrets::put(tx, kGenesis, encoded);
}

/// The genesis alone where no key was ever rotated.
std::optional<f::KeyLog> key_log(const std::string& genesis, const std::string& stored) {
    if (stored.empty()) return f::KeyLog{genesis, {}};
    auto log = f::decode_key_log(stored);
    if (log && log->genesis != genesis) log.reset();
    return log;
}

protocol::Error damaged() {
    return protocol::make_error(0, "the node's identity in the data folder is damaged");
}

}  // namespace

protocol::Result<Identity> load_or_make_identity(store::Tx& tx,
                                                 base::Clock& clock,
                                                 base::Rng& rng) {
    TRY(auto stored, store::secrets::get(tx, kGenesis));
    if (!stored) {
        TRY_VOID(make(tx, clock, rng));
        TRY(auto made, store::secrets::get(tx, kGenesis));
        stored = std::move(made);
    }
    TRY(auto seed_bytes, store::secrets::get(tx, kSigning));
    const auto seed = f::Seed::from(std::string_view(seed_bytes.value_or("")));
    auto genesis = f::decode_signed_genesis(stored.value_or(""));
    if (!seed || !genesis || !f::verify(*genesis)) return damaged();
    const f::Hash32 uid = f::uid_of(genesis->bytes);
    TRY(const auto rotated, store::secrets::get(tx, kLog));
    auto log = key_log(*stored, rotated.value_or(""));
    if (!log) return damaged();
    const auto chain = f::KeyChain::from(*log, {}, f::kNoNodes);
    f::SecretKey key = f::SecretKey::from_seed(*seed);
    // What this node signs must hold for who has its log.
    if (!chain || chain->signing_key() != key.public_key()) return damaged();
    return Identity{uid, std::move(*genesis), std::move(key), std::move(*log)};
}

protocol::Result<std::string> load_root_secret(store::Tx& tx) {
    TRY(auto root, store::secrets::get(tx, kRoot));
    if (!root || root->size() != 32) return damaged();
    return std::move(*root);
}

protocol::Result<f::X25519Secret> load_link_secret(store::Tx& tx) {
    TRY(const auto stored, store::secrets::get(tx, kNoise));
    const auto secret = f::X25519Secret::from(std::string_view(stored.value_or("")));
    if (!secret) return damaged();
    return *secret;
}

}  // namespace guildhall::journal
