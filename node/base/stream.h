#pragma once
// ByteStream: a connected, ordered stream of bytes, by readiness: try first, and when it would
// block ask to be told once. Nothing is buffered for an idle stream. Implementations: TCP
// (tcp_stream.h), TLS over another stream (tls.h), a pair in memory (memory_stream.h). A stream
// belongs to one shard and is used only on its thread.

#include "node/base/address.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <sys/uio.h>

namespace guildhall::base {

enum class IoState : std::uint8_t {
    ok,           // `bytes` were moved; more may follow.
    would_block,  // Nothing was moved; ask when_readable() or when_writable().
    end,          // The peer finished sending.
    failed,       // The connection is lost.
};

struct IoResult {
    IoState state = IoState::ok;
    std::size_t bytes = 0;
};

class ByteStream {
  public:
    using Callback = std::function<void()>;

    /// Destruction closes; callbacks that were not called yet never will be.
    virtual ~ByteStream() = default;

    virtual IoResult try_read(std::span<char> into) = 0;
    /// Writes a prefix of `parts`, in order. After would_block the next call must start with the
    /// same bytes (a TLS record may be half sent).
    virtual IoResult try_write(std::span<const iovec> parts) = 0;

    /// One call, from the loop and never from inside, when try_read may do something, which may be
    /// at once. Asking again replaces the callback. The callback may destroy the stream.
    virtual void when_readable(Callback fn) = 0;
    virtual void when_writable(Callback fn) = 0;

    /// Ends both directions after what was written; reads and writes fail from then on.
    virtual void close() = 0;
    /// Ends the sending direction only.
    virtual void shutdown_send() = 0;
    virtual Endpoint peer() const = 0;
};

/// One buffer.
inline IoResult try_write(ByteStream& stream, std::string_view bytes) {
    const iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    return stream.try_write({&part, 1});
}

}  // namespace guildhall::base
