#pragma once
// One HTTP connection: reads heads and bodies, gives requests to the handler one after the other,
// writes the answers in order, and watches the time. A machine of readiness callbacks: only a
// handler's own work is a coroutine. Between requests it owns no buffers. Owned by ShardServer; the
// shard's thread.

#include "node/base/http/exchange.h"
#include "node/base/http/handler.h"
#include "node/base/stream.h"
#include "node/base/timer.h"

#include <memory>
#include <string>

namespace guildhall::base::http {

class ShardServer;

class Connection {
  public:
    Connection(ShardServer& server, std::unique_ptr<ByteStream> stream);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    /// Closes when idle, after the current answer otherwise.
    void drain();

    /// Where ShardServer keeps it.
    std::size_t index = 0;

  private:
    enum class State : std::uint8_t {
        head,       // Between requests, or a head has not come whole.
        body,       // exchange_ holds the head.
        serving,    // A handler works; nothing is read.
        writing,    // The socket is full; exchange_ holds the answer.
        lingering,  // Our side is closed; what still comes is thrown away.
        dead,
    };

    // Reading.
    void ask_readable();
    void read_ready();
    void take_bytes(std::string_view bytes);
    /// Each takes what it can from the front of `input`; false when it must wait for more.
    bool parse_head(std::string_view& input);
    bool parse_body(std::string_view& input);
    std::optional<Fault> accept_head();
    void begin_body(bool has_come);
    void refuse(const Fault& fault);

    // Serving.
    void dispatch();
    void serve();
    void served(std::unique_ptr<Exchange> exchange, Response response);
    void upgrade();
    void upgraded(std::unique_ptr<Exchange> exchange, Upgrade result);

    // Writing.
    void respond(Response response);
    std::string_view body_in_memory() const;
    bool is_all_sent() const;
    void write_more();
    IoResult write_memory();
    IoResult write_file();
    void written();
    void linger();

    // Time.
    void set_deadline(Nanos at);
    void set_deadline_after(Nanos delay);
    void begin_transfer();
    void extend_transfer(std::uint64_t bytes_moved);
    void deadline_fired();

    void die();
    void forget_task();

    ShardServer& server_;
    std::unique_ptr<ByteStream> stream_;
    /// Bytes that were read and not yet parsed.
    std::string pending_;
    std::unique_ptr<Exchange> exchange_;
    /// The task that works on the current request, while there is one.
    Exchange* in_task_ = nullptr;
    /// What of the answer's head the socket has not taken, and how much of the body it has.
    std::string unsent_;
    std::uint64_t body_sent_ = 0;

    Nanos deadline_{0};
    Nanos transfer_start_{0};
    TimerId timer_;
    std::uint32_t requests_ = 0;
    State state_ = State::head;
    bool advancing_ = false;     // take_bytes is on the stack.
    bool head_started_ = false;  // Some of a head has come.
    bool has_body_ = false;      // The answer sends its body.
    bool draining_ = false;
};

}  // namespace guildhall::base::http
