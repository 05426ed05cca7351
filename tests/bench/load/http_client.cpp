#include "tests/bench/load/http_client.h"

#include "tests/bench/common/http_head.h"
#include "tests/bench/common/sockets.h"
#include "tests/bench/common/support.h"

#include <array>
#include <charconv>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace guildhall::bench {

HttpClient::HttpClient(Poller& poller, std::uint16_t port, OnAnswer on_answer)
    : fd_(connect_to_loopback(port)), on_answer_(std::move(on_answer)) {
    poller.add(fd_, EPOLLIN, *this);
}

HttpClient::~HttpClient() { close(fd_); }

void HttpClient::send(std::string_view request) {
    sent_ns_ = now_ns();
    send_all(fd_, request);
}

void HttpClient::on_event(std::uint32_t) {
    std::array<char, 65536> buffer;
    const auto size = recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN) return;
    if (size <= 0) die("the server closed a REST connection");
    unread_.append(buffer.data(), static_cast<std::size_t>(size));
    HttpHead head;
    if (!parse_http_head(unread_, head) || unread_.size() < head.total_bytes()) return;
    HttpAnswer answer;
    const auto code = head.first_line.substr(std::min<std::size_t>(9, head.first_line.size()), 3);
    std::from_chars(code.data(), code.data() + code.size(), answer.status);
    answer.latency_ns = now_ns() - sent_ns_;
    const std::string text = std::exchange(unread_, {});
    answer.body = std::string_view(text).substr(head.head_bytes, head.body_bytes);
    sent_ns_ = 0;
    on_answer_(*this, answer);
}

std::string make_request(std::string_view path,
                         std::string_view authorization,
                         std::string_view body) {
    std::string request = body.empty() ? "GET " : "POST ";
    request.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n");
    request.append("User-Agent: DiscordBot (https://example.org, 1.0)\r\n");
    if (!authorization.empty()) {
        request.append("Authorization: ").append(authorization).append("\r\n");
    }
    if (!body.empty()) {
        request.append("Content-Type: application/json\r\nContent-Length: ");
        request.append(std::to_string(body.size())).append("\r\n");
    }
    return request.append("\r\n").append(body);
}

std::string make_message_request(std::string_view channel,
                                 std::string_view authorization,
                                 std::string_view content) {
    std::string path = "/api/v10/channels/";
    path.append(channel).append("/messages");
    std::string body = "{\"content\":\"";
    body.append(content).append("\",\"tts\":false,\"flags\":0}");
    return make_request(path, authorization, body);
}

}  // namespace guildhall::bench
