#pragma once
// Whose signature a head needs: the node that hosted the guild in the head's epoch, with a key that
// this node had. Synchronous, inside a Tx; used by verify.cpp.

#include "federation/head.h"
#include "node/journal/identity.h"
#include "node/store/tables/hosting.h"

#include <map>
#include <string>
#include <vector>

namespace guildhall::journal {

enum class HeadFinding { holds, wrong, unknown_signer };

/// The hosts of one guild, as its control log, its certificates and what is known of nodes say it.
class GuildHosts {
  public:
    static protocol::Result<GuildHosts> load(store::Tx& tx,
                                             const store::hosting::HostingRow& row,
                                             const Identity& identity);

    HeadFinding check(const federation::SignedHead& head) const;

  private:
    std::map<std::uint64_t, std::string> host_of_epoch_;
    /// By node uid: every key that its log ever made valid.
    std::map<std::string, std::vector<federation::PublicKey>> keys_;
};

}  // namespace guildhall::journal
