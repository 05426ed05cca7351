// What the users of other nodes store here: the files that each home handed over and that a command
// of its users named, for its quota.
#include "node/store/schema/schema.h"

namespace guildhall::store::schema {

const char* const k0004 = R"sql(
CREATE TABLE guest_files (
    home BYTEA NOT NULL, hash BYTEA NOT NULL, cost BIGINT NOT NULL, named_ms BIGINT NOT NULL,
    PRIMARY KEY (home, hash)
) WITHOUT ROWID;
)sql";

}  // namespace guildhall::store::schema
