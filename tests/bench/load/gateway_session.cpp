#include "tests/bench/load/gateway_session.h"

#include "tests/bench/common/http_head.h"
#include "tests/bench/common/sockets.h"
#include "tests/bench/common/support.h"
#include "tests/bench/common/ws_frame.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace guildhall::bench {

namespace {

// Shared by all sessions: one thread, and nothing stays in it between two events.
std::array<char, 256 * 1024> read_buffer;

// `t`, `s` and `op` may come before or after `d`, but our READY is long and a look at its head is
// enough for every server measured here.
constexpr std::size_t kHeadBytes = 160;

bool has(std::string_view text, std::string_view wanted) {
    return text.substr(0, kHeadBytes).find(wanted) != text.npos;
}

}  // namespace

GatewaySession::GatewaySession(Poller& poller,
                               const SessionPlan& plan,
                               SessionEvents& events,
                               std::string token,
                               bool looks_inside)
    : plan_(plan),
      events_(events),
      token_(std::move(token)),
      fd_(connect_to_loopback(plan.port)),
      guilds_missing_(plan.guilds),
      looks_inside_(looks_inside) {
    poller.add(fd_, EPOLLIN, *this);
    if (plan.zlib) inflater_ = std::make_unique<Inflater>();
    std::string request = "GET /?v=10&encoding=json";
    if (plan.zlib) request += "&compress=zlib-stream";
    request +=
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    send(request);
}

GatewaySession::~GatewaySession() { close(fd_); }

void GatewaySession::send(std::string_view bytes) { send_all(fd_, bytes); }

void GatewaySession::on_event(std::uint32_t) {
    const auto size = recv(fd_, read_buffer.data(), read_buffer.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN) return;
    if (size <= 0) die("the server cut a gateway connection");
    events_.on_read(static_cast<std::size_t>(size));
    if (unread_.empty()) {
        read({read_buffer.data(), static_cast<std::size_t>(size)});
    } else {
        std::string joined = std::exchange(unread_, {});
        joined.append(read_buffer.data(), static_cast<std::size_t>(size));
        read(joined);
    }
}

void GatewaySession::read(std::span<char> bytes) {
    if (milestones_.upgraded_ns == 0) bytes = bytes.subspan(finish_upgrade(bytes));
    WsFrame frame;
    while (milestones_.upgraded_ns != 0 && parse_ws_frame(bytes, frame)) {
        if (frame.opcode == WsOpcode::kClose) die_closed(frame.payload);
        if (frame.opcode == WsOpcode::kText || frame.opcode == WsOpcode::kBinary) {
            on_message(frame.payload);
        }
        bytes = bytes.subspan(frame.total_bytes);
    }
    if (!bytes.empty()) unread_.assign(bytes.data(), bytes.size());
}

std::size_t GatewaySession::finish_upgrade(std::span<char> bytes) {
    HttpHead head;
    if (!parse_http_head({bytes.data(), bytes.size()}, head)) return 0;
    if (!head.first_line.starts_with("HTTP/1.1 101")) die("the server refused an upgrade");
    milestones_.upgraded_ns = now_ns();
    if (!plan_.identifies) settle();
    return head.head_bytes;
}

void GatewaySession::on_message(std::string_view payload) {
    if (plan_.zlib) {
        if (!ends_zlib_message(payload)) die("a zlib message was split over frames");
        if (!inflater_) {
            events_.on_delivery(nullptr);
            return;
        }
        payload = inflater_->inflate_message(payload);
    }
    if (is_settled_) {
        on_dispatch(payload);
    } else {
        on_start_message(payload);
    }
}

void GatewaySession::on_start_message(std::string_view text) {
    if (has(text, "\"GUILD_CREATE\"")) {
        guilds_missing_--;
    } else if (has(text, "\"READY\"")) {
        milestones_.ready_ns = now_ns();
    } else if (text.find("\"heartbeat_interval\"") != text.npos) {
        milestones_.hello_ns = now_ns();
        std::string identify = R"({"op":2,"d":{"token":")" + token_ + R"(","intents":)";
        identify += std::to_string(plan_.intents);
        identify += R"(,"properties":{"os":"linux","browser":"load","device":"load"}}})";
        send(make_masked_text_frame(identify));
    } else if (text.find("\"op\":9") != text.npos) {
        die("the server answered an IDENTIFY with Invalid Session");
    }
    if (looks_inside_) check_sequence(text);
    if (milestones_.ready_ns != 0 && guilds_missing_ <= 0) settle();
}

void GatewaySession::settle() {
    is_settled_ = true;
    acknowledge_on_read(fd_);
    if (!looks_inside_) inflater_.reset();
    events_.on_settled();
}

void GatewaySession::on_dispatch(std::string_view text) {
    if (looks_inside_) check_sequence(text);
    Marker marker;
    if (find_marker(text, marker_hint_, marker)) events_.on_delivery(&marker);
}

// `s` counts the dispatches of this session without a gap.
void GatewaySession::check_sequence(std::string_view text) {
    constexpr std::string_view name = "\"s\":";
    const auto at = text.substr(0, kHeadBytes).find(name);
    if (at == text.npos) return;
    std::uint64_t sequence = 0;
    const auto* start = text.data() + at + name.size();
    if (std::from_chars(start, text.data() + text.size(), sequence).ec != std::errc{}) return;
    if (sequence != last_sequence_ + 1) die("a session's `s` has a gap");
    last_sequence_ = sequence;
}

void GatewaySession::die_closed(std::string_view payload) {
    std::string why = "the server closed a gateway session";
    if (payload.size() >= 2) {
        const int code =
            static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
        why += " with " + std::to_string(code) + ' ' + std::string(payload.substr(2));
    }
    errno = 0;
    die(why);
}

}  // namespace guildhall::bench
