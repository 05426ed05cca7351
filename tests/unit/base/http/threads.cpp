// The server on real threads and sockets: what the sanitizers look at.
#include "node/base/http/server.h"
#include "node/base/listener.h"
#include "tests/catch.h"

#include <arpa/inet.h>
#include <atomic>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace guildhall::base;

namespace {

class QuietLog final : public Log {
  public:
    bool enabled(LogLevel) const override { return false; }
    void write(LogLevel,
               std::string_view,
               std::string_view,
               std::initializer_list<LogField>) override {}
};

/// Answers with the index of a shard that the path names, after going there and back.
class HoppingHandler final : public http::Handler {
  public:
    explicit HoppingHandler(Shards& shards) : shards_(shards) {}
    Task<http::Response> serve(http::Request& request) override {
        Shard& here = *request.shard;
        Shard& there = shards_.at(request.path() == "/1" ? 1 : 0);
        auto visit = [&there]() { return index_of(there); };
        const unsigned index = co_await on_shard(here, there, visit);
        co_return http::Response::of(200, "text/plain", std::to_string(index));
    }
    std::size_t body_limit(const http::Request&) const override { return 0; }

  private:
    static Task<unsigned> index_of(Shard& shard) { co_return shard.index(); }

    Shards& shards_;
};

int connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
    ::close(fd);
    return -1;
}

/// The body's one character, or '?'.
char ask(int fd, std::string_view path) {
    const std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) return '?';
    std::string reply;
    char buffer[1024];
    while (reply.find("\r\n\r\n") == reply.npos || reply.ends_with("\r\n\r\n")) {
        const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0) return '?';
        reply.append(buffer, static_cast<std::size_t>(got));
    }
    return reply.starts_with("HTTP/1.1 200") ? reply.back() : '?';
}

}  // namespace

TEST_CASE("shards on threads serve connections at once and hop between each other") {
    const unsigned shard_count = GENERATE(2u, 4u);
    SystemClock clock;
    QuietLog log;
    SystemRng rng;
    Registry metrics;
    Shards shards(shard_count, clock, log);
    HoppingHandler handler(shards);
    http::Server server(shards, handler, rng, &metrics);
    auto listener = TcpListener::open(shards,
                                      *Endpoint::parse("127.0.0.1:0"),
                                      [&](Shard& shard, std::unique_ptr<ByteStream> stream) {
                                          server.attach(shard, std::move(stream));
                                      });
    REQUIRE(listener);
    const auto port = (*listener)->local().port;
    shards.start();

    std::atomic<int> right{0};
    std::vector<std::thread> clients;
    clients.reserve(4);
    for (int c = 0; c < 4; ++c) {
        clients.emplace_back([&] {
            const int fd = connect_to(port);
            for (int i = 0; i < 50; ++i) {
                right += ask(fd, i % 2 == 0 ? "/0" : "/1") == (i % 2 == 0 ? '0' : '1');
            }
            ::close(fd);
        });
    }
    for (auto& client : clients) client.join();
    CHECK(right == 200);
    server.drain();
    (*listener)->stop();
    shards.stop();
    CHECK(metrics.text().find("guildhall_http_requests_total{status=\"2xx\"} 200") !=
          std::string::npos);
}
