#include "tests/unit/base/http/echo_server.h"

#include <stdexcept>

namespace guildhall::tests {
namespace {

using base::http::Method;
using base::http::Request;
using base::http::Response;
namespace ws = base::ws;

class EchoListener final : public ws::Listener {
  public:
    explicit EchoListener(EchoHandler& handler) : handler_(handler) {}
    void on_open(ws::Session& session) override { handler_.session = session_ = &session; }
    void on_message(std::string_view payload, bool binary) override {
        session_->tell_when_drained();
        session_->send(payload.substr(0, payload.size() / 2),
                       base::SharedBytes(std::string(payload.substr(payload.size() / 2))),
                       binary);
    }
    void on_close(std::uint16_t code) override {
        handler_.session = nullptr;
        handler_.closed.push_back(code);
    }
    void on_drained() override { ++handler_.drained; }

  private:
    EchoHandler& handler_;
    ws::Session* session_ = nullptr;
};

std::string header_lines(const Request& request) {
    std::string lines;
    for (std::size_t i = 0; i < request.header_count(); ++i) {
        const auto [name, value] = request.header_at(i);
        lines += std::string(name) + ": " + std::string(value) + "\n";
    }
    return lines;
}

std::string cookie_lines(const Request& request) {
    std::string lines;
    std::string_view rest = request.header("Cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        lines += std::string(pair) + "\n";
    }
    return lines;
}

Response answer(const Request& request) {
    if (request.method == Method::options) {
        auto response = Response::empty();
        response.add_header("Allow", "GET, HEAD, POST, OPTIONS");
        return response;
    }
    const bool allowed = request.method == Method::get || request.method == Method::head ||
                         request.method == Method::post;
    if (!allowed) {
        auto response = Response::error(405, 0, "405: Method Not Allowed");
        response.add_header("Allow", "GET, HEAD, POST, OPTIONS");
        return response;
    }
    if (request.path() == "/echo") return Response::of(200, "text/plain", header_lines(request));
    if (request.path() == "/cookie") return Response::of(200, "text/plain", cookie_lines(request));
    if (request.header("If-None-Match") == "*") return Response::empty(304);
    if (request.method == Method::post) return Response::of(200, "text/plain", request.body);
    return Response::json(200, std::string("{\"ok\":true}"));
}

}  // namespace

std::optional<Response> EchoHandler::serve_now(Request& request) {
    if (request.path() == "/later" || request.path() == "/throw" || request.path() == "/big") {
        return std::nullopt;
    }
    served.push_back(std::string(request.method_text()) + " " + std::string(request.path()));
    return answer(request);
}

base::Task<Response> EchoHandler::serve(Request& request) {
    if (request.path() == "/throw") throw std::runtime_error("a bug");
    if (request.path() == "/later") {
        co_await request.shard->timers().sleep_for(std::chrono::seconds(1));
    }
    served.push_back(std::string(request.method_text()) + " " + std::string(request.path()));
    if (request.path() == "/big") {
        co_return Response::of(200, "application/octet-stream", std::string(3 << 20, 'b'));
    }
    co_return answer(request);
}

base::Task<base::http::Upgrade> EchoHandler::upgrade(Request& request) {
    if (request.path() == "/refused") {
        co_return base::http::Upgrade::refuse(Response::error(403, 0, "no"));
    }
    co_return base::http::Upgrade::accept(std::make_unique<EchoListener>(*this), session_options);
}

}  // namespace guildhall::tests
