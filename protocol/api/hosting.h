#pragma once
// Requests about who hosts a guild and who may after that node is gone, and about an account that
// outlives its node; ours, not Discord's.
// Plain values; any thread.

#include "protocol/api/common.h"

#include <boost/describe/class.hpp>

#include <optional>

namespace guildhall::protocol::api {

/// A node's name, or the hex digits of its uid.
using NodeText = Text<1, 300>;

/// PATCH /guilds/{guild}/hosting. What is absent stays.
struct HostingPatch {
    std::optional<List<NodeText, 16>> successors;
    /// 0: nobody may take over without the guild's root key.
    std::optional<Int<0, 16>> votes;
    /// Seconds for which the host must be silent.
    std::optional<Int<1, 365 * 24 * 3600>> takeover_delay;
};
BOOST_DESCRIBE_STRUCT(HostingPatch, (), (successors, votes, takeover_delay))

/// POST /guilds/{guild}/hosting/transfer.
struct HostingTransfer {
    NodeText node;
};
BOOST_DESCRIBE_STRUCT(HostingTransfer, (), (node))

/// POST /users/@me/recovery.
struct RecoveryCreate {
    Text<1, 1024> password;
};
BOOST_DESCRIBE_STRUCT(RecoveryCreate, (), (password))

}  // namespace guildhall::protocol::api
