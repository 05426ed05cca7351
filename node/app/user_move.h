#pragma once
// Taking in an account of another node (guildhall user move). Synchronous.

#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/services/recovery.h"
#include "node/store/db.h"

#include <string>

namespace guildhall::app {

struct AccountPaper {
    federation::PhraseEntropy phrase;
    services::UserBackup backup;
};
/// Takes a good part of a second: Argon2id.
protocol::Result<AccountPaper> open_paper(const std::string& file, const std::string& phrase);

/// The account lives here from now on, under that name: its key log says so, countersigned by this
/// node, and the guilds that it is in are told when the node runs.
protocol::Status move_user(store::Tx& tx,
                           const AccountPaper& paper,
                           const std::string& name,
                           const std::string& password_hash,
                           base::Clock& clock,
                           base::Rng& rng);

}  // namespace guildhall::app
