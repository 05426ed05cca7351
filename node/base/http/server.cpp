#include "node/base/http/server.h"

#include "node/base/http/connection.h"
#include "node/base/http/shard_server.h"
#include "node/base/ws/stream.h"

#include <utility>

namespace guildhall::base::http {
namespace {

/// Enough for the requests in work at once on a busy shard; an exchange is about a kilobyte.
constexpr std::size_t kSpareExchanges = 64;
constexpr std::size_t kSpareRequestBytes = 16 * 1024;

}  // namespace

Probe::Probe(Registry* registry) {
    if (!registry) return;
    connections = &registry->gauge("guildhall_http_connections", "Open HTTP connections.");
    sessions = &registry->gauge("guildhall_ws_connections", "Open WebSocket connections.");
    shed = &registry->counter("guildhall_http_connections_refused_total",
                              "Connections closed at once because the node had too many.");
    for (int i = 1; i < 6; ++i) {
        requests[i] = &registry->counter("guildhall_http_requests_total",
                                         "Requests answered.",
                                         "status=\"" + std::to_string(i) + "xx\"");
    }
    seconds =
        &registry->histogram("guildhall_http_request_seconds",
                             "From a request's head to its answer.",
                             {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5});
}

ShardServer::ShardServer(Server& server, Shard& shard, Probe& probe, std::uint64_t first_request_id)
    : server_(server),
      shard_(shard),
      probe_(probe),
      date_(shard.clock()),
      outboxes_(shard),
      next_request_id_(first_request_id) {}

ShardServer::~ShardServer() { shard_.forget_turn_end(*this); }

void ShardServer::attach(std::unique_ptr<ByteStream> stream) {
    if (server_.open_.load(std::memory_order_relaxed) >= options().connections_max || draining_) {
        if (probe_.shed) probe_.shed->add(1, shard_.index());
        return;
    }
    server_.open_.fetch_add(1, std::memory_order_relaxed);
    if (probe_.connections) probe_.connections->add(1);
    connections_.push_back(std::make_unique<Connection>(*this, std::move(stream)));
    connections_.back()->index = connections_.size() - 1;
    connections_.back()->start();
}

void ShardServer::drain() {
    draining_ = true;
    // Backwards, because a connection that closes at once is replaced by the last one.
    for (std::size_t i = connections_.size(); i-- > 0;) connections_[i]->drain();
}

void ShardServer::bury(Connection& connection) {
    const std::size_t index = connection.index;
    buried_.push_back(std::move(connections_[index]));
    if (index + 1 != connections_.size()) {
        connections_[index] = std::move(connections_.back());
        connections_[index]->index = index;
    }
    connections_.pop_back();
    server_.open_.fetch_sub(1, std::memory_order_relaxed);
    if (probe_.connections) probe_.connections->add(-1);
    shard_.at_turn_end(*this);
}

void ShardServer::on_turn_end() { buried_.clear(); }

void ShardServer::start_session(std::unique_ptr<ByteStream> stream,
                                Upgrade upgrade,
                                std::string_view first_bytes,
                                std::string_view already_read) {
    if (upgrade.take_stream) {
        ws::StreamOptions options;
        options.first_bytes = first_bytes;
        options.already_read = already_read;
        upgrade.take_stream(shard_, ws::make_stream(shard_, std::move(stream), options));
        return;
    }
    std::size_t slot = sessions_.size();
    if (free_slots_.empty()) {
        sessions_.emplace_back();
    } else {
        slot = free_slots_.back();
        free_slots_.pop_back();
    }
    server_.open_.fetch_add(1, std::memory_order_relaxed);
    if (probe_.sessions) probe_.sessions->add(1);
    sessions_[slot] =
        std::make_unique<ws::Session>(shard_,
                                      std::move(stream),
                                      std::move(upgrade.listener),
                                      upgrade.options,
                                      outboxes_,
                                      [this, slot](ws::Session&) { end_session(slot); });
    sessions_[slot]->start(first_bytes, already_read);
}

void ShardServer::end_session(std::size_t slot) {
    sessions_[slot].reset();
    free_slots_.push_back(slot);
    server_.open_.fetch_sub(1, std::memory_order_relaxed);
    if (probe_.sessions) probe_.sessions->add(-1);
}

std::unique_ptr<Exchange> ShardServer::take_exchange() {
    std::unique_ptr<Exchange> exchange;
    if (spare_.empty()) {
        exchange = std::make_unique<Exchange>();
    } else {
        exchange = std::move(spare_.back());
        spare_.pop_back();
    }
    exchange->request.shard = &shard_;
    exchange->request.id = next_request_id_++;
    exchange->started = shard_.clock().now();
    return exchange;
}

void ShardServer::give_exchange(std::unique_ptr<Exchange> exchange) {
    exchange->connection = nullptr;
    exchange->share.release();
    if (spare_.size() >= kSpareExchanges) return;
    if (exchange->request.memory_bytes() > kSpareRequestBytes) return;
    exchange->request.clear();
    exchange->response = {};
    exchange->keep_alive = true;
    exchange->body_max = 0;
    spare_.push_back(std::move(exchange));
}

bool ShardServer::share_body(BodyShare& share, std::size_t bytes) {
    if (bytes <= options().large_body_bytes) return true;
    return share.take(server_.large_bodies_, bytes, options().large_bodies_bytes_max);
}

void ShardServer::count_answer(const Exchange& exchange) {
    const int status = exchange.response.status;
    Log& log = shard_.log();
    if (log.enabled(LogLevel::debug)) {
        log.debug("http",
                  "answered",
                  {{"request", exchange.request.id_text()},
                   {"method", exchange.request.method_text()},
                   {"status", status}});
    }
    if (!probe_.seconds || status < 100 || status > 599) return;
    probe_.requests[status / 100]->add(1, shard_.index());
    const std::chrono::duration<double> took = shard_.clock().now() - exchange.started;
    probe_.seconds->observe(took.count());
}

Server::Server(
    Shards& shards, Handler& handler, Rng& rng, Registry* metrics, const ServerOptions& options)
    : handler_(handler), options_(options), probe_(std::make_unique<Probe>(metrics)) {
    for (unsigned i = 0; i < shards.count(); ++i) {
        shards_.push_back(
            std::make_unique<ShardServer>(*this, shards.at(i), *probe_, rng.next_u64()));
    }
}

Server::~Server() = default;

void Server::attach(Shard& shard, std::unique_ptr<ByteStream> stream) {
    shards_[shard.index()]->attach(std::move(stream));
}

void Server::drain() {
    for (auto& part : shards_) {
        ShardServer* const on_its_shard = part.get();
        part->shard().post([on_its_shard] { on_its_shard->drain(); });
    }
}

}  // namespace guildhall::base::http
