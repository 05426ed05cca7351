#pragma once
// The HTTP/1.1 server: connections with keep-alive and pipelining, their limits and deadlines, and
// the WebSocket sessions they become. Knows streams, not sockets: attach() takes what a TcpListener
// accepted, a TLS stream, or one end of a memory pair. Owned by node/app; outlived by handler,
// shards.

#include "node/base/address_range.h"
#include "node/base/http/handler.h"
#include "node/base/metrics.h"
#include "node/base/rng.h"
#include "node/base/shard.h"
#include "node/base/stream.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace guildhall::base::http {

struct ServerOptions {
    /// Open connections of the node, WebSockets included; more are closed at once.
    std::size_t connections_max = 50'000;
    /// Request line and headers. Cookies and signed query strings are far below.
    std::size_t header_bytes_max = 16 * 1024;
    /// From accept, or from the first byte of a later request, to the end of its header.
    Nanos header_timeout = std::chrono::seconds(10);
    /// Between requests.
    Nanos idle_timeout = std::chrono::seconds(75);
    /// For body and answer: this much, plus the time their size takes at the slowest rate accepted.
    Nanos transfer_timeout = std::chrono::seconds(20);
    std::size_t transfer_bytes_per_second_min = 32 * 1024;
    /// Bodies that may become larger than `large_body_bytes` share this much memory of the node;
    /// who does not fit is asked to come back (503).
    std::size_t large_body_bytes = 256 * 1024;
    std::size_t large_bodies_bytes_max = 256 * 1024 * 1024;
    /// Requests answered before the connection is closed; bounds what one client pins to a shard.
    std::uint32_t requests_per_connection_max = 1'000'000;
    /// Bodies of this size and more are compressed when asked; small hot ones never are.
    std::size_t compress_bytes_min = 1024;
    /// Above it compression would hold up the shard.
    std::size_t compress_bytes_max = 512 * 1024;
    /// Proxies whose X-Forwarded-For is believed; the addresses of callers, for limits and lists of
    /// sessions, are what they say.
    std::vector<AddressRange> trusted_proxies = {};
};

class Server {
  public:
    /// Metrics may be null. `rng` gives the first request id.
    Server(Shards& shards,
           Handler& handler,
           Rng& rng,
           Registry* metrics,
           const ServerOptions& options = {});
    /// Only when the shards no longer run.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Serves one connection; on `shard`'s thread.
    void attach(Shard& shard, std::unique_ptr<ByteStream> stream);

    /// Closes idle connections, answers requests under way and closes after them; WebSockets are
    /// their listeners' to close. From any thread.
    void drain();
    /// Open connections, WebSockets included.
    std::size_t connections() const { return open_.load(std::memory_order_relaxed); }

  private:
    friend class ShardServer;

    Handler& handler_;
    const ServerOptions options_;
    std::atomic<std::size_t> open_{0};
    std::atomic<std::size_t> large_bodies_{0};
    std::unique_ptr<struct Probe> probe_;
    std::vector<std::unique_ptr<class ShardServer>> shards_;
};

}  // namespace guildhall::base::http
