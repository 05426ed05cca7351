#pragma once
// The process's log on stderr, through spdlog's asynchronous logger. Owned by node/app.

#include "node/base/log.h"

#include <memory>

namespace guildhall::base {

/// Lines at `level` and above; the queue holds 8,192 lines (a burst at debug level) and drops the
/// oldest beyond that, so that a slow terminal never blocks a shard.
std::unique_ptr<Log> make_stderr_log(LogLevel level);

}  // namespace guildhall::base
