#include "node/base/http/connection.h"

#include "node/base/http/forwarded.h"
#include "node/base/http/shard_server.h"
#include "node/base/ws/handshake.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <utility>

namespace guildhall::base::http {
namespace {

constexpr Nanos kNever = Nanos::max();
/// After our last byte, for the client to close first: data still coming would otherwise make the
/// kernel send a reset that can overtake the answer.
constexpr Nanos kLingerTime = std::chrono::seconds(2);
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// JSON error code of the API for a request body beyond its limit.
constexpr int kCodeTooLarge = 40005;

Response error_response(const Fault& fault) {
    return Response::error(fault.status, fault.status == 413 ? kCodeTooLarge : 0, fault.message);
}

/// The fence: what escapes a handler is logged and becomes a 500 that says nothing.
Response response_to_exception(const Request& request, const std::exception_ptr& thrown) {
    std::string what = "not a std::exception";
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& e) {
        what = e.what();
    } catch (...) {
    }
    // No path: it may hold a webhook's token.
    request.shard->log().error(
        "http",
        "a handler threw",
        {{"request", request.id_text()}, {"method", request.method_text()}, {"what", what}});
    return Response::error(500, 0, "500: Internal Server Error");
}

}  // namespace

Connection::Connection(ShardServer& server, std::unique_ptr<ByteStream> stream)
    : server_(server), stream_(std::move(stream)) {}

Connection::~Connection() {
    server_.shard().timers().cancel(timer_);
    forget_task();
}

void Connection::start() {
    set_deadline_after(server_.options().header_timeout);
    ask_readable();
}

void Connection::drain() {
    draining_ = true;
    if (state_ == State::head && pending_.empty()) die();
}

// --- Reading ---

void Connection::ask_readable() {
    stream_->when_readable([this] { read_ready(); });
}

void Connection::read_ready() {
    const auto buffer = server_.shard().read_buffer();
    const IoResult got = stream_->try_read(buffer);
    if (got.state == IoState::end || got.state == IoState::failed) {
        die();
    } else if (got.state == IoState::would_block || state_ == State::lingering) {
        ask_readable();
    } else {
        take_bytes({buffer.data(), got.bytes});
    }
}

/// Parses and serves as far as the bytes go; the rest waits in pending_.
void Connection::take_bytes(std::string_view bytes) {
    std::string joined;
    if (!pending_.empty()) {
        pending_ += bytes;
        joined.swap(pending_);
        bytes = joined;
    }
    advancing_ = true;
    while (state_ == State::head || state_ == State::body) {
        const bool went_on = state_ == State::head ? parse_head(bytes) : parse_body(bytes);
        if (!went_on) break;
    }
    advancing_ = false;
    if (state_ == State::dead) return;
    if (state_ != State::lingering) pending_ = bytes;
    if (state_ == State::head || state_ == State::body || state_ == State::lingering) {
        ask_readable();
    }
}

bool Connection::parse_head(std::string_view& input) {
    // Empty lines before a request are skipped (RFC 9112, 2.2).
    while (input.starts_with("\r\n")) input.remove_prefix(2);
    if (input.empty()) return false;
    const std::size_t limit = server_.options().header_bytes_max;
    const auto end = input.substr(0, limit).find("\r\n\r\n");
    if (end == input.npos) {
        if (input.size() >= limit) {
            const bool has_method = input.substr(0, limit).find(' ') != input.npos;
            refuse(has_method ? Fault{431, "the request head is too large"}
                              : Fault{400, "the request head is malformed"});
        } else if (!std::exchange(head_started_, true) && requests_ > 0) {
            set_deadline_after(server_.options().header_timeout);
        }
        return false;
    }
    exchange_ = server_.take_exchange();
    exchange_->connection = this;
    exchange_->request.peer = stream_->peer();
    const auto fault = exchange_->parser.parse_head(input.substr(0, end + 4), exchange_->request);
    input.remove_prefix(end + 4);
    head_started_ = false;
    if (fault) {
        refuse(*fault);
        return false;
    }
    Request& request = exchange_->request;
    request.peer.ip = client_address(request, request.peer.ip, server_.options().trusted_proxies);
    if (const auto refusal = accept_head()) {
        refuse(*refusal);
        return false;
    }
    if (exchange_->parser.is_done()) {
        dispatch();
    } else {
        begin_body(!input.empty());
    }
    return true;
}

std::optional<Fault> Connection::accept_head() {
    Exchange& exchange = *exchange_;
    exchange.keep_alive = exchange.parser.keep_alive();
    const auto expect = exchange.request.header("Expect");
    if (!expect.empty() && !equals_ignoring_case(expect, "100-continue")) {
        return Fault{417, "the only expectation met is 100-continue"};
    }
    exchange.body_max = server_.handler().body_limit(exchange.request);
    const auto declared = exchange.parser.content_length();
    if (declared.value_or(0) > exchange.body_max) return Fault{413, "Request entity too large"};
    if (!exchange.parser.is_done()) {
        const std::size_t bytes = declared ? *declared : exchange.body_max;
        if (!server_.share_body(exchange.share, bytes)) {
            return Fault{503, "too many large requests at once, try again soon"};
        }
    }
    return std::nullopt;
}

void Connection::begin_body(bool has_come) {
    state_ = State::body;
    begin_transfer();
    const Request& request = exchange_->request;
    if (!has_come && request.version >= 11 && request.has_header("Expect")) {
        // 25 bytes into a socket that waits for a body: it fits, or the client is not worth more.
        if (try_write(*stream_, kContinue).bytes != kContinue.size()) die();
    }
}

bool Connection::parse_body(std::string_view& input) {
    std::size_t consumed = 0;
    const auto fault = exchange_->parser.parse_body(input, exchange_->body_max, consumed);
    input.remove_prefix(consumed);
    if (fault) {
        refuse(*fault);
        return false;
    }
    if (exchange_->parser.is_done()) {
        dispatch();
        return true;
    }
    // What is left belongs to a chunk's header or the trailer, which are bounded like a head.
    if (input.size() > server_.options().header_bytes_max) {
        refuse({400, "a chunk header is too large"});
        return false;
    }
    extend_transfer(exchange_->request.body.size());
    return false;
}

/// Answers what no handler should see, and closes: where the next request starts is not known.
void Connection::refuse(const Fault& fault) {
    if (!exchange_) {
        exchange_ = server_.take_exchange();
        exchange_->connection = this;
    }
    exchange_->keep_alive = false;
    respond(error_response(fault));
}

// --- Serving ---

void Connection::dispatch() {
    set_deadline(kNever);
    ++requests_;
    if (requests_ >= server_.options().requests_per_connection_max) exchange_->keep_alive = false;
    Request& request = exchange_->request;
    if (ws::wants_upgrade(request)) {
        if (auto refusal = ws::refuse_handshake(request)) {
            respond(std::move(*refusal));
        } else {
            upgrade();
        }
        return;
    }
    std::optional<Response> at_once;
    try {
        at_once = server_.handler().serve_now(request);
    } catch (...) {
        at_once = response_to_exception(request, std::current_exception());
    }
    if (at_once) {
        respond(std::move(*at_once));
    } else {
        serve();
    }
}

void Connection::serve() {
    state_ = State::serving;
    in_task_ = exchange_.get();
    // A callable, so that what throws before the first suspension meets the same fence.
    auto work = [&handler = server_.handler(), &request = exchange_->request] {
        return handler.serve(request);
    };
    boost::asio::co_spawn(
        server_.shard().io(),
        std::move(work),
        [exchange = std::move(exchange_)](std::exception_ptr thrown, Response response) mutable {
            if (thrown) response = response_to_exception(exchange->request, thrown);
            Connection* connection = exchange->connection;
            if (connection) connection->served(std::move(exchange), std::move(response));
        });
}

void Connection::served(std::unique_ptr<Exchange> exchange, Response response) {
    in_task_ = nullptr;
    exchange_ = std::move(exchange);
    respond(std::move(response));
}

void Connection::upgrade() {
    state_ = State::serving;
    in_task_ = exchange_.get();
    // A callable, so that what throws before the first suspension meets the same fence.
    auto work = [&handler = server_.handler(), &request = exchange_->request] {
        return handler.upgrade(request);
    };
    boost::asio::co_spawn(
        server_.shard().io(),
        std::move(work),
        [exchange = std::move(exchange_)](std::exception_ptr thrown, Upgrade result) mutable {
            if (thrown) {
                result = Upgrade::refuse(response_to_exception(exchange->request, thrown));
            }
            Connection* connection = exchange->connection;
            if (connection) connection->upgraded(std::move(exchange), std::move(result));
        });
}

void Connection::upgraded(std::unique_ptr<Exchange> exchange, Upgrade result) {
    if (!result.is_accepted() || draining_) {
        if (result.is_accepted()) result.refusal = Response::error(503, 0, "the node is stopping");
        served(std::move(exchange), std::move(result.refusal));
        return;
    }
    in_task_ = nullptr;
    const std::string first_bytes = ws::switching_protocols(exchange->request);
    exchange->response.status = 101;
    server_.count_answer(*exchange);
    server_.give_exchange(std::move(exchange));
    const std::string already_read = std::move(pending_);
    server_.start_session(std::move(stream_), std::move(result), first_bytes, already_read);
    die();
}

// --- Writing ---

void Connection::respond(Response response) {
    if (state_ == State::dead) return;
    Exchange& exchange = *exchange_;
    const ServerOptions& options = server_.options();
    compress_if_asked(
        exchange.request, {options.compress_bytes_min, options.compress_bytes_max}, response);
    if (response.close || draining_) exchange.keep_alive = false;
    exchange.response = std::move(response);
    const Response& r = exchange.response;
    has_body_ = exchange.request.method != Method::head && allows_body(r.status);
    server_.count_answer(exchange);

    std::string& head = server_.scratch();
    head.clear();
    append_head(head, r, server_.date(), {exchange.request.version, exchange.keep_alive});
    const std::string_view body = body_in_memory();
    const iovec parts[2] = {{head.data(), head.size()},
                            {const_cast<char*>(body.data()), body.size()}};
    const IoResult put = stream_->try_write({parts, body.empty() ? 1u : 2u});
    if (put.state != IoState::ok && put.state != IoState::would_block) {
        die();
        return;
    }
    body_sent_ = put.bytes > head.size() ? put.bytes - head.size() : 0;
    if (put.bytes < head.size()) unsent_.assign(head, put.bytes);
    if (is_all_sent()) {
        written();
        return;
    }
    state_ = State::writing;
    begin_transfer();
    write_more();
}

std::string_view Connection::body_in_memory() const {
    const Response& r = exchange_->response;
    if (!has_body_ || r.file_body) return {};
    return r.shared_body.empty() ? std::string_view(r.body) : r.shared_body.view();
}

bool Connection::is_all_sent() const {
    return unsent_.empty() && (!has_body_ || body_sent_ == exchange_->response.body_bytes());
}

void Connection::write_more() {
    while (!is_all_sent()) {
        const IoResult put =
            unsent_.empty() && exchange_->response.file_body ? write_file() : write_memory();
        if (put.state == IoState::would_block) {
            extend_transfer(body_sent_);
            stream_->when_writable([this] { write_more(); });
            return;
        }
        if (put.state != IoState::ok) {
            die();
            return;
        }
        const auto of_head = std::min(put.bytes, unsent_.size());
        unsent_.erase(0, of_head);
        body_sent_ += put.bytes - of_head;
    }
    written();
}

IoResult Connection::write_memory() {
    const std::string_view body = body_in_memory().substr(body_sent_);
    const iovec parts[2] = {{unsent_.data(), unsent_.size()},
                            {const_cast<char*>(body.data()), body.size()}};
    return stream_->try_write({parts, 2});
}

IoResult Connection::write_file() {
    // Read again after a refusal: from the page cache, and cheaper than keeping it per connection.
    char chunk[32 * 1024];
    const long got = exchange_->response.file_body->read(body_sent_, chunk, sizeof chunk);
    if (got <= 0) return {IoState::failed, 0};
    return try_write(*stream_, {chunk, static_cast<std::size_t>(got)});
}

void Connection::written() {
    const bool keep_alive = exchange_->keep_alive;
    server_.give_exchange(std::move(exchange_));
    if (unsent_.capacity() > 0) std::string().swap(unsent_);
    body_sent_ = 0;
    if (!keep_alive) {
        linger();
        return;
    }
    state_ = State::head;
    set_deadline_after(server_.options().idle_timeout);
    // Inside take_bytes its loop goes on by itself.
    if (advancing_) return;
    if (pending_.empty()) {
        ask_readable();
    } else {
        take_bytes({});
    }
}

void Connection::linger() {
    state_ = State::lingering;
    std::string().swap(pending_);
    stream_->shutdown_send();
    set_deadline_after(kLingerTime);
    if (!advancing_) ask_readable();
}

// --- Time ---

// One timer a connection, moved only when it must ring earlier: a deadline that moves away is found
// out when the old one rings.
void Connection::set_deadline(Nanos at) {
    deadline_ = at;
    if (at == kNever || (timer_ && timer_.deadline <= at)) return;
    TimerQueue& timers = server_.shard().timers();
    timers.cancel(timer_);
    timer_ = timers.schedule(at, [this] { deadline_fired(); });
}

void Connection::set_deadline_after(Nanos delay) {
    set_deadline(server_.shard().clock().now() + delay);
}

/// A body or an answer must move at the slowest rate accepted, after a start that is free.
void Connection::begin_transfer() {
    transfer_start_ = server_.shard().clock().now();
    extend_transfer(0);
}

void Connection::extend_transfer(std::uint64_t bytes_moved) {
    const auto& options = server_.options();
    const std::chrono::milliseconds earned(bytes_moved * 1000 /
                                           options.transfer_bytes_per_second_min);
    set_deadline(transfer_start_ + options.transfer_timeout + earned);
}

void Connection::deadline_fired() {
    timer_ = {};
    if (server_.shard().clock().now() < deadline_) {
        set_deadline(deadline_);
    } else if (state_ == State::body || (state_ == State::head && head_started_)) {
        refuse({408, "the request did not come in time"});
    } else if (state_ != State::serving) {
        die();
    }
}

void Connection::die() {
    if (state_ == State::dead) return;
    state_ = State::dead;
    server_.shard().timers().cancel(timer_);
    if (stream_) stream_->close();
    forget_task();
    server_.bury(*this);
}

/// The task goes on without us; it may outlive the server, so it keeps nothing of the server's.
void Connection::forget_task() {
    if (!in_task_) return;
    in_task_->connection = nullptr;
    in_task_->share.release();
    in_task_ = nullptr;
}

}  // namespace guildhall::base::http
