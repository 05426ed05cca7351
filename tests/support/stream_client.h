#pragma once
// Clients over in-memory streams: raw bytes, HTTP answers, WebSocket frames. They run inside a
// Loop: send, loop.run(), look. One thread.

#include "node/base/stream.h"
#include "node/base/ws/codec.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::tests {

/// Writes all it is given and keeps all it reads.
class StreamClient {
  public:
    explicit StreamClient(std::unique_ptr<base::ByteStream> stream);
    StreamClient(const StreamClient&) = delete;
    StreamClient& operator=(const StreamClient&) = delete;

    void send(std::string_view bytes);
    /// Stops and starts reading: a client that does not read.
    void pause() { paused_ = true; }
    void resume();
    void close();
    void shutdown_send() { stream_->shutdown_send(); }

    /// Everything read and not yet taken by a reader below.
    std::string received;
    /// The server closed.
    bool ended = false;

  private:
    void read();
    void write();

    std::unique_ptr<base::ByteStream> stream_;
    std::string unsent_;
    bool paused_ = false;
    bool writing_ = false;
};

struct HttpReply {
    int status = 0;
    /// Names in lower case.
    std::multimap<std::string, std::string> headers;
    std::string body;

    std::string header(const std::string& lower_case_name) const;
};

/// Takes one whole answer from the front of client.received; nothing when it is not whole.
/// `to_head` says that the answer has no body whatever its Content-Length.
std::optional<HttpReply> take_reply(StreamClient& client, bool to_head = false);

struct WsFrame {
    bool final = true;
    base::ws::Opcode opcode = base::ws::Opcode::text;
    std::string payload;

    /// Of a close frame; 1005 when it has none.
    std::uint16_t close_code() const;
};

/// Takes one whole frame of a server.
std::optional<WsFrame> take_frame(StreamClient& client);
/// A sound upgrade request for `target`.
std::string upgrade_request(std::string_view target, std::string_view more_headers = {});

}  // namespace guildhall::tests
