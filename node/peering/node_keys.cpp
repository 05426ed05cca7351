#include "node/peering/node_keys.h"

#include "node/store/wait.h"

namespace guildhall::peering {

protocol::Result<federation::LinkIdentity> load_node_keys(store::Db& db,
                                                          const journal::Identity& identity) {
    federation::LinkIdentity out;
    TRY_VOID(store::read_and_wait(db, [&out](store::Tx& tx) -> protocol::Status {
        TRY(out.noise, journal::load_link_secret(tx));
        return {};
    }));
    out.signing = &identity.key;
    out.log.genesis = federation::encode(identity.genesis);
    return out;
}

}  // namespace guildhall::peering
