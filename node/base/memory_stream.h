#pragma once
// Two ends of a stream in memory, for tests and the simulation. Readiness is told through the
// shard's loop as with a socket. Both ends belong to the same shard.

#include "node/base/stream.h"

#include <memory>
#include <utility>

namespace guildhall::base {

class Shard;

struct MemoryStreamOptions {
    /// What one direction holds before the writer would block.
    std::size_t capacity = 1 << 20;
    /// The most one try_read returns: 1 gives the reader every byte alone.
    std::size_t read_chunk = 1 << 20;
    Endpoint first_peer;   // What the first end calls its peer.
    Endpoint second_peer;  // And the second.
};

using MemoryStreams = std::pair<std::unique_ptr<ByteStream>, std::unique_ptr<ByteStream>>;

MemoryStreams make_memory_streams(Shard& shard, const MemoryStreamOptions& options = {});

}  // namespace guildhall::base
