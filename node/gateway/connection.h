#pragma once
// Connection: one WebSocket of the gateway: Hello, the opcode table, the client's limits, and how
// frames are put on the wire (plain, zlib-stream, or compressed one by one). Holds a Session once
// IDENTIFY or RESUME made one. Tests drive it
// without a socket, through Pipe.
// Owned by its WebSocket session; on its shard.

#include "node/base/http/query.h"
#include "node/base/timer.h"
#include "node/base/ws/session.h"
#include "node/gateway/codes.h"
#include "node/gateway/outlet.h"
#include "node/gateway/requests.h"

#include <memory>
#include <string>
#include <string_view>

namespace guildhall::gateway {

class Hub;

/// What stands for the sending side of a WebSocket in tests.
class Pipe {
  public:
    virtual ~Pipe() = default;
    virtual void send(std::string_view prefix, base::SharedBytes body, bool binary) = 0;
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
    virtual void tell_when_drained() = 0;
    virtual std::size_t queued_bytes() const = 0;
};

/// What the query of the upgrade said.
struct ConnectionParams {
    std::uint8_t version = 9;
    bool zlib_stream = false;
    /// Not 0: closed with it at once, because the query asked for what there is not.
    std::uint16_t refusal = 0;
    /// Of static storage.
    std::string_view reason;
};
ConnectionParams parse_params(const base::http::Query& query);

class Connection final : public base::ws::Listener, private Outlet {
  public:
    Connection(Hub& hub, const ConnectionParams& params);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void on_open(base::ws::Session& socket) override;
    void on_message(std::string_view payload, bool binary) override;
    void on_close(std::uint16_t code) override;
    void on_drained() override;
    /// on_open with something else than a socket.
    void open(std::unique_ptr<Pipe> pipe);

    /// Unique on the shard; 0 before on_open.
    std::uint64_t number() const { return number_; }
    std::uint8_t version() const { return params_.version; }
    Session* session() const { return session_; }
    Outlet& outlet() { return *this; }

    // What Hub says.
    void begin(Session& session);
    /// Its session goes on elsewhere, or has ended.
    void let_go() { session_ = nullptr; }
    /// Op 9; another op 2 or 6 may follow.
    void invalid_session(bool resumable);
    void fail(std::uint16_t code, std::string_view reason);
    void send_reconnect();
    void set_busy(bool busy) { busy_ = busy; }
    void check_deadline(base::Nanos now);

  private:
    struct Row;
    static const Row kRows[];

    void dispatch(Record& record, std::uint64_t s) override;
    void dispatch_own(std::string_view name, std::uint64_t s, std::string_view d) override;
    void control(std::string_view frame) override;
    void close(std::uint16_t code, std::string_view reason) override;
    void pump_when_drained() override;
    std::size_t queued_bytes() const override;

    void open();
    void put(std::string_view prefix, base::SharedBytes body, bool binary);
    void send_hello();
    bool count_event();
    void handle(const Frame& frame);
    void on_heartbeat(const boost::json::value& d);
    void on_identify(const boost::json::value& d);
    void on_presence(const boost::json::value& d);
    void on_voice_state(const boost::json::value& d);
    void on_resume(const boost::json::value& d);
    void on_request_members(const boost::json::value& d);
    void on_subscription(const boost::json::value& d);
    void on_subscriptions(const boost::json::value& d);
    void ignore(const boost::json::value&) {}
    void bad_payload() { fail(close_code::kDecodeError, "Error while decoding payload."); }

    // What every dispatch touches comes first.
    base::ws::Session* socket_ = nullptr;
    std::unique_ptr<Pipe> pipe_;
    const ConnectionParams params_;
    Hub& hub_;
    std::uint64_t number_ = 0;  // The hub knows it from on_open on.
    Session* session_ = nullptr;
    base::TimerId hello_timer_;
    base::Nanos deadline_{0}, window_start_{0}, presence_window_start_{0};
    std::uint16_t window_events_ = 0, presence_events_ = 0;
    bool stream_started_ = false;
    bool closed_by_us_ = false;
    bool busy_ = false;  // A RESUME is being looked up.
};

}  // namespace guildhall::gateway
