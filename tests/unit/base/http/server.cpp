#include "node/base/http/server.h"

#include "node/base/compress.h"
#include "tests/catch.h"
#include "tests/unit/base/http/echo_server.h"

#include <cstdio>
#include <unistd.h>

using namespace guildhall::base;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

std::string get(std::string_view path, std::string_view headers = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) +
           "\r\n";
}

std::string post(std::string_view body) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

HttpReply must_reply(StreamClient& client, bool to_head = false) {
    auto reply = take_reply(client, to_head);
    REQUIRE(reply);
    return std::move(*reply);
}

}  // namespace

TEST_CASE("a connection is kept open and pipelined requests are answered in order") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send(get("/later") + post("two") + get("/throw") + get("/") + post("five"));
    echo.loop.run();
    CHECK(client->received.empty());
    echo.loop.advance(1s);
    CHECK(must_reply(*client).body == "{\"ok\":true}");
    CHECK(must_reply(*client).body == "two");
    CHECK(must_reply(*client).status == 500);
    CHECK(must_reply(*client).status == 200);
    CHECK(must_reply(*client).body == "five");
    CHECK(!client->ended);
    CHECK(echo.loop.log.contains("a handler threw"));
    CHECK(echo.loop.log.contains("what=a bug"));
}

TEST_CASE("requests survive being cut at every byte") {
    EchoServer echo;
    const std::string wire = "\r\n" + post("hello") +
                             "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-T: 1\r\n\r\n" +
                             get("/");
    const auto client = echo.connect();
    for (const char byte : wire) {
        client->send({&byte, 1});
        echo.loop.run();
    }
    CHECK(must_reply(*client).body == "hello");
    CHECK(must_reply(*client).body == "abcde");
    CHECK(must_reply(*client).status == 200);
}

TEST_CASE("fields behind a chunked body never become headers") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\nAuthorization: evil\r\nX-Late: 1\r\n\r\n");
    echo.loop.run();
    const auto reply = must_reply(*client);
    CHECK(reply.status == 200);
    CHECK(reply.body == "Host: a\nTransfer-Encoding: chunked\n");
}

TEST_CASE("a body at its limit is taken, one byte more is 413 with code 40005 and closes") {
    for (const bool chunked : {false, true}) {
        EchoServer echo;
        echo.handler.body_max = 100;
        const auto send = [&](std::size_t bytes) {
            const std::string body(bytes, 'x');
            if (!chunked) return post(body);
            char size[16];
            std::snprintf(size, sizeof size, "%zx\r\n", bytes);
            return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
                   std::string(size) + body + "\r\n0\r\n\r\n";
        };
        const auto client = echo.connect();
        client->send(send(99));
        client->send(send(100));
        client->send(send(101));
        echo.loop.run();
        CHECK(must_reply(*client).body.size() == 99);
        CHECK(must_reply(*client).body.size() == 100);
        const auto refused = must_reply(*client);
        CHECK(refused.status == 413);
        CHECK(refused.body == R"({"message":"Request entity too large","code":40005})");
        CHECK(refused.header("connection") == "close");
        echo.loop.advance(3s);
        CHECK(client->ended);
        CHECK(echo.server.connections() == 0);
    }
}

TEST_CASE("large bodies share their memory and who does not fit is told to come back") {
    http::ServerOptions options;
    options.large_body_bytes = 100;
    options.large_bodies_bytes_max = 1000;
    EchoServer echo(options);
    const auto begin = [&](std::size_t bytes) {
        auto client = echo.connect();
        client->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) +
                     "\r\n\r\n");
        echo.loop.run();
        return client;
    };
    const auto first = begin(600);
    auto second = begin(400);
    const auto third = begin(101);
    CHECK(must_reply(*third).status == 503);
    const auto small = begin(100);
    small->send(std::string(100, 'x'));
    first->send(std::string(600, 'x'));
    echo.loop.run();
    CHECK(must_reply(*small).status == 200);
    CHECK(must_reply(*first).status == 200);
    // What was answered and what went away have given their shares back.
    second->close();
    echo.loop.run();
    const auto whole = begin(1000);
    CHECK(!take_reply(*whole));
    CHECK(must_reply(*begin(101)).status == 503);
}

TEST_CASE("a head at its limit is taken and one byte more is 431") {
    http::ServerOptions options;
    options.header_bytes_max = 1000;
    const std::string frame = get("/", "X: \r\n");
    for (const std::size_t bytes : {999u, 1000u, 1001u}) {
        EchoServer echo(options);
        const auto client = echo.connect();
        client->send(get("/", "X: " + std::string(bytes - frame.size(), 'x') + "\r\n"));
        echo.loop.run();
        CHECK(must_reply(*client).status == (bytes <= 1000 ? 200 : 431));
    }
}

TEST_CASE("a connection that never completes a head is closed after ten seconds") {
    EchoServer echo;
    const auto silent = echo.connect();
    const auto slow = echo.connect();
    for (int i = 0; i < 9; ++i) {
        slow->send(i == 0 ? "GET / HTTP/1.1\r\nHost: localhost\r\n" : "X-A: b\r\n");
        echo.loop.advance(1s);
    }
    CHECK(!silent->ended);
    CHECK(!slow->ended);
    echo.loop.advance(1s);
    CHECK(silent->ended);
    CHECK(silent->received.empty());
    CHECK(must_reply(*slow).status == 408);
    echo.loop.advance(3s);
    CHECK(slow->ended);
    CHECK(echo.server.connections() == 0);
}

TEST_CASE("a later request's slow head is closed ten seconds after its first byte") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send(get("/"));
    echo.loop.advance(60s);
    CHECK(must_reply(*client).status == 200);
    client->send("G");
    echo.loop.advance(9s);
    CHECK(!client->ended);
    echo.loop.advance(1s);
    CHECK(must_reply(*client).status == 408);
}

TEST_CASE("an idle connection is closed after its idle time") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send(get("/"));
    echo.loop.advance(74s);
    CHECK(!client->ended);
    client->send(get("/"));
    echo.loop.advance(74s);
    CHECK(!client->ended);
    echo.loop.advance(1s);
    CHECK(client->ended);
}

TEST_CASE("a body that drips is refused, one at the slowest rate is taken") {
    http::ServerOptions options;
    options.transfer_timeout = 5s;
    options.transfer_bytes_per_second_min = 100;
    EchoServer echo(options);
    const auto dripping = echo.connect();
    const auto steady = echo.connect();
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n";
    dripping->send(head);
    steady->send(head);
    for (int i = 0; i < 30; ++i) {
        dripping->send("x");
        steady->send(std::string(100, 'y'));
        echo.loop.advance(1s);
    }
    CHECK(must_reply(*dripping).status == 408);
    CHECK(must_reply(*steady).body.size() == 3000);
}

TEST_CASE("a client that does not read its answer is closed, one that reads gets it whole") {
    EchoServer echo;
    MemoryStreamOptions small;
    small.capacity = 64 * 1024;
    const auto stuck = echo.connect(small);
    const auto reading = echo.connect(small);
    stuck->pause();
    stuck->send(get("/big"));
    reading->send(get("/big"));
    echo.loop.run();
    CHECK(must_reply(*reading).body == std::string(3 << 20, 'b'));
    echo.loop.advance(19s);
    CHECK(echo.server.connections() == 2);
    // Twenty seconds, and two more for the 64 KiB that it did take.
    echo.loop.advance(4s);
    CHECK(echo.server.connections() == 1);
}

TEST_CASE("100-continue is sent before a body that waits for it, and never to HTTP/1.0") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    echo.loop.run();
    CHECK(client->received == "HTTP/1.1 100 Continue\r\n\r\n");
    client->received.clear();
    client->send("ok");
    echo.loop.run();
    CHECK(must_reply(*client).body == "ok");

    const auto refused = echo.connect();
    echo.handler.body_max = 1;
    refused->send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    echo.loop.run();
    CHECK(must_reply(*refused).status == 413);
}

TEST_CASE("HEAD has the length of its body and no body, 204 and 304 have neither") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    echo.loop.run();
    const auto head = must_reply(*client, true);
    CHECK(head.header("content-length") == "11");
    CHECK(client->received.empty());
    client->send("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/", "If-None-Match: *\r\n"));
    echo.loop.run();
    const auto options = must_reply(*client);
    CHECK(options.status == 204);
    CHECK(options.header("content-length").empty());
    CHECK(options.header("allow") == "GET, HEAD, POST, OPTIONS");
    CHECK(must_reply(*client).status == 304);
}

TEST_CASE("answers carry a date and exactly one content type") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send(get("/"));
    echo.loop.run();
    const auto reply = must_reply(*client);
    CHECK(reply.header("date") == "Tue, 14 Nov 2023 22:13:20 GMT");
    CHECK(reply.headers.count("content-type") == 1);
    CHECK(reply.header("content-type") == "application/json");
}

TEST_CASE("bodies from a kilobyte on are compressed for who asks") {
    EchoServer echo;
    const auto ask = [&](std::size_t bytes, std::string_view accept) {
        const auto client = echo.connect();
        const std::string body(bytes, 'z');
        client->send("POST / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + std::string(accept) +
                     "\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" + body);
        echo.loop.run();
        return must_reply(*client);
    };
    const auto packed = ask(1024, "br, gzip;q=0.8, deflate");
    CHECK(packed.header("content-encoding") == "gzip");
    CHECK(packed.header("vary") == "Accept-Encoding");
    CHECK(inflate(packed.body, Deflate::gzip, 2000).value() == std::string(1024, 'z'));
    CHECK(ask(1024, "deflate").header("content-encoding") == "deflate");
    CHECK(ask(1023, "gzip").header("content-encoding").empty());
    CHECK(ask(2000, "gzip;q=0").header("content-encoding").empty());
    CHECK(ask(2000, "identity").header("vary") == "Accept-Encoding");
}

TEST_CASE("connections beyond the limit are closed at once") {
    http::ServerOptions options;
    options.connections_max = 2;
    EchoServer echo(options);
    const auto first = echo.connect();
    auto second = echo.connect();
    const auto third = echo.connect();
    echo.loop.run();
    CHECK(third->ended);
    CHECK(echo.server.connections() == 2);
    second->close();
    echo.loop.run();
    CHECK(echo.server.connections() == 1);
    const auto fourth = echo.connect();
    fourth->send(get("/"));
    echo.loop.run();
    CHECK(must_reply(*fourth).status == 200);
    CHECK(echo.metrics.text().find("guildhall_http_connections_refused_total 1") !=
          std::string::npos);
    CHECK(echo.metrics.text().find("guildhall_http_requests_total{status=\"2xx\"} 1") !=
          std::string::npos);
}

TEST_CASE("a client that leaves while a handler works disturbs nobody") {
    EchoServer echo;
    {
        const auto client = echo.connect();
        client->send(get("/later"));
        echo.loop.run();
        client->close();
        echo.loop.run();
    }
    const auto other = echo.connect();
    other->send(get("/later"));
    echo.loop.advance(1s);
    CHECK(must_reply(*other).status == 200);
    CHECK(echo.handler.served.size() == 2);
    CHECK(echo.server.connections() == 1);
}

TEST_CASE("draining closes idle connections and answers what is under way") {
    EchoServer echo;
    const auto idle = echo.connect();
    const auto busy = echo.connect();
    idle->send(get("/"));
    busy->send(get("/later"));
    echo.loop.run();
    echo.server.drain();
    echo.loop.run();
    CHECK(idle->ended);
    CHECK(!busy->ended);
    echo.loop.advance(1s);
    const auto reply = must_reply(*busy);
    CHECK(reply.status == 200);
    CHECK(reply.header("connection") == "close");
    echo.loop.advance(3s);
    CHECK(busy->ended);
    const auto late = echo.connect();
    echo.loop.run();
    CHECK(late->ended);
}

TEST_CASE("HTTP/1.0 is closed after its answer unless it asks to stay") {
    EchoServer echo;
    const auto leaves = echo.connect();
    const auto stays = echo.connect();
    leaves->send("GET / HTTP/1.0\r\n\r\n");
    stays->send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    echo.loop.advance(3s);
    CHECK(must_reply(*leaves).header("connection") == "close");
    CHECK(leaves->ended);
    CHECK(must_reply(*stays).header("connection") == "keep-alive");
    CHECK(!stays->ended);
}

namespace {

class FileHandler final : public http::Handler {
  public:
    Task<http::Response> serve(http::Request&) override {
        std::FILE* file = std::tmpfile();
        const std::string text(1'000'000, 'f');
        std::fwrite(text.data(), 1, text.size(), file);
        std::fflush(file);
        http::Response response;
        response.file_body = std::make_unique<http::FileBody>(::dup(::fileno(file)), 10, length);
        std::fclose(file);
        co_return response;
    }
    std::size_t body_limit(const http::Request&) const override { return 0; }

    std::uint64_t length = 900'000;
};

}  // namespace

TEST_CASE("a file is sent from its offset, also to a slow reader, and a shortened one is cut off") {
    Loop loop;
    SeededRng rng(1);
    FileHandler handler;
    http::Server server(loop.shards, handler, rng, nullptr);
    MemoryStreamOptions small;
    small.capacity = 10'000;
    const auto fetch = [&] {
        auto [ours, theirs] = make_memory_streams(loop.shard(), small);
        server.attach(loop.shard(), std::move(ours));
        auto client = std::make_unique<StreamClient>(std::move(theirs));
        client->send(get("/"));
        loop.run();
        return client;
    };
    const auto client = fetch();
    CHECK(must_reply(*client).body == std::string(900'000, 'f'));
    handler.length = 2'000'000;
    const auto cut = fetch();
    CHECK(!take_reply(*cut));
    CHECK(cut->ended);
}
