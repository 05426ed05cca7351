#pragma once
// TCP as a ByteStream: non-blocking calls on the descriptor, Asio only for readiness.

#include "node/base/stream.h"

#include <memory>

namespace guildhall::base {

class Shard;

/// Takes over a connected, non-blocking descriptor; sets TCP_NODELAY.
std::unique_ptr<ByteStream> make_tcp_stream(Shard& shard, int descriptor, const Endpoint& peer);

}  // namespace guildhall::base
