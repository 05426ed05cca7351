#pragma once
// A node's key by its own log, for NodeKeys that keep logs. Any thread.

#include "federation/key_chain.h"
#include "federation/no_nodes.h"

namespace guildhall::federation {

/// Nothing for a log that does not hold, or has no such event.
inline std::optional<PublicKey> node_key(const KeyLog& log, std::uint32_t key_seq) {
    const auto chain = KeyChain::from(log, {}, kNoNodes);
    return chain ? chain->signing_key_at(key_seq) : std::nullopt;
}

}  // namespace guildhall::federation
