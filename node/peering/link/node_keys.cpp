#include "node/peering/link/node_keys.h"

namespace guildhall::peering {

federation::LinkIdentity node_keys(const journal::Identity& identity,
                                   const federation::X25519Secret& secret) {
    federation::LinkIdentity out;
    out.signing = &identity.key;
    out.noise = secret;
    out.log = identity.log;
    return out;
}

}  // namespace guildhall::peering
