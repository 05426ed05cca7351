#pragma once
// Work on the disk pool whose result may be an error of its own. `work` is kept until it is done;
// called on a shard.

#include "node/base/task.h"
#include "node/base/worker_pool.h"
#include "protocol/result.h"

#include <type_traits>
#include <utility>

namespace guildhall::media {

/// What work on the pool came to; the pool has its own way to fail.
template <class T>
struct Outcome {
    // First, so that an Error alone does not make an Outcome.
    protocol::NotFromNumber guard;
    protocol::Result<T> value;
};

template <class Work>
auto on_disk(base::WorkerPool& disk, Work work) -> base::Task<std::invoke_result_t<Work&>> {
    using T = typename std::invoke_result_t<Work&>::value_type;
    auto job = [work = std::move(work)]() mutable { return Outcome<T>{{}, work()}; };
    CO_TRY(auto outcome, co_await disk.run(std::move(job)));
    co_return std::move(outcome.value);
}

}  // namespace guildhall::media
