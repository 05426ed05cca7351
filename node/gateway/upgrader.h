#pragma once
// Upgrader: which listener takes the WebSocket of a path. The gateway answers at the root, at
// /gateway and at whatever its URL is extended to; other sockets register a prefix. Filled by
// node/app before the shards run; constant from then on, so any shard may ask.

#include "node/base/http/handler.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::gateway {

class Gateway;

class Upgrader {
  public:
    using Factory = std::function<base::Task<base::http::Upgrade>(base::http::Request&)>;

    explicit Upgrader(Gateway& gateway) : gateway_(gateway) {}

    /// Paths that begin with `prefix`, such as "/ws/". The longest prefix wins.
    void add(std::string prefix, Factory factory);

    /// 404 for a path that nobody serves.
    base::Task<base::http::Upgrade> upgrade(base::http::Request& request);

  private:
    Gateway& gateway_;
    std::vector<std::pair<std::string, Factory>> factories_;
};

}  // namespace guildhall::gateway
