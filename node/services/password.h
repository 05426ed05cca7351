#pragma once
// Passwords: Argon2id with 19 MiB and two passes, hashed on the pool of two workers, so that a
// storm of logins never holds up a shard. Used on any shard.

#include "node/base/worker_pool.h"

#include <string>

namespace guildhall::services {

/// The encoded hash with its salt and parameters.
base::Task<base::Result<std::string>> hash_password(base::WorkerPool& pool, std::string password);

/// The same on the calling thread, for the command line.
base::Result<std::string> hash_password_now(std::string password);

/// The answer to a request whose password is not the account's, or is missing.
protocol::Error wrong_password();

struct PasswordCheck {
    bool matches = false;
    /// It was made with other parameters than today's: hash it again.
    bool outdated = false;
};
/// An empty `hash` (no such account) takes as long as a real one and never matches.
base::Task<base::Result<PasswordCheck>> check_password(base::WorkerPool& pool,
                                                       std::string hash,
                                                       std::string password);

}  // namespace guildhall::services
