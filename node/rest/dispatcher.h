#pragma once
// Dispatcher: everything between an HTTP request below /api and the handler of its route: version,
// CORS, authentication, rate limits, body, the hop to the guild's shard, and the answer's form. One
// per node, owned by node/app; runs on the shard that accepted the connection.

#include "node/base/http/handler.h"
#include "node/base/metrics.h"
#include "node/rest/api.h"
#include "node/rest/forwarder.h"
#include "node/rest/limits.h"
#include "node/rest/router.h"

#include <memory>
#include <unordered_map>
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
    const services::Secrets& secrets() const { return deps_.secrets; }

    /// Where calls about guilds of other nodes go; before the shards start.
    void set_forwarder(Forwarder& forwarder) { forwarder_ = &forwarder; }

    /// The call of a GET, for what this node asks of itself in a user's name.
    Result<Call> get_of(std::string_view pattern, std::vector<std::string> params) const;
    /// The call of a peer's command: the route and its parameters, checked as those of a request.
    /// Nothing for what is no federated route.
    Result<Call> call_of(base::http::Method method,
                         std::string_view pattern,
                         std::vector<std::string> params) const;

    /// Runs a call that is already authenticated on the shard of its route: the way in for HTTP and
    /// for commands from peers. A call about a guild that another node hosts goes there, unless a
    /// command brought it.
    base::Task<Result<Reply>> run(base::Shard& here, Call& call);

  private:
    struct Probe;
    struct Turn;

    protocol::Status prepare(const base::http::Request& request, Api& api, Turn& turn) const;
    protocol::Status admit(const base::http::Request& request, Turn& turn);
    protocol::Status authenticate(const base::http::Request& request, Api& api, Call& call) const;
    Result<base::Shard*> home_of(const Api& api, const Call& call) const;
    base::Task<Result<Reply>> run_here(base::Shard& here, Call& call);
    base::Task<Result<Reply>> forward(base::Shard& here,
                                      Call& call,
                                      const FederatedRoute& route,
                                      protocol::GuildId guild);

    Deps deps_;
    std::vector<const Route*> routes_;
    Router router_;
    std::unordered_map<const Route*, const FederatedRoute*> federated_;
    Forwarder* forwarder_ = nullptr;
    std::unique_ptr<Probe> probe_;
};

}  // namespace guildhall::rest
