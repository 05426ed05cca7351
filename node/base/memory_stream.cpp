#include "node/base/memory_stream.h"

#include "node/base/shard.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace guildhall::base {
namespace {

class MemoryStream;

/// Both directions and both ends; shared by the ends and by the calls posted for them, which may
/// run after an end is gone.
struct Pipe {
    struct Direction {
        std::string bytes;
        bool ended = false;
    };

    Shard& shard;
    MemoryStreamOptions options;
    /// direction[i] is what end i reads.
    std::array<Direction, 2> directions;
    std::array<MemoryStream*, 2> ends{};
};

class MemoryStream final : public ByteStream {
  public:
    MemoryStream(std::shared_ptr<Pipe> pipe, std::size_t index)
        : pipe_(std::move(pipe)), index_(index) {
        pipe_->ends[index_] = this;
    }
    ~MemoryStream() override {
        close();
        pipe_->ends[index_] = nullptr;
    }

    IoResult try_read(std::span<char> into) override {
        if (closed_) return {IoState::failed, 0};
        auto& source = pipe_->directions[index_];
        if (source.bytes.empty()) {
            return {source.ended ? IoState::end : IoState::would_block, 0};
        }
        const auto n = std::min({into.size(), source.bytes.size(), pipe_->options.read_chunk});
        std::memcpy(into.data(), source.bytes.data(), n);
        source.bytes.erase(0, n);
        if (source.bytes.empty()) std::string().swap(source.bytes);
        tell_other();
        return {IoState::ok, n};
    }

    IoResult try_write(std::span<const iovec> parts) override {
        auto& sink = pipe_->directions[1 - index_];
        if (closed_ || sink.ended || pipe_->ends[1 - index_] == nullptr) {
            return {IoState::failed, 0};
        }
        std::size_t written = 0;
        for (const iovec& part : parts) {
            const auto room = pipe_->options.capacity - sink.bytes.size();
            const auto n = std::min(part.iov_len, room);
            sink.bytes.append(static_cast<const char*>(part.iov_base), n);
            written += n;
            if (n < part.iov_len) break;
        }
        if (written == 0) return {IoState::would_block, 0};
        tell_other();
        return {IoState::ok, written};
    }

    void when_readable(Callback fn) override {
        on_readable_ = std::move(fn);
        if (can_read()) tell_later(index_);
    }
    void when_writable(Callback fn) override {
        on_writable_ = std::move(fn);
        if (can_write()) tell_later(index_);
    }

    void close() override {
        if (std::exchange(closed_, true)) return;
        on_readable_ = nullptr;
        on_writable_ = nullptr;
        for (auto& direction : pipe_->directions) direction.ended = true;
        tell_other();
    }
    void shutdown_send() override {
        pipe_->directions[1 - index_].ended = true;
        tell_other();
    }

    Endpoint peer() const override {
        return index_ == 0 ? pipe_->options.first_peer : pipe_->options.second_peer;
    }

  private:
    bool can_read() const {
        const auto& source = pipe_->directions[index_];
        return !source.bytes.empty() || source.ended;
    }
    bool can_write() const {
        const auto& sink = pipe_->directions[1 - index_];
        return sink.ended || sink.bytes.size() < pipe_->options.capacity;
    }
    void tell_other() {
        const MemoryStream* other = pipe_->ends[1 - index_];
        if (other && (other->on_readable_ || other->on_writable_)) tell_later(1 - index_);
    }
    void tell_later(std::size_t end) {
        boost::asio::post(pipe_->shard.io(), [pipe = pipe_, end] {
            if (MemoryStream* stream = pipe->ends[end]) stream->tell_readable();
            // The first callback may have destroyed the stream.
            if (MemoryStream* stream = pipe->ends[end]) stream->tell_writable();
        });
    }
    void tell_readable() {
        if (!on_readable_ || !can_read()) return;
        const Callback call = std::exchange(on_readable_, nullptr);
        call();
    }
    void tell_writable() {
        if (!on_writable_ || !can_write()) return;
        const Callback call = std::exchange(on_writable_, nullptr);
        call();
    }

    std::shared_ptr<Pipe> pipe_;
    const std::size_t index_;
    bool closed_ = false;
    Callback on_readable_;
    Callback on_writable_;
};

}  // namespace

MemoryStreams make_memory_streams(Shard& shard, const MemoryStreamOptions& options) {
    auto pipe = std::make_shared<Pipe>(Pipe{shard, options, {}, {}});
    auto first = std::make_unique<MemoryStream>(pipe, 0);
    auto second = std::make_unique<MemoryStream>(pipe, 1);
    return {std::move(first), std::move(second)};
}

}  // namespace guildhall::base
