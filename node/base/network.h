#pragma once
// Network: the seam to other machines. Streams to endpoints, streams from whoever connects; names
// are resolver.h's. SystemNetwork is the kernel's TCP; memory_network.h has one for tests and the
// simulation. One for all shards, owned by node/app; outlives what dials and listens.

#include "node/base/address.h"
#include "node/base/shard.h"
#include "node/base/stream.h"

#include <functional>
#include <memory>

namespace guildhall::base {

/// Accepts connections until it is stopped or destroyed.
class Listener {
  public:
    virtual ~Listener() = default;
    /// With the port that was bound.
    virtual Endpoint local() const = 0;
    /// Accepts no more. From any thread; done when the accepting shard has had a turn.
    virtual void stop() = 0;
};

class Network {
  public:
    /// Called on the shard that the connection belongs to.
    using OnAccept = std::function<void(Shard&, std::unique_ptr<ByteStream>)>;

    virtual ~Network() = default;

    /// A connected stream of `shard`, on whose thread this is awaited. Errors name the endpoint;
    /// status 504 when `limit` has passed, 502 when it cannot be reached.
    virtual Task<Result<std::unique_ptr<ByteStream>>> dial(Shard& shard,
                                                           Endpoint to,
                                                           Nanos limit) = 0;
    /// Listens at once and deals connections to the shards in turn; port 0 asks for a free one.
    /// Before the shards run, or on shard 0.
    virtual Result<std::unique_ptr<Listener>> listen(const Endpoint& where, OnAccept on_accept) = 0;
};

class SystemNetwork final : public Network {
  public:
    /// Connections are dealt to the first `accepting` shards; 0: to all.
    explicit SystemNetwork(Shards& shards, unsigned accepting = 0)
        : shards_(shards), accepting_(accepting) {}

    Task<Result<std::unique_ptr<ByteStream>>> dial(Shard& shard, Endpoint to, Nanos limit) override;
    Result<std::unique_ptr<Listener>> listen(const Endpoint& where, OnAccept on_accept) override;

  private:
    Shards& shards_;
    const unsigned accepting_;
};

}  // namespace guildhall::base
