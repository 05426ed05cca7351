#include "node/services/keyed_lock.h"

#include "protocol/errors.h"

#include <boost/asio/async_result.hpp>

#include <memory>

namespace guildhall::services {

base::Task<base::Result<KeyedLock::Guard>> KeyedLock::acquire(std::uint64_t key) {
    const auto [at, first] = held_.try_emplace(key);
    if (first) co_return Guard(*this, key);
    auto& waiters = at->second;
    if (waiters.size() >= kWaitersMax) co_return protocol::make_http_error(503);
    co_await boost::asio::async_initiate<decltype(base::kUseTask), void()>(
        [&waiters](auto handler) {
            // Shared because std::function wants copies; it is called once.
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            waiters.push_back([shared] { std::move (*shared)(); });
        },
        base::kUseTask);
    co_return Guard(*this, key);
}

void KeyedLock::release(std::uint64_t key) {
    const auto at = held_.find(key);
    if (at->second.empty()) {
        held_.erase(at);
        return;
    }
    auto next = std::move(at->second.front());
    at->second.pop_front();
    shard_.post(std::move(next));
}

}  // namespace guildhall::services
