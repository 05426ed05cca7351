#pragma once
// TcpListener: accepts on shard 0 and deals connections to the shards in turn, so that a few
// connections load all cores evenly. Owned by node/app; started and stopped on shard 0's thread or
// before the threads run.

#include "node/base/address.h"
#include "node/base/shard.h"
#include "node/base/stream.h"

#include <functional>
#include <memory>

namespace guildhall::base {

class TcpListener {
  public:
    /// Called on the shard that the connection belongs to.
    using OnAccept = std::function<void(Shard&, std::unique_ptr<ByteStream>)>;

    /// Binds and listens at once; `where.port` 0 asks for a free port. Deals to the first
    /// `accepting` shards; 0: to all. Errors name the address.
    static Result<std::unique_ptr<TcpListener>> open(Shards& shards,
                                                     const Endpoint& where,
                                                     OnAccept on_accept,
                                                     unsigned accepting = 0);
    ~TcpListener();
    TcpListener(const TcpListener&) = delete;
    TcpListener& operator=(const TcpListener&) = delete;

    /// With the port that was bound.
    const Endpoint& local() const { return local_; }
    /// Accepts no more. From any thread; done when shard 0 has had a turn.
    void stop();

  private:
    struct Core;

    TcpListener(Endpoint local, std::shared_ptr<Core> core);

    Endpoint local_;
    // Shared with the accept handlers in flight, which may run after the listener is gone.
    std::shared_ptr<Core> core_;
};

}  // namespace guildhall::base
