#pragma once
// Fetcher: one small document by https from a stranger, for discovery. What a stranger's URL may
// make this node do is bounded: no redirects, no private addresses, no ports of other services, and
// the address that was checked is the one that is connected to. One for all shards, owned by
// node/app; awaited on the shard that is named.

#include "node/base/network.h"
#include "node/base/resolver.h"
#include "node/base/tls.h"

#include <string>

namespace guildhall::base {

struct FetchOptions {
    /// From the call to the last byte.
    Nanos limit = std::chrono::seconds(5);
    std::size_t head_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 64 * 1024;
    /// Private addresses and plain http, for tests and closed networks.
    bool allow_private = false;
};

/// Of a response with status 200; all others are errors.
struct Fetched {
    std::string content_type;
    std::string body;
};

class Fetcher {
  public:
    /// What is given outlives this.
    Fetcher(Network& network, Resolver& resolver, TlsContext& tls, FetchOptions options = {})
        : network_(network), resolver_(resolver), tls_(tls), options_(options) {}

    /// Errors name the host and what was wrong: 400 for a URL that is refused, 403 for an address
    /// that is, 504 when time ran out, 502 for everything else.
    Task<Result<Fetched>> get(Shard& shard, std::string url) const;

  private:
    struct Target;

    static Result<Target> parse(const std::string& url, bool allow_private);
    Task<Result<Fetched>> exchange(Shard& shard,
                                   const Target& target,
                                   std::unique_ptr<ByteStream> stream,
                                   Deadline deadline) const;

    Network& network_;
    Resolver& resolver_;
    TlsContext& tls_;
    const FetchOptions options_;
};

/// Whether a stranger may make this node connect there: 443, 8443, and what no well-known service
/// has.
bool is_fetch_port(std::uint16_t port);

}  // namespace guildhall::base
