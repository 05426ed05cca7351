#pragma once
// A WebSocket as a ByteStream: what is written travels in binary messages, whose borders mean
// nothing. So links run over one HTTPS port and through proxies. Pings are answered; a text
// message, or anything against RFC 6455, ends the connection. An idle stream owns no buffers; one
// that the peer does not read holds one frame, and its writer would block. Its shard's thread.

#include "node/base/rng.h"
#include "node/base/shard.h"
#include "node/base/stream.h"
#include "node/base/ws/codec.h"

#include <memory>
#include <string>
#include <string_view>

namespace guildhall::base::ws {

/// The longest message that a stream accepts. It writes shorter ones.
inline constexpr std::uint32_t kStreamMessageBytesMax = 64 * 1024;

struct StreamOptions {
    Role role = Role::server;
    /// Of a client, whose masks it makes; outlives the stream.
    Rng* rng = nullptr;
    /// Sent first, as they are: the 101 of a server.
    std::string_view first_bytes;
    /// What was read behind the handshake.
    std::string_view already_read;
};

/// After the handshake.
std::unique_ptr<ByteStream> make_stream(Shard& shard,
                                        std::unique_ptr<ByteStream> below,
                                        const StreamOptions& options);

struct ClientOptions {
    /// The Host header: "example.org", or with a port where it is not the usual one.
    std::string host;
    std::string target = "/.guildhall";
    Nanos limit = std::chrono::seconds(10);
};

/// The handshake of a client (RFC 6455, section 4.1) over a connected stream, and the stream behind
/// it. Status 504 when time ran out, 502 when the server will not or does not speak WebSocket.
Task<Result<std::unique_ptr<ByteStream>>> open_client_stream(Shard& shard,
                                                             std::unique_ptr<ByteStream> below,
                                                             ClientOptions options,
                                                             Rng& rng);

}  // namespace guildhall::base::ws
