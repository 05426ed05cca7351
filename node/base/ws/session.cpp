#include "node/base/ws/session.h"

#include "node/base/ws/outbox.h"

#include <utility>

namespace guildhall::base::ws {
namespace {

/// How long the peer has to answer a close frame and to take what was queued before it.
constexpr Nanos kCloseTimeout = std::chrono::seconds(5);
/// Parts of one write: 32 messages.
constexpr std::size_t kPartsMax = 64;

}  // namespace

Session::Session(Shard& shard,
                 std::unique_ptr<ByteStream> stream,
                 std::unique_ptr<Listener> listener,
                 const SessionOptions& options,
                 OutboxPool& outboxes,
                 OnFinished on_finished)
    : outboxes_(outboxes),
      stream_(std::move(stream)),
      options_(options),
      shard_(shard),
      listener_(std::move(listener)),
      on_finished_(std::move(on_finished)),
      decoder_(options.message_bytes_max) {}

Session::~Session() {
    if (enlisted_) outboxes_.forget(*this);
    shard_.timers().cancel(close_timer_);
}

Endpoint Session::peer() const { return stream_->peer(); }

void Session::start(std::string_view first_bytes, std::string_view already_read) {
    if (!first_bytes.empty()) {
        outbox().heads += first_bytes;
        outbox_->push(first_bytes.size(), {});
        queued_bytes_ += static_cast<std::uint32_t>(first_bytes.size());
        enlist();
    }
    listener_->on_open(*this);
    // A copy, because the decoder unmasks in place.
    std::string rest(already_read);
    decode(rest);
    ask_readable();
}

void Session::send(std::string_view prefix, SharedBytes body, bool binary) {
    if (state_ != State::open) return;
    if (queued_bytes_ > options_.queued_bytes_max) {
        // Much may have been sent in this one turn to a peer that does read: try before judging.
        if (!blocked_) flush();
        if (queued_bytes_ > options_.queued_bytes_max) {
            begin_close(options_.overflow_code, "too slow");
            return;
        }
    }
    queue(binary ? Opcode::binary : Opcode::text, prefix, std::move(body));
}

void Session::close(std::uint16_t code, std::string_view reason) {
    if (state_ == State::open) begin_close(code, reason);
}

Outbox& Session::outbox() {
    if (!outbox_) outbox_ = outboxes_.take();
    return *outbox_;
}

void Session::queue(Opcode opcode, std::string_view prefix, SharedBytes body) {
    char header[kFrameHeaderMax];
    const auto payload_bytes = prefix.size() + body.size();
    const auto header_bytes = write_frame_header(header, opcode, payload_bytes);
    Outbox& box = outbox();
    box.heads.append(header, header_bytes);
    box.heads += prefix;
    box.push(header_bytes + prefix.size(), std::move(body));
    queued_bytes_ += static_cast<std::uint32_t>(header_bytes + payload_bytes);
    if (!blocked_) enlist();
}

void Session::enlist() {
    if (!std::exchange(enlisted_, true)) outboxes_.enlist(*this);
}

void Session::begin_close(std::uint16_t code, std::string_view reason) {
    state_ = State::closing;
    close_code_ = code;
    queue(Opcode::close, make_close_payload(code, reason), {});
    close_timer_ = shard_.timers().schedule_after(kCloseTimeout, [this] {
        close_timer_ = {};
        finish_later(close_code_);
    });
}

// --- Reading ---

void Session::ask_readable() {
    if (state_ == State::finished) return;
    stream_->when_readable([this] { read_ready(); });
}

void Session::read_ready() {
    const auto buffer = shard_.read_buffer();
    const IoResult got = stream_->try_read(buffer);
    if (got.state == IoState::ok) decode(buffer.first(got.bytes));
    if (got.state == IoState::end || got.state == IoState::failed) {
        finish_later(state_ == State::open ? kCloseAbnormal : close_code_);
        return;
    }
    ask_readable();
}

void Session::decode(std::span<char> data) {
    if (deaf_ || data.empty()) return;
    const auto fault = decoder_.feed(data, *this);
    if (!fault) return;
    deaf_ = true;
    if (state_ == State::open) {
        begin_close(*fault == kCloseTooBig ? options_.too_big_code : *fault, {});
    }
}

bool Session::wants_more() const { return !peer_closed_ && !deaf_ && state_ != State::finished; }

void Session::on_text_or_binary(std::string_view payload, bool binary) {
    if (state_ == State::open) listener_->on_message(payload, binary);
}

void Session::on_ping(std::string_view payload) {
    if (state_ != State::open) return;
    if (queued_bytes_ > options_.queued_bytes_max) {
        begin_close(options_.overflow_code, "too slow");
    } else {
        queue(Opcode::pong, payload, {});
    }
}

void Session::on_pong(std::string_view) {}

void Session::on_close_frame(std::uint16_t code, std::string_view) {
    peer_closed_ = true;
    if (state_ == State::open) {
        begin_close(code, {});
    } else if (!blocked_) {
        enlist();
    }
}

// --- Writing ---

void Session::prefetch() const {
    __builtin_prefetch(stream_.get());
    if (!outbox_) return;
    __builtin_prefetch(outbox_.get(), 1);
    __builtin_prefetch(reinterpret_cast<const char*>(outbox_.get()) + 64, 1);
}

void Session::prefetch_output() const {
    if (outbox_) outbox_->prefetch();
}

void Session::on_turn_end() {
    enlisted_ = false;
    if (state_ == State::finished) {
        finish();
        return;
    }
    if (!blocked_) flush();
    after_flush();
}

void Session::flush() {
    while (outbox_ && !blocked_) {
        iovec parts[kPartsMax];
        const IoResult put = stream_->try_write({parts, outbox_->gather(parts)});
        if (put.state == IoState::would_block) {
            blocked_ = true;
            stream_->when_writable([this] {
                blocked_ = false;
                flush();
                after_flush();
            });
            return;
        }
        if (put.state != IoState::ok) {
            finish_later(state_ == State::open ? kCloseAbnormal : close_code_);
            return;
        }
        outbox_->consume(put.bytes);
        queued_bytes_ -= static_cast<std::uint32_t>(put.bytes);
        if (outbox_->empty()) {
            outboxes_.give(std::move(outbox_));
            has_drained_ = true;
        }
    }
}

/// What follows from everything being written; apart from flush(), which send() may call, because
/// it calls the listener.
void Session::after_flush() {
    if (!std::exchange(has_drained_, false) && !(peer_closed_ && !outbox_)) return;
    if (state_ == State::open) {
        if (std::exchange(tells_drained_, false)) listener_->on_drained();
    } else if (state_ == State::closing && !outbox_) {
        if (peer_closed_) {
            finish_later(close_code_);
        } else if (deaf_) {
            // Its own close frame would not be understood: the end of its stream is awaited, so
            // that our close frame is not lost to a reset.
            stream_->shutdown_send();
        }
    }
}

void Session::finish_later(std::uint16_t code) {
    if (state_ == State::finished) return;
    state_ = State::finished;
    close_code_ = code;
    enlist();
}

void Session::finish() {
    stream_->close();
    if (outbox_) outbox_.reset();
    listener_->on_close(close_code_);
    // Moved out, because it destroys this session and with it the member.
    const OnFinished done = std::move(on_finished_);
    done(*this);
}

}  // namespace guildhall::base::ws
