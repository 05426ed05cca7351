#pragma once
// Identity: the node's uid, its key log, and the key that signs heads and geneses. Made at the
// first start and kept in the data folder's database; keys are rotated while the node is stopped
// (key_rotation.h). Made once by node/app, immutable, read from any thread.

#include "federation/aead.h"
#include "federation/crypto.h"
#include "federation/genesis.h"
#include "federation/key_chain.h"
#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/store/db.h"

#include <string>
#include <string_view>

namespace guildhall::journal {

struct Identity {
    federation::Hash32 uid;
    federation::SignedGenesis genesis;
    /// The one that holds at the end of `log`.
    federation::SecretKey key;
    /// Of this node: its genesis, and an event for each rotation of its keys.
    federation::KeyLog log;

    /// Which key of the log `key` is.
    std::uint32_t key_seq() const { return static_cast<std::uint32_t>(log.events.size()); }
};

/// Reads the identity, or makes it and the root secret of the node in `tx`.
protocol::Result<Identity> load_or_make_identity(store::Tx& tx, base::Clock& clock, base::Rng& rng);

/// 32 bytes from which the node's other secrets are derived; made with the identity.
protocol::Result<std::string> load_root_secret(store::Tx& tx);

/// The X25519 key that the node's key log names last: for its links.
protocol::Result<federation::X25519Secret> load_link_secret(store::Tx& tx);

/// Under which names the node's keys are kept (store::secrets): seeds of the signing key, of the
/// key that it committed to and of the rotation key, the X25519 secret, and the encoded key log,
/// which is there from the first rotation on.
namespace node_secret {
inline constexpr std::string_view kSigning = "node.signing", kNext = "node.next",
                                  kRotation = "node.rotation", kNoise = "node.noise",
                                  kLog = "node.log";
}

}  // namespace guildhall::journal
