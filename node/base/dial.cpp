#include "node/base/dial.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace guildhall::base {
namespace {

/// Of one name; the time left is divided among them.
constexpr std::size_t kAddressesTried = 3;

}  // namespace

Task<Result<std::unique_ptr<ByteStream>>> dial_host(
    Network& network, Resolver& resolver, Shard& shard, HostPort to, DialOptions options) {
    const Deadline deadline = Deadline::after(shard.clock(), options.limit);
    CO_TRY(auto endpoints, co_await resolve(resolver, shard, to, options.limit));
    if (!options.allow_private) {
        std::erase_if(endpoints, [](const Endpoint& one) { return !one.ip.is_global(); });
    }
    if (endpoints.empty()) {
        co_return Error{.status = 403, .message = to.host + ": it has no public address"};
    }
    if (endpoints.size() > kAddressesTried) endpoints.resize(kAddressesTried);
    Error last;
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const auto share = static_cast<Nanos::rep>(endpoints.size() - i);
        const Nanos limit = deadline.left(shard.clock()) / share;
        auto dialed = co_await network.dial(shard, endpoints[i], limit);
        if (dialed) co_return std::move(*dialed);
        last = std::move(dialed).error();
    }
    last.message.insert(0, to.host + ": ");
    co_return last;
}

}  // namespace guildhall::base
