#include "node/peering/users/id_claims.h"

#include "node/store/tables/id_claims.h"

#include <utility>

namespace guildhall::peering {

base::Task<void> IdClaims::note(protocol::Snowflake id, std::string uid, std::string genesis) {
    const auto claims = federation::Hash32::from(std::string_view(uid));
    if (!claims || !told_.is_over(*claims, ctx_.clock.now())) co_return;
    const auto holder = co_await store::read(
        ctx_.db, [id](store::Tx& tx) { return store::id_claims::holder_of(tx, id); });
    if (!holder || !*holder || (*holder)->uid == uid) co_return;
    const base::Nanos now = ctx_.clock.now();
    // Somebody else may have told while this was read.
    if (!told_.is_over(*claims, now) || lines_.take(now)) co_return;
    told_.begin(*claims, now);
    ctx_.log.warn("peering",
                  "an id that another has is claimed: it stays whose it is",
                  {{"id", id.str()},
                   {"uid", federation::to_hex((*holder)->uid)},
                   {"genesis", federation::to_hex((*holder)->genesis)},
                   {"refused_uid", federation::to_hex(uid)},
                   {"refused_genesis", federation::to_hex(genesis)}});
}

}  // namespace guildhall::peering
