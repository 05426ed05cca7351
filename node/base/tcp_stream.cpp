#include "node/base/tcp_stream.h"

#include "node/base/shard.h"

#include <boost/asio/ip/tcp.hpp>

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <utility>

namespace guildhall::base {
namespace {

using Tcp = boost::asio::ip::tcp;
using Socket = boost::asio::basic_stream_socket<Tcp, Executor>;

class TcpStream;

/// Lets a completion that is already queued find out that its stream is gone. One thread.
struct Life {
    TcpStream* stream;
    unsigned references = 1;
};

class LifeRef {
  public:
    explicit LifeRef(Life* life) : life_(life) { ++life_->references; }
    LifeRef(const LifeRef& other) : LifeRef(other.life_) {}
    LifeRef(LifeRef&& other) noexcept : life_(std::exchange(other.life_, nullptr)) {}
    LifeRef& operator=(const LifeRef&) = delete;
    ~LifeRef() { drop(life_); }

    TcpStream* stream() const { return life_->stream; }
    static void drop(Life* life) {
        if (life && --life->references == 0) delete life;
    }

  private:
    Life* life_;
};

IoResult result_of(ssize_t moved) {
    if (moved >= 0) return {IoState::ok, static_cast<std::size_t>(moved)};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {IoState::would_block, 0};
    return {IoState::failed, 0};
}

class TcpStream final : public ByteStream {
  public:
    TcpStream(Shard& shard, int descriptor, const Endpoint& peer)
        : socket_(shard.io()), peer_(peer), life_(new Life{this}) {
        const int on = 1;
        // Frames are gathered by us; Nagle would only hold them back.
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        boost::system::error_code failed;
        socket_.assign(peer.ip.is_v4() ? Tcp::v4() : Tcp::v6(), descriptor, failed);
        if (failed) ::close(descriptor);
    }
    ~TcpStream() override {
        life_->stream = nullptr;
        LifeRef::drop(life_);
    }

    IoResult try_read(std::span<char> into) override {
        const ssize_t got = ::recv(socket_.native_handle(), into.data(), into.size(), MSG_DONTWAIT);
        if (got == 0 && !into.empty()) return {IoState::end, 0};
        return result_of(got);
    }

    IoResult try_write(std::span<const iovec> parts) override {
        msghdr message{};
        message.msg_iov = const_cast<iovec*>(parts.data());
        message.msg_iovlen = parts.size();
        return result_of(::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT));
    }

    void when_readable(Callback fn) override {
        on_readable_ = std::move(fn);
        if (std::exchange(waits_readable_, true)) return;
        socket_.async_wait(Socket::wait_read, [life = LifeRef(life_)](boost::system::error_code) {
            if (TcpStream* self = life.stream())
                self->told(self->waits_readable_, self->on_readable_);
        });
    }

    void when_writable(Callback fn) override {
        on_writable_ = std::move(fn);
        if (std::exchange(waits_writable_, true)) return;
        socket_.async_wait(Socket::wait_write, [life = LifeRef(life_)](boost::system::error_code) {
            if (TcpStream* self = life.stream())
                self->told(self->waits_writable_, self->on_writable_);
        });
    }

    void close() override {
        on_readable_ = nullptr;
        on_writable_ = nullptr;
        boost::system::error_code ignored;
        socket_.close(ignored);
    }

    void shutdown_send() override { ::shutdown(socket_.native_handle(), SHUT_WR); }

    Endpoint peer() const override { return peer_; }

  private:
    /// An error of the wait itself is found by the try_ call that follows.
    void told(bool& waits, Callback& callback) {
        waits = false;
        const Callback call = std::exchange(callback, nullptr);
        if (call) call();
    }

    Socket socket_;
    Endpoint peer_;
    Life* life_;
    Callback on_readable_;
    Callback on_writable_;
    bool waits_readable_ = false;
    bool waits_writable_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> make_tcp_stream(Shard& shard, int descriptor, const Endpoint& peer) {
    return std::make_unique<TcpStream>(shard, descriptor, peer);
}

}  // namespace guildhall::base
