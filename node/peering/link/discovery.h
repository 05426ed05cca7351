#pragma once
// Discovery: from a node's name to where it listens and who it is (design, c.3), in this order: the
// document at https://NAME/.well-known/guildhall, SRV records of _guildhall._tcp.NAME, the usual
// port. What strangers make this node connect to is bounded by base::Fetcher and base::dial_host.
// On the shard of peering.

#include "node/base/fetch.h"
#include "node/peering/context.h"
#include "node/peering/link/node_address.h"

#include <optional>
#include <string>
#include <vector>

namespace guildhall::peering {

/// Where links listen unless something else is said.
inline constexpr std::uint16_t kLinkPort = 8447;

/// What a well-known document says.
struct WellKnown {
    federation::Hash32 uid{};
    std::string name;
    std::vector<std::string> endpoints;
};
/// Nothing for what is no such document.
std::optional<WellKnown> parse_well_known(std::string_view json);
/// The document of this node.
std::string write_well_known(const Context& ctx);

/// Where to dial: host and port of a link, or the WebSocket at an HTTP port.
struct LinkEndpoint {
    base::HostPort where;
    bool is_web_socket = false;
    bool is_tls = false;
};
/// "host:port", "wss://host[:port]", "ws://host[:port]"; nothing for anything else, and for ports
/// that belong to other services.
std::optional<LinkEndpoint> parse_link_endpoint(std::string_view text);

class Discovery {
  public:
    explicit Discovery(Context& ctx);

    struct Found {
        /// Whom the name's own document names; nothing when there is none.
        std::optional<federation::Hash32> uid;
        std::vector<std::string> endpoints;
    };
    /// For a name without a port; at most about 10 s.
    base::Task<Found> find(std::string host);
    /// The document at a name, or at host:port of an HTTP server.
    base::Task<base::Result<WellKnown>> well_known(std::string host, std::uint16_t port);

  private:
    Context& ctx_;
    base::Fetcher fetcher_;
};

}  // namespace guildhall::peering
