#include "node/base/network.h"

#include "node/base/listener.h"
#include "node/base/socket.h"
#include "node/base/tcp_stream.h"
#include "node/base/wait.h"

#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace guildhall::base {
namespace {

class SystemListener final : public Listener {
  public:
    explicit SystemListener(std::unique_ptr<TcpListener> tcp) : tcp_(std::move(tcp)) {}
    Endpoint local() const override { return tcp_->local(); }
    void stop() override { tcp_->stop(); }

  private:
    std::unique_ptr<TcpListener> tcp_;
};

Error unreachable(const Endpoint& to, int error) {
    return Error{.status = 502, .message = to.str() + ": " + system_message(error)};
}

}  // namespace

Task<Result<std::unique_ptr<ByteStream>>> SystemNetwork::dial(Shard& shard,
                                                              Endpoint to,
                                                              Nanos limit) {
    const Deadline deadline = Deadline::after(shard.clock(), limit);
    SocketAddress address = to_socket_address(to);
    const int kind = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    Descriptor owned(::socket(address.storage.ss_family, kind, 0));
    if (owned.get() < 0) co_return unreachable(to, errno);
    if (::connect(owned.get(), address.get(), address.bytes) != 0 && errno != EINPROGRESS) {
        co_return unreachable(to, errno);
    }
    // From here on the stream closes the descriptor, also when this coroutine is destroyed.
    const int fd = owned.release();
    auto stream = make_tcp_stream(shard, fd, to);
    if (!co_await until_writable(shard, *stream, deadline)) {
        co_return Error{.status = 504, .message = to.str() + ": no answer in time"};
    }
    int failed = 0;
    socklen_t bytes = sizeof failed;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &bytes) != 0) failed = errno;
    if (failed != 0) co_return unreachable(to, failed);
    co_return std::move(stream);
}

Result<std::unique_ptr<Listener>> SystemNetwork::listen(const Endpoint& where, OnAccept on_accept) {
    TRY(auto tcp, TcpListener::open(shards_, where, std::move(on_accept), accepting_));
    return std::unique_ptr<Listener>(std::make_unique<SystemListener>(std::move(tcp)));
}

}  // namespace guildhall::base
