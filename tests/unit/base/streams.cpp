// One suite for every kind of stream: memory, TCP over loopback, TLS and WebSocket over memory, and
// one that another shard uses.
#include "node/base/carried_stream.h"
#include "node/base/listener.h"
#include "node/base/memory_stream.h"
#include "node/base/tcp_stream.h"
#include "node/base/tls.h"
#include "node/base/ws/stream.h"
#include "tests/catch.h"
#include "tests/support/certificate.h"
#include "tests/support/loop.h"
#include "tests/support/stream_client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace guildhall::base;
using namespace std::chrono_literals;
using guildhall::tests::Loop;
using guildhall::tests::StreamClient;

namespace {

constexpr Endpoint kPeer{};

MemoryStreams tcp_pair(Loop& loop) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t bytes = sizeof address;
    REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), bytes) == 0);
    REQUIRE(::listen(listener, 1) == 0);
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &bytes);
    const int first = ::socket(AF_INET, SOCK_STREAM, 0);
    REQUIRE(::connect(first, reinterpret_cast<sockaddr*>(&address), bytes) == 0);
    const int second = ::accept(listener, nullptr, nullptr);
    ::close(listener);
    return {make_tcp_stream(loop.shard(), first, kPeer),
            make_tcp_stream(loop.shard(), second, kPeer)};
}

MemoryStreams tls_pair(Loop& loop, const MemoryStreamOptions& options = {}) {
    static const auto identity = guildhall::tests::make_certificate();
    static const auto server = make_server_tls(identity.certificate_pem, identity.key_pem).value();
    static const auto client = make_client_tls(identity.certificate_pem).value();
    auto [below_first, below_second] = make_memory_streams(loop.shard(), options);
    return {server->wrap(std::move(below_first)), client->wrap(std::move(below_second))};
}

/// The first is a server's, as in tls_pair().
MemoryStreams ws_pair(Loop& loop, MemoryStreams below) {
    static SeededRng masks(1);
    ws::StreamOptions server;
    ws::StreamOptions client;
    client.role = ws::Role::client;
    client.rng = &masks;
    return {ws::make_stream(loop.shard(), std::move(below.first), server),
            ws::make_stream(loop.shard(), std::move(below.second), client)};
}

/// Both ends are of shard 1, and used on shard 0.
MemoryStreams carried_pair(Loop& loop, const MemoryStreamOptions& options) {
    auto [first, second] = make_memory_streams(loop.shard(1), options);
    return {carry_stream(loop.shard(1), loop.shard(0), std::move(first)),
            carry_stream(loop.shard(1), loop.shard(0), std::move(second))};
}

MemoryStreams make_pair_of(const std::string& kind, Loop& loop) {
    if (kind == "tcp") return tcp_pair(loop);
    if (kind == "tls") return tls_pair(loop);
    if (kind == "tls, byte by byte") return tls_pair(loop, {.capacity = 64, .read_chunk = 1});
    const MemoryStreamOptions narrow{.capacity = 64, .read_chunk = 1};
    if (kind == "ws") return ws_pair(loop, make_memory_streams(loop.shard()));
    if (kind == "ws, byte by byte") return ws_pair(loop, make_memory_streams(loop.shard(), narrow));
    if (kind == "ws over tls") return ws_pair(loop, tls_pair(loop));
    if (kind == "carried") return carried_pair(loop, {});
    if (kind == "carried, byte by byte") return carried_pair(loop, narrow);
    return make_memory_streams(loop.shard());
}

/// TCP needs the kernel's moment between the two ends.
void settle(Loop& loop, const std::function<bool()>& until) {
    for (int i = 0; i < 2000 && !until(); ++i) {
        loop.run();
        ::usleep(until() ? 0 : 100);
    }
}

}  // namespace

TEST_CASE("bytes arrive whole and in order in both directions") {
    const auto kind = GENERATE(as<std::string>{},
                               "memory",
                               "tcp",
                               "tls",
                               "tls, byte by byte",
                               "ws",
                               "ws, byte by byte",
                               "ws over tls",
                               "carried",
                               "carried, byte by byte");
    INFO(kind);
    Loop loop(2);
    auto [a, b] = make_pair_of(kind, loop);
    StreamClient first(std::move(a));
    StreamClient second(std::move(b));
    std::string text;
    const int lines = kind.ends_with("byte by byte") ? 200 : 50'000;
    for (int i = 0; i < lines; ++i) text += "line " + std::to_string(i) + "\n";
    first.send(text);
    second.send("hello");
    settle(loop,
           [&] { return second.received.size() == text.size() && first.received.size() == 5; });
    CHECK(second.received == text);
    CHECK(first.received == "hello");
    CHECK(!first.ended);
    first.close();
    settle(loop, [&] { return second.ended; });
    CHECK(second.ended);
}

TEST_CASE("a writer is told when a slow reader has made room") {
    const auto kind =
        GENERATE(as<std::string>{}, "memory", "tcp", "tls", "ws", "ws over tls", "carried");
    INFO(kind);
    Loop loop(2);
    auto [a, b] = make_pair_of(kind, loop);
    StreamClient first(std::move(a));
    StreamClient second(std::move(b));
    // The handshake of TLS needs a reader.
    first.send("x");
    settle(loop, [&] { return !second.received.empty(); });
    second.pause();
    const std::string text(16 << 20, 't');
    first.send(text);
    settle(loop, [] { return false; });
    CHECK(second.received.size() < text.size());
    second.resume();
    settle(loop, [&] { return second.received.size() == text.size() + 1; });
    CHECK(second.received.size() == text.size() + 1);
}

TEST_CASE("a stream may be destroyed inside its own callback and before one") {
    const auto kind =
        GENERATE(as<std::string>{}, "memory", "tcp", "tls", "ws", "ws over tls", "carried");
    INFO(kind);
    Loop loop(2);
    auto [a, b] = make_pair_of(kind, loop);
    auto doomed = std::move(a);
    bool called = false;
    doomed->when_readable([&] {
        called = true;
        doomed.reset();
    });
    StreamClient other(std::move(b));
    other.send("now");
    settle(loop, [&] { return called; });
    CHECK(called);
    settle(loop, [&] { return other.ended; });
    CHECK(other.ended);

    auto [c, d] = make_pair_of(kind, loop);
    bool never = true;
    c->when_readable([&] { never = false; });
    StreamClient writer(std::move(d));
    writer.send("late");
    c.reset();
    settle(loop, [&] { return writer.ended; });
    CHECK(never);
}

TEST_CASE("TLS refuses bytes that are not TLS") {
    Loop loop;
    static const auto identity = guildhall::tests::make_certificate();
    const auto server = make_server_tls(identity.certificate_pem, identity.key_pem).value();
    auto [below, plain] = make_memory_streams(loop.shard());
    StreamClient secure(server->wrap(std::move(below)));
    StreamClient client(std::move(plain));
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    loop.run();
    CHECK(secure.ended);
    CHECK(secure.received.empty());
}

TEST_CASE("a key that does not belong to the certificate is named as such") {
    const auto one = guildhall::tests::make_certificate();
    const auto two = guildhall::tests::make_certificate();
    const auto mixed = make_server_tls(one.certificate_pem, two.key_pem);
    REQUIRE(!mixed);
    CHECK(mixed.error().message.find("key") != std::string::npos);
    CHECK(!make_server_tls("nonsense", one.key_pem));
    CHECK(!load_server_tls("/nonexistent/cert.pem", "/nonexistent/key.pem"));
}

TEST_CASE("the listener deals connections to the shards in turn") {
    Loop loop(2);
    std::vector<unsigned> dealt;
    std::vector<std::unique_ptr<ByteStream>> kept;
    auto listener = TcpListener::open(loop.shards,
                                      *Endpoint::parse("127.0.0.1:0"),
                                      [&](Shard& shard, std::unique_ptr<ByteStream> stream) {
                                          dealt.push_back(shard.index());
                                          CHECK(stream->peer().ip.is_loopback());
                                          kept.push_back(std::move(stream));
                                      });
    REQUIRE(listener);
    const auto port = (*listener)->local().port;
    CHECK(port != 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    std::vector<int> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(::socket(AF_INET, SOCK_STREAM, 0));
        REQUIRE(::connect(clients.back(), reinterpret_cast<sockaddr*>(&address), sizeof address) ==
                0);
    }
    settle(loop, [&] { return dealt.size() == 4; });
    std::sort(dealt.begin(), dealt.end());
    CHECK(dealt == std::vector<unsigned>{0, 0, 1, 1});

    const auto taken = TcpListener::open(loop.shards, (*listener)->local(), {});
    REQUIRE(!taken);
    CHECK(taken.error().message.find(std::to_string(port)) != std::string::npos);
    (*listener)->stop();
    loop.run();
    for (const int fd : clients) ::close(fd);
}
