#pragma once
// NodeAddress: where a person says that a node is: "chat.example", "10.0.0.2:8447",
// "chat.example~9f3a41c2" (the first hex digits of its uid pin it), and CODE@NODE for an invite
// there. Pure.

#include "federation/bytes.h"
#include "node/base/address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::peering {

struct NodeAddress {
    /// A host name in lower case, or an address literal.
    std::string host;
    /// 0: to be discovered.
    std::uint16_t port = 0;
    /// Lower-case hex digits with which the uid must begin; empty: any.
    std::string uid_prefix;

    bool fits(const federation::Hash32& uid) const;
};

std::optional<NodeAddress> parse_node_address(std::string_view text);

struct RemoteInvite {
    std::string code;
    NodeAddress node;
};
/// Nothing for a code of this node (no '@').
std::optional<RemoteInvite> parse_remote_invite(std::string_view text);

}  // namespace guildhall::peering
