#include "node/peering/users/id_claims.h"

#include "node/store/tables/id_claims.h"

#include <utility>

namespace guildhall::peering {

base::Task<void> note_claim(Context& ctx,
                            protocol::Snowflake id,
                            std::string uid,
                            std::string genesis) {
    const auto holder = co_await store::read(
        ctx.db, [id](store::Tx& tx) { return store::id_claims::holder_of(tx, id); });
    if (!holder || !*holder || (*holder)->uid == uid) co_return;
    ctx.log.warn("peering",
                 "an id that another has is claimed: it stays whose it is",
                 {{"id", id.str()},
                  {"uid", federation::to_hex((*holder)->uid)},
                  {"genesis", federation::to_hex((*holder)->genesis)},
                  {"refused_uid", federation::to_hex(uid)},
                  {"refused_genesis", federation::to_hex(genesis)}});
}

}  // namespace guildhall::peering
