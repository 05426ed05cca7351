#pragma once
// The server's part on one shard: owns the shard's connections and WebSocket sessions and what they
// share (pools, the date, the scratch for heads, metrics). Owned by Server; the shard's thread.

#include "node/base/http/encode.h"
#include "node/base/http/exchange.h"
#include "node/base/http/server.h"
#include "node/base/ws/outbox.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::base::http {

class Connection;

/// What the server counts; null members when there is no registry.
struct Probe {
    explicit Probe(Registry* registry);

    Gauge* connections = nullptr;
    Gauge* sessions = nullptr;
    Counter* shed = nullptr;
    Counter* requests[6] = {};  // By the status's first digit.
    Histogram* seconds = nullptr;
};

class ShardServer final : private TurnHook {
  public:
    ShardServer(Server& server, Shard& shard, Probe& probe, std::uint64_t first_request_id);
    ~ShardServer();
    ShardServer(const ShardServer&) = delete;
    ShardServer& operator=(const ShardServer&) = delete;

    void attach(std::unique_ptr<ByteStream> stream);
    void drain();

    /// The connection is over; it is destroyed at the end of the turn.
    void bury(Connection& connection);
    /// Makes a session of the connection's stream.
    void start_session(std::unique_ptr<ByteStream> stream,
                       Upgrade upgrade,
                       std::string_view first_bytes,
                       std::string_view already_read);

    std::unique_ptr<Exchange> take_exchange();
    void give_exchange(std::unique_ptr<Exchange> exchange);
    /// Takes memory for a body of `bytes`; small ones are free. False when there is none left.
    bool share_body(BodyShare& share, std::size_t bytes);
    void count_answer(const Exchange& exchange);

    Handler& handler() { return server_.handler_; }
    const ServerOptions& options() const { return server_.options_; }
    Shard& shard() { return shard_; }
    DateLine& date() { return date_; }
    bool is_draining() const { return draining_; }
    /// For the head that is being written; contents do not survive a write.
    std::string& scratch() { return scratch_; }

  private:
    void on_turn_end() override;
    void end_session(std::size_t slot);

    Server& server_;
    Shard& shard_;
    Probe& probe_;
    DateLine date_;
    ws::OutboxPool outboxes_;
    std::string scratch_;
    std::uint64_t next_request_id_;
    bool draining_ = false;

    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Connection>> buried_;
    /// A session keeps its slot; free ones are reused.
    std::vector<std::unique_ptr<ws::Session>> sessions_;
    std::vector<std::size_t> free_slots_;
    std::vector<std::unique_ptr<Exchange>> spare_;
};

}  // namespace guildhall::base::http
