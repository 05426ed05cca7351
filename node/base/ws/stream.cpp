#include "node/base/ws/stream.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace guildhall::base::ws {
namespace {

/// The most one frame carries, and about what one read takes from below.
constexpr std::size_t kPieceBytes = 16 * 1024;
/// How long the peer has to take what was written before close().
constexpr Nanos kLingerTimeout = std::chrono::seconds(5);

/// Writes the rest of a closed stream and closes it. Owned by its timer.
class Linger : public std::enable_shared_from_this<Linger> {
  public:
    static void start(Shard& shard, std::unique_ptr<ByteStream> below, std::string rest) {
        const auto self = std::make_shared<Linger>(shard, std::move(below), std::move(rest));
        self->timer_ = shard.timers().schedule_after(kLingerTimeout, [self] {});
        // Whoever was to be told of what can be read is gone.
        self->below_->when_readable([] {});
        self->wait();
    }
    Linger(Shard& shard, std::unique_ptr<ByteStream> below, std::string rest)
        : shard_(shard), below_(std::move(below)), rest_(std::move(rest)) {}

  private:
    void wait() {
        below_->when_writable([weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->write();
        });
    }
    void write() {
        while (!rest_.empty()) {
            const IoResult put = try_write(*below_, rest_);
            if (put.state == IoState::would_block) return wait();
            if (put.state != IoState::ok) break;
            rest_.erase(0, put.bytes);
        }
        below_->close();
        shard_.timers().cancel(timer_);  // The caller's reference is the last.
    }

    Shard& shard_;
    std::unique_ptr<ByteStream> below_;
    std::string rest_;
    TimerId timer_;
};

class WsStream final : public ByteStream, private FrameSink {
  public:
    WsStream(Shard& shard, std::unique_ptr<ByteStream> below, const StreamOptions& options)
        : shard_(shard),
          below_(std::move(below)),
          rng_(options.rng),
          role_(options.role),
          decoder_(kStreamMessageBytesMax, options.role),
          outgoing_(options.first_bytes) {
        flush();
        std::string read(options.already_read);
        decode(read);
    }
    ~WsStream() override { close(); }

    IoResult try_read(std::span<char> into) override {
        if (closed_) return {IoState::failed, 0};
        // One piece may hold control frames alone; the next may hold more.
        while (incoming_.empty() && !ended_) {
            std::array<char, kPieceBytes> piece;  // NOLINT: not worth clearing
            const IoResult got = below_->try_read(piece);
            if (got.state == IoState::would_block) return got;
            if (got.state != IoState::ok) {
                // No close frame came: what was sent may be cut short.
                ended_ = failed_ = true;
                break;
            }
            decode(std::span(piece).first(got.bytes));
        }
        if (incoming_.empty()) return {failed_ ? IoState::failed : IoState::end, 0};
        const std::size_t n = std::min(into.size(), incoming_.size() - taken_);
        std::memcpy(into.data(), incoming_.data() + taken_, n);
        taken_ += n;
        if (taken_ == incoming_.size()) {
            std::string().swap(incoming_);
            taken_ = 0;
        }
        return {IoState::ok, n};
    }

    IoResult try_write(std::span<const iovec> parts) override {
        if (closed_ || sent_close_ || failed_) return {IoState::failed, 0};
        // One frame at a time: what the socket does not take is the writer's to wait for.
        if (!flush()) return {failed_ ? IoState::failed : IoState::would_block, 0};
        std::string payload;
        for (const iovec& part : parts) {
            const std::size_t n = std::min(part.iov_len, kPieceBytes - payload.size());
            payload.append(static_cast<const char*>(part.iov_base), n);
        }
        if (payload.empty()) return {IoState::ok, 0};
        queue(Opcode::binary, payload);
        flush();
        return {failed_ ? IoState::failed : IoState::ok, failed_ ? 0 : payload.size()};
    }

    void when_readable(Callback fn) override {
        on_readable_ = std::move(fn);
        if (incoming_.empty() && !ended_ && !closed_) {
            below_->when_readable([this] { tell(on_readable_); });
        } else {
            tell_later(&WsStream::on_readable_);
        }
    }
    void when_writable(Callback fn) override {
        on_writable_ = std::move(fn);
        if (closed_) return tell_later(&WsStream::on_writable_);
        ask_writable();
    }

    void close() override {
        if (std::exchange(closed_, true)) return;
        on_readable_ = nullptr;
        on_writable_ = nullptr;
        send_close(kCloseNormal);
        if (outgoing_.empty() || failed_) {
            below_->close();
        } else {
            Linger::start(shard_, std::move(below_), outgoing_.substr(written_));
        }
    }
    void shutdown_send() override { send_close(kCloseNormal); }
    Endpoint peer() const override { return below_ ? below_->peer() : Endpoint{}; }

  private:
    // --- Reading ---

    void decode(std::span<char> data) {
        const auto fault = decoder_.feed(data, *this);
        if (fault) fail(*fault);
        flush();
    }
    void fail(std::uint16_t code) {
        send_close(code);
        ended_ = failed_ = true;
    }

    void on_text_or_binary(std::string_view payload, bool binary) override {
        if (binary) {
            incoming_ += payload;
        } else {
            fail(kCloseUnsupported);
        }
    }
    void on_ping(std::string_view payload) override {
        // Only the latest unanswered ping need be answered (5.5.3), which bounds what waits.
        if (!sent_close_) pong_ = payload;
        has_pong_ = !sent_close_;
    }
    void on_pong(std::string_view) override {}
    void on_close_frame(std::uint16_t, std::string_view) override {
        ended_ = true;
        send_close(kCloseNormal);
    }
    bool wants_more() const override { return !ended_; }

    // --- Writing ---

    void queue(Opcode opcode, std::string_view payload) {
        if (role_ == Role::server) {
            outgoing_ += make_frame(opcode, payload);
        } else {
            const auto mask = static_cast<std::uint32_t>(rng_->next_u64());
            outgoing_ += make_masked_frame(opcode, payload, mask);
        }
    }
    void send_close(std::uint16_t code) {
        if (std::exchange(sent_close_, true) || failed_) return;
        queue(Opcode::close, make_close_payload(code, {}));
        has_pong_ = false;
        flush();
    }

    /// True when all is written.
    bool flush() {
        for (;;) {
            if (outgoing_.empty() && std::exchange(has_pong_, false)) queue(Opcode::pong, pong_);
            if (outgoing_.empty()) return true;
            const std::string_view rest = std::string_view(outgoing_).substr(written_);
            const IoResult put = base::try_write(*below_, rest);
            if (put.state == IoState::would_block) {
                ask_writable();
                return false;
            }
            if (put.state != IoState::ok) {
                failed_ = true;
                return false;
            }
            written_ += put.bytes;
            if (written_ < outgoing_.size()) continue;
            std::string().swap(outgoing_);
            written_ = 0;
        }
    }

    void ask_writable() {
        below_->when_writable([this] {
            // What waits goes first; the writer is told when there is room for a frame.
            if (flush() || failed_) tell(on_writable_);
        });
    }
    void tell_later(Callback WsStream::* which) {
        shard_.post([this, which, alive = std::weak_ptr<char>(alive_)] {
            if (!alive.expired()) tell(this->*which);
        });
    }
    /// The callback may destroy this.
    static void tell(Callback& callback) {
        const Callback call = std::exchange(callback, nullptr);
        if (call) call();
    }

    Shard& shard_;
    std::unique_ptr<ByteStream> below_;
    Rng* rng_;
    Role role_;
    Decoder decoder_;
    Callback on_readable_;
    Callback on_writable_;
    /// Read and not yet taken: at most one message and one piece.
    std::string incoming_;
    std::size_t taken_ = 0;
    /// Queued and not yet written: at most one frame, and a control frame behind it.
    std::string outgoing_;
    std::size_t written_ = 0;
    std::string pong_;
    bool has_pong_ = false;
    bool sent_close_ = false;
    bool ended_ = false;   // Nothing more will be read.
    bool failed_ = false;  // Nothing will be written either.
    bool closed_ = false;
    /// Shared with nobody but the weak reference in tell_later().
    std::shared_ptr<char> alive_ = std::make_shared<char>();
};

}  // namespace

std::unique_ptr<ByteStream> make_stream(Shard& shard,
                                        std::unique_ptr<ByteStream> below,
                                        const StreamOptions& options) {
    return std::make_unique<WsStream>(shard, std::move(below), options);
}

}  // namespace guildhall::base::ws
