#include "node/gateway/connection.h"

#include "node/base/compress.h"
#include "node/gateway/hub.h"
#include "node/gateway/ready.h"
#include "protocol/json/writer.h"
#include "protocol/limits.h"

#include <array>
#include <charconv>
#include <cstring>

namespace guildhall::gateway {

namespace json = boost::json;
namespace api = protocol::limits;

namespace {

constexpr std::chrono::milliseconds kHeartbeatTimeout{api::kHeartbeatTimeoutMs};
constexpr std::string_view kHeartbeatAck = R"({"t":null,"s":null,"op":11,"d":null})";
constexpr std::string_view kReconnect = R"({"t":null,"s":null,"op":7,"d":null})";

/// `{"t":"NAME","s":12,"op":0,"d":`: what of a dispatch is the session's own.
class Prefix {
  public:
    Prefix(std::string_view name, std::uint64_t s) {
        add(R"({"t":")");
        add(name);
        add(R"(","s":)");
        size_ = static_cast<std::size_t>(
            std::to_chars(text_.data() + size_, text_.data() + text_.size(), s).ptr - text_.data());
        add(R"(,"op":0,"d":)");
    }
    std::string_view view() const { return {text_.data(), size_}; }

  private:
    void add(std::string_view part) {
        std::memcpy(text_.data() + size_, part.data(), part.size());
        size_ += part.size();
    }

    // The longest event name has 45 letters, `s` at most 20 digits.
    std::array<char, 112> text_;
    std::size_t size_ = 0;
};

}  // namespace

ConnectionParams parse_params(const base::http::Query& query) {
    ConnectionParams out;
    const auto refuse = [&](std::uint16_t code, std::string_view reason) {
        out.refusal = code;
        out.reason = reason;
    };
    const auto version = query.get("v").value_or("9");
    if (version == "10") out.version = 10;
    if (version != "9" && version != "10") {
        refuse(close_code::kInvalidVersion, "Invalid API version.");
    }
    if (query.get("encoding").value_or("json") != "json") {
        refuse(close_code::kDecodeError, "Only JSON is spoken here.");
    }
    const auto compress = query.get("compress").value_or("");
    out.zlib_stream = compress == "zlib-stream";
    if (!compress.empty() && !out.zlib_stream) {
        refuse(close_code::kDecodeError, "Unknown compression.");
    }
    return out;
}

Connection::Connection(Hub& hub, const ConnectionParams& params) : params_(params), hub_(hub) {}

Connection::~Connection() {
    hub_.shard().timers().cancel(hello_timer_);
    if (number_ != 0) hub_.forget(*this);
}

// --- What the socket says ------------------------------------------------------------------------

void Connection::on_open(base::ws::Session& socket) {
    socket_ = &socket;
    open();
}

void Connection::open(std::unique_ptr<Pipe> pipe) {
    pipe_ = std::move(pipe);
    open();
}

void Connection::open() {
    const base::Nanos now = hub_.clock().now();
    deadline_ = now + limits::kIdentifyTimeout;
    number_ = hub_.add(*this);
    if (hub_.is_stopping()) return fail(close_code::kGoingAway, "The node is stopping.");
    if (params_.refusal != 0) return fail(params_.refusal, params_.reason);
    window_start_ = presence_window_start_ = now;
    hello_timer_ = hub_.shard().timers().schedule_after(limits::kHelloDelay, [this] {
        hello_timer_ = {};
        send_hello();
    });
}

void Connection::send_hello() {
    std::string frame = R"({"t":null,"s":null,"op":10,"d":{"heartbeat_interval":)";
    frame += std::to_string(api::kHeartbeatIntervalMs);
    frame += R"(,"_trace":)" + hub_.trace() + "}}";
    control(frame);
}

void Connection::on_message(std::string_view payload, bool) {
    if (closed_by_us_) return;
    hub_.count_event();
    if (!count_event()) return fail(close_code::kRateLimited, "You are being rate limited.");
    const auto frame = parse_frame(payload);
    if (!frame) return bad_payload();
    handle(*frame);
}

void Connection::on_close(std::uint16_t code) {
    Session* session = std::exchange(session_, nullptr);
    pipe_.reset();
    socket_ = nullptr;
    const bool ended_by_client = !closed_by_us_ && (code == 1000 || code == 1001);
    closed_by_us_ = true;
    if (session) hub_.connection_lost(*session, ended_by_client);
}

void Connection::on_drained() {
    if (session_ && session_->pumps() > 0) hub_.pump(*this);
}

bool Connection::count_event() {
    const base::Nanos now = hub_.clock().now();
    if (now - window_start_ >= std::chrono::milliseconds(api::kGatewayEventsWindowMs)) {
        window_start_ = now;
        window_events_ = 0;
    }
    return ++window_events_ <= api::kGatewayEventsMax;
}

void Connection::check_deadline(base::Nanos now) {
    if (closed_by_us_ || busy_ || now < deadline_) return;
    if (session_) {
        fail(close_code::kSessionTimedOut, "Session timed out.");
    } else {
        fail(close_code::kNotAuthenticated, "Not authenticated in time.");
    }
}

// --- Opcodes -------------------------------------------------------------------------------------

struct Connection::Row {
    Op op;
    bool needs_session;
    void (Connection::*handler)(const json::value&);
};

const Connection::Row Connection::kRows[] = {
    {Op::heartbeat, false, &Connection::on_heartbeat},
    {Op::identify, false, &Connection::on_identify},
    {Op::presence_update, true, &Connection::on_presence},
    {Op::voice_state_update, true, &Connection::on_voice_state},
    {Op::voice_server_ping, true, &Connection::ignore},
    {Op::resume, false, &Connection::on_resume},
    {Op::request_members, true, &Connection::on_request_members},
    {Op::call_connect, true, &Connection::ignore},
    {Op::guild_subscriptions, true, &Connection::on_subscription},
    {Op::remote_command, false, &Connection::ignore},
    {Op::guild_subscriptions_bulk, true, &Connection::on_subscriptions},
    {Op::qos_heartbeat, false, &Connection::on_heartbeat},
    {Op::time_spent, false, &Connection::ignore},
};

void Connection::handle(const Frame& frame) {
    for (const Row& row : kRows) {
        if (static_cast<std::int64_t>(row.op) != frame.op) continue;
        if (row.needs_session && !session_) {
            return fail(close_code::kNotAuthenticated, "Not authenticated.");
        }
        return (this->*row.handler)(frame.d);
    }
    fail(close_code::kUnknownOpcode, "Unknown opcode.");
}

void Connection::on_heartbeat(const json::value& d) {
    control(kHeartbeatAck);
    if (!session_) return;
    deadline_ = hub_.clock().now() + kHeartbeatTimeout;
    const std::uint64_t seen = parse_heartbeat(d);
    if (!session_->is_replaying() && seen <= session_->ring().last()) {
        session_->ring().drop_through(seen);
    }
}

void Connection::on_identify(const json::value& d) {
    if (session_ || busy_) {
        return fail(close_code::kAlreadyAuthenticated, "Already authenticated.");
    }
    auto request = parse_identify(d);
    if (!request) return bad_payload();
    hub_.identify(*this, std::move(*request));
}

void Connection::on_resume(const json::value& d) {
    if (session_ || busy_) {
        return fail(close_code::kAlreadyAuthenticated, "Already authenticated.");
    }
    auto request = parse_resume(d);
    if (!request) return bad_payload();
    hub_.resume(*this, std::move(*request));
}

void Connection::on_presence(const json::value& d) {
    auto presence = parse_presence(d);
    if (!presence) return bad_payload();
    const base::Nanos now = hub_.clock().now();
    if (now - presence_window_start_ >= std::chrono::milliseconds(api::kPresenceWindowMs)) {
        presence_window_start_ = now;
        presence_events_ = 0;
    }
    // API: more than five changes in twenty seconds are dropped, not punished.
    if (++presence_events_ > api::kPresenceUpdatesMax) return;
    hub_.set_presence(*session_, std::move(*presence));
}

void Connection::on_voice_state(const json::value& d) {
    if (!is_voice_state(d)) bad_payload();
}

void Connection::on_request_members(const json::value& d) {
    const auto request = parse_members(d);
    if (!request) return bad_payload();
    hub_.request_members(*session_, *request);
}

void Connection::on_subscription(const json::value& d) {
    const auto subscription = parse_subscription(d);
    if (!subscription) return bad_payload();
    hub_.subscribe(*session_, *subscription);
}

void Connection::on_subscriptions(const json::value& d) {
    const auto subscriptions = parse_subscriptions(d);
    if (!subscriptions) return bad_payload();
    for (const Subscription& one : *subscriptions) hub_.subscribe(*session_, one);
}

// --- What Hub says -------------------------------------------------------------------------------

void Connection::begin(Session& session) {
    session_ = &session;
    busy_ = false;
    deadline_ = hub_.clock().now() + kHeartbeatTimeout;
    session.attach(*this);
    session.connection_number = number_;
}

void Connection::invalid_session(bool resumable) {
    busy_ = false;
    session_ = nullptr;
    deadline_ = hub_.clock().now() + limits::kIdentifyTimeout;
    control(resumable ? R"({"t":null,"s":null,"op":9,"d":true})"
                      : R"({"t":null,"s":null,"op":9,"d":false})");
}

void Connection::fail(std::uint16_t code, std::string_view reason) {
    if (closed_by_us_) return;
    hub_.count_close();
    close(code, reason);
}

void Connection::send_reconnect() { control(kReconnect); }

// --- Frames --------------------------------------------------------------------------------------

void Connection::close(std::uint16_t code, std::string_view reason) {
    closed_by_us_ = true;
    if (socket_) socket_->close(code, reason);
    if (pipe_) pipe_->close(code, reason);
}

void Connection::pump_when_drained() {
    if (socket_) socket_->tell_when_drained();
    if (pipe_) pipe_->tell_when_drained();
}

std::size_t Connection::queued_bytes() const {
    if (socket_) return socket_->queued_bytes();
    return pipe_ ? pipe_->queued_bytes() : 0;
}

void Connection::put(std::string_view prefix, base::SharedBytes body, bool binary) {
    if (socket_) {
        socket_->send(prefix, std::move(body), binary);
    } else if (pipe_) {
        pipe_->send(prefix, std::move(body), binary);
    }
}

void Connection::dispatch(Record& record, std::uint64_t s) {
    const Prefix prefix(record.name(), s);
    if (!params_.zlib_stream) return put(prefix.view(), record.body(), false);
    std::string& head = hub_.scratch();  // Keeps its memory: nothing is allocated per dispatch.
    head.clear();
    if (!std::exchange(stream_started_, true)) head = base::zlib_stream_header();
    base::append_stored(head, prefix.view());
    put(head, record.segment(), true);
}

void Connection::dispatch_own(std::string_view name, std::uint64_t s, std::string_view d) {
    std::string frame(Prefix(name, s).view());
    frame += d;
    frame += '}';
    // Level 1: made for one client and sent once.
    if (params_.zlib_stream) {
        std::string head;
        if (!std::exchange(stream_started_, true)) head = base::zlib_stream_header();
        return put(head, base::SharedBytes(base::shared_segment(frame, 1)), true);
    }
    if (session_ && session_->who().compress && frame.size() >= limits::kCompressBytesMin) {
        std::string packed = base::deflate(frame, base::Deflate::zlib, 1);
        return put({}, base::SharedBytes(std::move(packed)), true);
    }
    put({}, base::SharedBytes(std::move(frame)), false);
}

void Connection::control(std::string_view frame) {
    if (!params_.zlib_stream) return put(frame, {}, false);
    std::string out;
    if (!std::exchange(stream_started_, true)) out = base::zlib_stream_header();
    base::append_stored_message(out, frame);
    put(out, {}, true);
}

}  // namespace guildhall::gateway
