#pragma once
// A WebSocket after its handshake. Listener is the product's side (a gateway session), Session the
// connection's. What is sent during a turn of the loop leaves in one write at its end; an idle
// session owns no buffers. Both live on the shard that accepted the connection.

#include "node/base/shard.h"
#include "node/base/shared_bytes.h"
#include "node/base/stream.h"
#include "node/base/timer.h"
#include "node/base/ws/codec.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace guildhall::base::ws {

class Session;
struct Outbox;
class OutboxPool;

struct SessionOptions {
    /// A message longer than this closes the session with `too_big_code`.
    std::uint32_t message_bytes_max = 64 * 1024;
    std::uint16_t too_big_code = kCloseTooBig;
    /// What may wait for a peer that does not read. A message is refused, and the session closed
    /// with `overflow_code`, when more than this waits already: one message may exceed it.
    std::uint32_t queued_bytes_max = 256 * 1024;
    std::uint16_t overflow_code = kClosePolicy;
};

/// Called on the session's shard, never from inside a call to the session.
class Listener {
  public:
    virtual ~Listener() = default;

    /// First of all calls; the session may be used until on_close returns.
    virtual void on_open(Session& session) = 0;
    virtual void on_message(std::string_view payload, bool binary) = 0;
    /// Last of all calls, exactly once if on_open was called: the code the peer sent, or ours if we
    /// closed, or 1006. The session and this listener are destroyed after it.
    virtual void on_close(std::uint16_t code) = 0;
    /// All that was sent has been taken by the socket: time for the next part of something long.
    /// Only when it was asked for.
    virtual void on_drained() {}
};

class Session final : private FrameSink {
  public:
    /// `on_finished` is called from the loop after on_close; the owner destroys the session then.
    using OnFinished = std::function<void(Session&)>;

    Session(Shard& shard,
            std::unique_ptr<ByteStream> stream,
            std::unique_ptr<Listener> listener,
            const SessionOptions& options,
            OutboxPool& outboxes,
            OnFinished on_finished);
    ~Session() override;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Sends `first_bytes` (the 101 answer) as they are, calls on_open, then handles
    /// `already_read`: what came behind the request that upgraded. Once.
    void start(std::string_view first_bytes, std::string_view already_read);

    /// Queues one message: `prefix` is copied behind the frame header, `body` is shared. Nothing
    /// happens when the session is closing.
    void send(std::string_view prefix, SharedBytes body, bool binary = false);
    void send(std::string_view text, bool binary = false) { send(text, {}, binary); }
    /// Queues the close frame; what was queued before still leaves. The peer has five seconds to
    /// answer. Later calls do nothing.
    void close(std::uint16_t code, std::string_view reason = {});

    /// on_drained is called once, when all that was sent has been taken. What most sessions send
    /// most of the time is followed by nothing, and to ask each listener costs a fan-out dearly.
    void tell_when_drained() { tells_drained_ = true; }

    bool is_open() const { return state_ == State::open; }
    /// Bytes queued and not yet taken by the socket.
    std::size_t queued_bytes() const { return queued_bytes_; }
    Shard& shard() { return shard_; }
    Endpoint peer() const;

  private:
    friend class OutboxPool;
    enum class State : std::uint8_t { open, closing, finished };

    void on_text_or_binary(std::string_view payload, bool binary) override;
    void on_ping(std::string_view payload) override;
    void on_pong(std::string_view payload) override;
    void on_close_frame(std::uint16_t code, std::string_view reason) override;
    bool wants_more() const override;
    // What OutboxPool says: the turn ends; it soon will, and then this is needed in the caches.
    void on_turn_end();
    void prefetch() const;
    void prefetch_output() const;

    void enlist();
    Outbox& outbox();
    void queue(Opcode opcode, std::string_view prefix, SharedBytes body);
    void begin_close(std::uint16_t code, std::string_view reason);
    void ask_readable();
    void read_ready();
    void decode(std::span<char> data);
    void flush();
    void after_flush();
    void finish_later(std::uint16_t code);
    void finish();

    // What every message sent touches comes first: one line of the cache.
    OutboxPool& outboxes_;
    std::unique_ptr<Outbox> outbox_;
    std::unique_ptr<ByteStream> stream_;
    std::uint32_t queued_bytes_ = 0;
    std::uint16_t close_code_ = 0;
    State state_ = State::open;
    bool enlisted_ = false;       // on_turn_end is due.
    bool blocked_ = false;        // The socket is full; when_writable is asked.
    bool peer_closed_ = false;    // Its close frame has come.
    bool deaf_ = false;           // It broke the protocol: what else it sends is not looked at.
    bool has_drained_ = false;    // All was taken by the socket.
    bool tells_drained_ = false;  // The listener asked to be told so.
    SessionOptions options_;

    Shard& shard_;
    std::unique_ptr<Listener> listener_;
    OnFinished on_finished_;
    Decoder decoder_;
    TimerId close_timer_;
};

}  // namespace guildhall::base::ws
