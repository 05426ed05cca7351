#pragma once
// A server on a Loop with a handler made for tests: what the HTTP vectors ask of an origin, and an
// echoing WebSocket.

#include "node/base/http/server.h"
#include "node/base/memory_stream.h"
#include "node/base/metrics.h"
#include "tests/support/loop.h"
#include "tests/support/stream_client.h"

#include <memory>
#include <string>

namespace guildhall::tests {

class EchoHandler final : public base::http::Handler {
  public:
    base::Task<base::http::Response> serve(base::http::Request& request) override;
    std::optional<base::http::Response> serve_now(base::http::Request& request) override;
    base::Task<base::http::Upgrade> upgrade(base::http::Request& request) override;
    std::size_t body_limit(const base::http::Request&) const override { return body_max; }

    std::size_t body_max = 64 * 1024;
    base::ws::SessionOptions session_options;
    /// What has been served, as "METHOD path".
    std::vector<std::string> served;
    /// Close codes of sessions that ended.
    std::vector<std::uint16_t> closed;
    std::size_t drained = 0;
    base::ws::Session* session = nullptr;
};

struct EchoServer {
    explicit EchoServer(const base::http::ServerOptions& options = {})
        : server(loop.shards, handler, rng, &metrics, options) {}

    /// A new connection; `first_peer` of the options is what the server sees.
    std::unique_ptr<StreamClient> connect(const base::MemoryStreamOptions& options = {}) {
        auto [ours, theirs] = base::make_memory_streams(loop.shard(), options);
        server.attach(loop.shard(), std::move(ours));
        return std::make_unique<StreamClient>(std::move(theirs));
    }

    Loop loop;
    base::SeededRng rng{1};
    base::Registry metrics;
    EchoHandler handler;
    base::http::Server server;
};

}  // namespace guildhall::tests
