// What other versions of this program brought: entries of kinds that this one does not know, by log
// and kind, and nodes that speak no version of the protocol that is spoken here.
#include "node/store/schema/schema.h"

namespace guildhall::store::schema {

const char* const k0003 = R"sql(
CREATE TABLE opaque (
    log BIGINT NOT NULL, kind BIGINT NOT NULL, entries BIGINT NOT NULL,
    was_read BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (log, kind)
) WITHOUT ROWID;
CREATE TABLE peer_versions (
    uid BYTEA PRIMARY KEY, words TEXT NOT NULL, seen_ms BIGINT NOT NULL
) WITHOUT ROWID;
)sql";

}  // namespace guildhall::store::schema
