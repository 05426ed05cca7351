#include "node/gateway/upgrader.h"

#include "node/gateway/gateway.h"

#include <algorithm>

namespace guildhall::gateway {

void Upgrader::add(std::string prefix, Factory factory) {
    const auto at = std::find_if(factories_.begin(), factories_.end(), [&](const auto& known) {
        return known.first.size() < prefix.size();
    });
    factories_.emplace(at, std::move(prefix), std::move(factory));
}

base::Task<base::http::Upgrade> Upgrader::upgrade(base::http::Request& request) {
    const std::string_view path = request.path();
    for (const auto& [prefix, factory] : factories_) {
        if (!path.starts_with(prefix)) continue;
        auto upgrade = co_await factory(request);
        co_return upgrade;
    }
    if (path.empty() || path == "/" || path == "/gateway" || path == "/gateway/") {
        co_return gateway_.accept(request);
    }
    co_return base::http::Upgrade::refuse(base::http::Response::error(404, 0, "404: Not Found"));
}

}  // namespace guildhall::gateway
