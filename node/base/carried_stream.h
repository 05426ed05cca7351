#pragma once
// A stream of one shard for the use of another: what the peer sends is read there and posted here,
// what is written here is posted there. For the few streams whose user has one shard of its own
// (links over WebSocket); each way costs a hop. Holds at most kCarriedBytes each way.

#include "node/base/shard.h"
#include "node/base/stream.h"

#include <memory>

namespace guildhall::base {

/// As much as a reader or writer may lag behind: a few records of a link.
inline constexpr std::size_t kCarriedBytes = 256 * 1024;

/// Called on `from`, whose stream it is. The stream that comes back is used on `to` only.
std::unique_ptr<ByteStream> carry_stream(Shard& from,
                                         Shard& to,
                                         std::unique_ptr<ByteStream> stream);

}  // namespace guildhall::base
