// A keep-alive HTTP connection with one request in flight.
// Owner: the mode that runs. Thread: one.
#pragma once
#include "tests/bench/common/poller.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace guildhall::bench {

struct HttpAnswer {
    int status = 0;
    std::string_view body;
    std::uint64_t latency_ns = 0;
};

class HttpClient final : public Poller::Handler {
  public:
    // Called with each answer; may send the next request at once.
    using OnAnswer = std::function<void(HttpClient&, const HttpAnswer&)>;

    HttpClient(Poller& poller, std::uint16_t port, OnAnswer on_answer);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    bool is_busy() const { return sent_ns_ != 0; }
    void send(std::string_view request);

    void on_event(std::uint32_t events) override;

  private:
    int fd_;
    OnAnswer on_answer_;
    std::string unread_;
    std::uint64_t sent_ns_ = 0;
};

// The text of a request; `body` empty makes it a GET.
std::string make_request(std::string_view path,
                         std::string_view authorization,
                         std::string_view body);

// POST of a message with this content (plain ASCII without quotes).
std::string make_message_request(std::string_view channel,
                                 std::string_view authorization,
                                 std::string_view content);

}  // namespace guildhall::bench
