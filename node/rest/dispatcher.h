#pragma once
// Dispatcher: everything between an HTTP request below /api and the handler of its route: version,
// CORS, authentication, rate limits, body, the hop to the guild's shard, and the answer's form. One
// per node, owned by node/app; runs on the shard that accepted the connection.

#include "node/base/http/handler.h"
#include "node/base/metrics.h"
#include "node/rest/api.h"
#include "node/rest/limits.h"
#include "node/rest/router.h"

#include <memory>
#include <vector>

namespace guildhall::rest {

class Dispatcher {
  public:
    struct Deps {
        base::Shards& shards;
        std::vector<std::unique_ptr<Api>>& apis;
        const services::Secrets& secrets;
        Limits& limits;
        base::Registry& metrics;
    };

    explicit Dispatcher(Deps deps);
    ~Dispatcher();

    base::Task<base::http::Response> serve(base::http::Request& request);
    std::size_t body_limit(const base::http::Request& head) const;
    const std::vector<const Route*>& routes() const { return routes_; }

    /// Runs a call that is already authenticated on the shard of its route: the way in for HTTP and
    /// for commands from peers.
    base::Task<Result<Reply>> run(base::Shard& here, Call& call);

  private:
    struct Probe;
    struct Turn;

    protocol::Status prepare(const base::http::Request& request, Api& api, Turn& turn) const;
    protocol::Status admit(const base::http::Request& request, Turn& turn);
    protocol::Status authenticate(const base::http::Request& request, Api& api, Call& call) const;
    Result<base::Shard*> home_of(const Api& api, const Call& call) const;

    Deps deps_;
    std::vector<const Route*> routes_;
    Router router_;
    std::unique_ptr<Probe> probe_;
};

}  // namespace guildhall::rest
