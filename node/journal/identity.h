#pragma once
// Identity: the node's uid and the key that signs heads and geneses. Made at the first start and
// kept in the data folder's database; made once by node/app, immutable, read from any thread.

#include "federation/aead.h"
#include "federation/crypto.h"
#include "federation/genesis.h"
#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/store/db.h"

namespace guildhall::journal {

struct Identity {
    federation::Hash32 uid;
    federation::SignedGenesis genesis;
    federation::SecretKey key;
};

/// Reads the identity, or makes it and the root secret of the node in `tx`.
protocol::Result<Identity> load_or_make_identity(store::Tx& tx, base::Clock& clock, base::Rng& rng);

/// 32 bytes from which the node's other secrets are derived; made with the identity.
protocol::Result<std::string> load_root_secret(store::Tx& tx);

/// The X25519 key that the node's genesis names: for its links.
protocol::Result<federation::X25519Secret> load_link_secret(store::Tx& tx);

}  // namespace guildhall::journal
