#pragma once
// The epochs of a guild: what a node that stands in one of them lacks of its certificates, and when
// this node took each. Synchronous, inside a Tx.

#include "node/store/tables/hosting.h"

#include <map>

namespace guildhall::store::hosting {

/// Of the epochs above that one; where it is none of the guild's epochs, because another took its
/// place, all of them.
Result<std::vector<CertificateRow>> certificates_from(Tx& tx,
                                                      protocol::GuildId guild,
                                                      std::uint64_t epoch);

/// By epoch. Those of the newest only: older steps are as settled as they will be.
Status put_seen(Tx& tx,
                protocol::GuildId guild,
                const std::map<std::uint64_t, protocol::UnixMs>& seen);
Result<std::map<std::uint64_t, protocol::UnixMs>> find_seen(Tx& tx, protocol::GuildId guild);

}  // namespace guildhall::store::hosting
