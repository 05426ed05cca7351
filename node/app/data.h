#pragma once
// Data: what a node reads from its folder before it serves: identity, secrets, guilds, accounts,
// applications. Synchronous waits on the store; only before the shards run.

#include "node/base/log.h"
#include "node/journal/identity.h"
#include "node/journal/load.h"
#include "node/journal/view.h"
#include "node/services/context.h"
#include "node/store/db.h"
#include "node/store/sqlite_db.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::app {

/// Runs one job and waits for it: for start-up and commands, never on a shard.
protocol::Status write_and_wait(store::Db& db,
                                store::UniqueFunction<protocol::Status(store::Tx&)> work);
protocol::Status read_and_wait(store::Db& db,
                               store::UniqueFunction<protocol::Status(store::Tx&)> work);

/// The store of a folder, for commands; makes one where there is none.
protocol::Result<std::unique_ptr<store::SqliteDb>> open_store(const std::string& folder);
/// An error where the folder has no node's data.
protocol::Status require_data(const std::string& folder);
/// The store of a folder that is there already.
protocol::Result<std::unique_ptr<store::SqliteDb>> open_existing(const std::string& folder);

struct Loaded {
    journal::Identity identity;
    services::Secrets secrets;
    /// Of links with other nodes.
    federation::X25519Secret link_secret{};
    std::vector<journal::LoadedGuild> guilds;
    /// Accounts, sessions, applications and global commands, as every View takes them.
    std::vector<journal::Notice> notices;
};

/// What an older version kept without being able to read it becomes part of the projections: as
/// long as `guildhall rebuild`, once. A node whose logs do not allow it serves without.
void read_what_is_known_now(store::Db& db, base::Log& log);

/// Makes identity and secrets in a new folder.
protocol::Result<Loaded> load(store::Db& db, base::Clock& clock, base::Rng& rng);

/// The secrets that follow from the node's root secret.
services::Secrets derive_secrets(const std::string& root);

}  // namespace guildhall::app
