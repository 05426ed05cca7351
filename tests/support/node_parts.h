#pragma once
// What a node in memory is made of, for fixtures: a database, an identity, a view. One thread.

#include "node/journal/identity.h"
#include "node/journal/view.h"
#include "node/store/inline_sqlite_db.h"

#include <memory>
#include <string_view>
#include <vector>

namespace guildhall::tests {

/// Fresh, or with what another database held.
std::unique_ptr<store::InlineSqliteDb> open_db(std::string_view image = {});
std::unique_ptr<journal::Identity> make_identity(store::Db& db, base::Clock& clock, base::Rng& rng);
/// Of a node with one shard.
std::vector<std::unique_ptr<journal::View>> one_view();

}  // namespace guildhall::tests
