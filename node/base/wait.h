#pragma once
// Waiting in a Task for something that calls back, never without a deadline: the readiness of a
// stream, the answer of a library. What waits is owned by its deadline's timer, so that nothing is
// left over when the shard goes. Only on the shard's thread.

#include "node/base/shard.h"
#include "node/base/stream.h"

#include <functional>

namespace guildhall::base {

/// Ends the wait it was made for. Who waits goes on from the loop, never inside this call, so it
/// may be called from anywhere on the shard's thread, also while a container is walked through or
/// an object is changed. Harmless when that wait is over, or was ended before.
using Wake = std::function<void()>;

/// Calls `start` and returns true when the Wake it was given was called; false when the deadline
/// passed first, or the waiting coroutine was cancelled.
Task<bool> wait_until_woken(Shard& shard, Deadline deadline, std::function<void(Wake)> start);

/// Whether try_read (try_write) may do something; false when the deadline has passed.
Task<bool> until_readable(Shard& shard, ByteStream& stream, Deadline deadline);
Task<bool> until_writable(Shard& shard, ByteStream& stream, Deadline deadline);

/// Writes all of `bytes`; false when the stream failed or the deadline has passed.
Task<bool> write_all(Shard& shard, ByteStream& stream, std::string bytes, Deadline deadline);

}  // namespace guildhall::base
