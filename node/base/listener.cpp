#include "node/base/listener.h"

#include "node/base/socket.h"
#include "node/base/tcp_stream.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <cerrno>
#include <utility>

namespace guildhall::base {
namespace {

/// Deep enough for a storm of reconnects while a shard is busy; the kernel caps it at somaxconn.
constexpr int kBacklog = 4096;
/// One turn accepts at most this many, so that a storm does not starve who is connected.
constexpr int kAcceptsPerTurn = 64;
/// Out of descriptors or memory: waiting lets some close.
constexpr Nanos kPauseWhenShort = std::chrono::milliseconds(100);

Result<Descriptor> listen_on(const Endpoint& where) {
    const auto failed = [&](const char* what) {
        const std::string reason = system_message(errno);
        return Error{.message = where.str() + ": " + what + ": " + reason};
    };
    SocketAddress address = to_socket_address(where);
    Descriptor fd(
        ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd.get() < 0) return failed("cannot make a socket");
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.get(), address.get(), address.bytes) != 0) return failed("cannot listen");
    if (::listen(fd.get(), kBacklog) != 0) return failed("cannot listen");
    return fd;
}

}  // namespace

struct TcpListener::Core : std::enable_shared_from_this<Core> {
    using Watched = boost::asio::posix::basic_stream_descriptor<Executor>;

    Core(Shards& all, OnAccept callback, unsigned to)
        : shards(all),
          on_accept(std::move(callback)),
          descriptor(all.at(0).io()),
          accepting(to == 0 ? all.count() : to) {}

    void wait() {
        if (stopped) return;
        descriptor.async_wait(Watched::wait_read,
                              [self = shared_from_this()](boost::system::error_code failed) {
                                  if (!failed && !self->stopped) self->accept_some();
                              });
    }

    void accept_some() {
        for (int i = 0; i < kAcceptsPerTurn; ++i) {
            SocketAddress address;
            Descriptor fd(::accept4(descriptor.native_handle(),
                                    address.get(),
                                    &address.bytes,
                                    SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (fd.get() >= 0) {
                deal(std::move(fd), to_endpoint(address));
            } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
                break;
            } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                pause(errno);
                return;
            }
            // Anything else is one connection that died in the queue.
        }
        wait();
    }

    void deal(Descriptor fd, const Endpoint& peer) {
        Shard& shard = shards.at(next++ % accepting);
        // Shared because std::function wants copies; closes the descriptor if the shard is gone.
        auto held = std::make_shared<Descriptor>(std::move(fd));
        auto take = [self = shared_from_this(), &shard, held, peer] {
            self->on_accept(shard, make_tcp_stream(shard, held->release(), peer));
        };
        if (shard.index() == 0) {
            take();
        } else {
            shard.post(std::move(take));
        }
    }

    void pause(int error) {
        Shard& shard = shards.at(0);
        shard.log().warn("net", "cannot accept", {{"reason", system_message(error)}});
        shard.timers().schedule_after(kPauseWhenShort,
                                      [self = shared_from_this()] { self->wait(); });
    }

    void stop() {
        stopped = true;
        boost::system::error_code ignored;
        descriptor.close(ignored);
    }

    Shards& shards;
    OnAccept on_accept;
    Watched descriptor;
    const unsigned accepting;
    unsigned next = 0;
    bool stopped = false;
};

Result<std::unique_ptr<TcpListener>> TcpListener::open(Shards& shards,
                                                       const Endpoint& where,
                                                       OnAccept on_accept,
                                                       unsigned accepting) {
    TRY(Descriptor fd, listen_on(where));
    SocketAddress bound;
    ::getsockname(fd.get(), bound.get(), &bound.bytes);
    auto core = std::make_shared<Core>(shards, std::move(on_accept), accepting);
    boost::system::error_code failed;
    core->descriptor.assign(fd.get(), failed);
    if (failed) return Error{.message = where.str() + ": " + failed.message()};
    fd.release();
    core->wait();
    return std::unique_ptr<TcpListener>(new TcpListener(to_endpoint(bound), std::move(core)));
}

TcpListener::TcpListener(Endpoint local, std::shared_ptr<Core> core)
    : local_(local), core_(std::move(core)) {}

TcpListener::~TcpListener() { stop(); }

void TcpListener::stop() {
    core_->shards.at(0).post([core = core_] { core->stop(); });
}

}  // namespace guildhall::base
