#pragma once
// Handler: what answers HTTP requests and takes WebSockets. One object for all shards, owned by
// node/app; each call runs on the shard that accepted the connection.

#include "node/base/http/request.h"
#include "node/base/http/response.h"
#include "node/base/task.h"
#include "node/base/ws/session.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace guildhall::base::http {

/// The answer to a request that asks for a WebSocket: a listener, somebody who takes it as a stream
/// of bytes (ws/stream.h), or a refusal with a status.
struct Upgrade {
    using TakeStream = std::function<void(Shard&, std::unique_ptr<ByteStream>)>;

    std::unique_ptr<ws::Listener> listener;
    /// Called from the loop on the connection's shard; the server is done with the connection then.
    TakeStream take_stream;
    ws::SessionOptions options;
    /// Sent when there is no listener; the connection stays an HTTP one.
    Response refusal;

    static Upgrade accept(std::unique_ptr<ws::Listener> listener,
                          const ws::SessionOptions& options = {}) {
        return {std::move(listener), nullptr, options, {}};
    }
    static Upgrade accept_stream(TakeStream take) { return {nullptr, std::move(take), {}, {}}; }
    static Upgrade refuse(Response response) { return {nullptr, nullptr, {}, std::move(response)}; }
    bool is_accepted() const { return listener != nullptr || take_stream != nullptr; }
};

class Handler {
  public:
    virtual ~Handler() = default;

    /// Answers one request. Runs on *request.shard; `request` lives until the task ends, also when
    /// the client has gone. An exception is logged and answered with 500.
    virtual Task<Response> serve(Request& request) = 0;

    /// Answers at once what needs no waiting, without the price of a coroutine; nothing sends the
    /// request to serve().
    virtual std::optional<Response> serve_now(Request&) { return std::nullopt; }

    /// A sound WebSocket handshake for request.target(). Listener::on_open follows when the 101 has
    /// been queued. The default refuses with 404.
    virtual Task<Upgrade> upgrade(Request& request);

    /// The most body bytes this request may have; the body is not read yet. Beyond it: 413, code
    /// 40005, and the connection is closed.
    virtual std::size_t body_limit(const Request& head) const = 0;
};

}  // namespace guildhall::base::http
