#include "node/base/carried_stream.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace guildhall::base {
namespace {

class Carrier;

/// What both sides know of each other. Each member belongs to one shard; the other one's is only
/// reached by a post, which keeps all of this alive.
class Near : public std::enable_shared_from_this<Near> {
  public:
    Near(Shard& here, Shard& there, Endpoint peer) : here_(here), there_(there), peer_(peer) {}

    IoResult try_read(std::span<char> into);
    IoResult try_write(std::span<const iovec> parts);
    void when_readable(ByteStream::Callback fn);
    void when_writable(ByteStream::Callback fn);
    void shutdown_send();
    void close();
    Endpoint peer() const { return peer_; }

    void set_carrier(std::shared_ptr<Carrier> carrier) { carrier_ = std::move(carrier); }
    // Posted by the carrier.
    void on_bytes(std::string_view bytes);
    void on_end(IoState how);
    void on_written(std::size_t bytes);

  private:
    template <class F>
    void tell(F what);
    void wake(ByteStream::Callback& callback, bool& posted);

    Shard& here_;
    Shard& there_;
    const Endpoint peer_;
    std::shared_ptr<Carrier> carrier_;
    std::string incoming_;
    std::size_t taken_ = 0;
    std::optional<IoState> ended_;
    std::size_t under_way_ = 0;
    bool closed_ = false;
    bool read_posted_ = false, write_posted_ = false;
    ByteStream::Callback on_readable_, on_writable_;
};

/// Owns the stream, on its shard.
class Carrier : public std::enable_shared_from_this<Carrier> {
  public:
    Carrier(Shard& here, Shard& there, std::unique_ptr<ByteStream> stream)
        : here_(here), there_(there), stream_(std::move(stream)) {}

    void start(std::shared_ptr<Near> near) {
        near_ = std::move(near);
        read();
    }
    // Posted by the near side.
    void on_taken(std::size_t bytes) {
        held_ -= bytes;
        if (!reading_ && stream_) read();
    }
    void on_bytes(const std::string& bytes) {
        out_ += bytes;
        write();
    }
    void on_finish() {
        finishing_ = true;
        write();
    }
    void on_close() {
        closing_ = true;
        write();
    }

  private:
    template <class F>
    void tell(F what) {
        there_.post([near = near_, what = std::move(what)] { what(*near); });
    }

    void read() {
        reading_ = true;
        while (stream_ && held_ < kCarriedBytes) {
            const auto buffer = here_.read_buffer();
            const IoResult got =
                stream_->try_read(buffer.first(std::min(buffer.size(), kCarriedBytes - held_)));
            if (got.state == IoState::would_block) {
                stream_->when_readable([weak = weak_from_this()] {
                    if (const auto self = weak.lock()) self->read();
                });
                return;
            }
            if (got.state != IoState::ok) {
                tell([how = got.state](Near& near) { near.on_end(how); });
                break;
            }
            held_ += got.bytes;
            tell([bytes = std::string(buffer.data(), got.bytes)](Near& near) {
                near.on_bytes(bytes);
            });
        }
        reading_ = false;
    }

    void write() {
        std::size_t done = 0;
        while (stream_ && done < out_.size()) {
            const IoResult put = base::try_write(*stream_, std::string_view(out_).substr(done));
            if (put.state == IoState::would_block) {
                stream_->when_writable([weak = weak_from_this()] {
                    if (const auto self = weak.lock()) self->write();
                });
                break;
            }
            if (put.state != IoState::ok) {
                tell([](Near& near) { near.on_end(IoState::failed); });
                return end();
            }
            done += put.bytes;
        }
        out_.erase(0, done);
        if (done > 0) tell([done](Near& near) { near.on_written(done); });
        if (!out_.empty() || !stream_) return;
        if (closing_) return end();
        if (std::exchange(finishing_, false)) stream_->shutdown_send();
    }

    void end() {
        if (stream_) stream_->close();
        stream_.reset();
        out_.clear();
        // The two hold each other.
        here_.post([self = shared_from_this()] { self->near_.reset(); });
    }

    Shard& here_;
    Shard& there_;
    std::unique_ptr<ByteStream> stream_;
    std::shared_ptr<Near> near_;
    std::string out_;
    /// Posted and not taken yet.
    std::size_t held_ = 0;
    bool reading_ = false, finishing_ = false, closing_ = false;
};

template <class F>
void Near::tell(F what) {
    there_.post([carrier = carrier_, what = std::move(what)] { what(*carrier); });
}

IoResult Near::try_read(std::span<char> into) {
    if (closed_) return {IoState::failed, 0};
    if (incoming_.empty()) {
        if (ended_) return {*ended_, 0};
        return {IoState::would_block, 0};
    }
    const std::size_t size = std::min(into.size(), incoming_.size() - taken_);
    std::memcpy(into.data(), incoming_.data() + taken_, size);
    taken_ += size;
    if (taken_ == incoming_.size()) {
        incoming_.clear();
        taken_ = 0;
    }
    tell([size](Carrier& carrier) { carrier.on_taken(size); });
    return {IoState::ok, size};
}

IoResult Near::try_write(std::span<const iovec> parts) {
    if (closed_ || (ended_ && *ended_ == IoState::failed)) return {IoState::failed, 0};
    std::string bytes;
    for (const iovec& part : parts) {
        const std::size_t room = kCarriedBytes - under_way_ - bytes.size();
        bytes.append(static_cast<const char*>(part.iov_base), std::min(room, part.iov_len));
    }
    if (bytes.empty()) return {IoState::would_block, 0};
    const std::size_t size = bytes.size();
    under_way_ += size;
    tell([bytes = std::move(bytes)](Carrier& carrier) { carrier.on_bytes(bytes); });
    return {IoState::ok, size};
}

void Near::wake(ByteStream::Callback& callback, bool& posted) {
    if (!callback || std::exchange(posted, true)) return;
    here_.post([self = shared_from_this(), &callback, &posted] {
        posted = false;
        if (self->closed_) return;
        if (auto fn = std::exchange(callback, nullptr)) fn();
    });
}

void Near::when_readable(ByteStream::Callback fn) {
    on_readable_ = std::move(fn);
    if (!incoming_.empty() || ended_) wake(on_readable_, read_posted_);
}

void Near::when_writable(ByteStream::Callback fn) {
    on_writable_ = std::move(fn);
    if (under_way_ < kCarriedBytes || ended_) wake(on_writable_, write_posted_);
}

void Near::on_bytes(std::string_view bytes) {
    if (closed_) return;
    incoming_ += bytes;
    wake(on_readable_, read_posted_);
}

void Near::on_end(IoState how) {
    if (!ended_ || how == IoState::failed) ended_ = how;
    wake(on_readable_, read_posted_);
    wake(on_writable_, write_posted_);
}

void Near::on_written(std::size_t bytes) {
    under_way_ -= bytes;
    wake(on_writable_, write_posted_);
}

void Near::shutdown_send() {
    if (!closed_) tell([](Carrier& carrier) { carrier.on_finish(); });
}

void Near::close() {
    if (std::exchange(closed_, true)) return;
    on_readable_ = on_writable_ = nullptr;
    tell([](Carrier& carrier) { carrier.on_close(); });
    // The two hold each other.
    carrier_.reset();
}

class CarriedStream final : public ByteStream {
  public:
    explicit CarriedStream(std::shared_ptr<Near> near) : near_(std::move(near)) {}
    ~CarriedStream() override { near_->close(); }

    IoResult try_read(std::span<char> into) override { return near_->try_read(into); }
    IoResult try_write(std::span<const iovec> parts) override { return near_->try_write(parts); }
    void when_readable(Callback fn) override { near_->when_readable(std::move(fn)); }
    void when_writable(Callback fn) override { near_->when_writable(std::move(fn)); }
    void close() override { near_->close(); }
    void shutdown_send() override { near_->shutdown_send(); }
    Endpoint peer() const override { return near_->peer(); }

  private:
    std::shared_ptr<Near> near_;
};

}  // namespace

std::unique_ptr<ByteStream> carry_stream(Shard& from,
                                         Shard& to,
                                         std::unique_ptr<ByteStream> stream) {
    if (&from == &to) return stream;
    auto near = std::make_shared<Near>(to, from, stream->peer());
    auto carrier = std::make_shared<Carrier>(from, to, std::move(stream));
    near->set_carrier(carrier);
    carrier->start(near);
    return std::make_unique<CarriedStream>(std::move(near));
}

}  // namespace guildhall::base
