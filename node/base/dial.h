#pragma once
// From a name with a port to a connected stream: resolved once, private addresses left out, the
// rest tried in turn. What fetches and links have in common. Awaited on the shard that is named.

#include "node/base/network.h"
#include "node/base/resolver.h"

#include <memory>

namespace guildhall::base {

struct DialOptions {
    /// Loopback and private networks too, for tests and closed networks.
    bool allow_private = false;
    Nanos limit = std::chrono::seconds(10);
};

/// The stream's peer() is the address that was checked. Errors name the host: status 400 when it is
/// neither a name nor an address, 403 when it has no public one, else what resolving or the last
/// dial gave.
Task<Result<std::unique_ptr<ByteStream>>> dial_host(
    Network& network, Resolver& resolver, Shard& shard, HostPort to, DialOptions options);

}  // namespace guildhall::base
