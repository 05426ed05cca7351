#include "node/base/ws/stream.h"

#include "node/base/http/server.h"
#include "node/base/memory_stream.h"
#include "node/base/ws/handshake.h"
#include "tests/catch.h"
#include "tests/support/loop.h"
#include "tests/support/stream_client.h"

using namespace guildhall::base;
using namespace std::chrono_literals;
using guildhall::tests::Loop;
using guildhall::tests::StreamClient;
using guildhall::tests::take_frame;
using guildhall::tests::take_reply;
using guildhall::tests::upgrade_request;
using ws::Opcode;
using ws::Role;

namespace {

/// A stream of `role` over memory, and the raw other end of its connection.
struct Half {
    explicit Half(Role role, const MemoryStreamOptions& below = {}) {
        auto [ours, theirs] = make_memory_streams(loop.shard(), below);
        ws::StreamOptions options;
        options.role = role;
        options.rng = &rng;
        stream =
            std::make_unique<StreamClient>(ws::make_stream(loop.shard(), std::move(ours), options));
        raw = std::make_unique<StreamClient>(std::move(theirs));
    }
    /// A frame of the peer, masked when it is a client.
    void send(Opcode opcode, std::string_view payload, bool final = true) {
        raw->send(ws::make_masked_frame(opcode, payload, 0x0a0b0c0d, final));
        loop.run();
    }

    Loop loop;
    SeededRng rng{5};
    std::unique_ptr<StreamClient> stream, raw;
};

/// Takes WebSockets at /.guildhall as streams.
class StreamHandler final : public http::Handler {
  public:
    Task<http::Response> serve(http::Request&) override { co_return http::Response::empty(); }
    Task<http::Upgrade> upgrade(http::Request& request) override {
        if (request.path() != "/.guildhall") {
            co_return http::Upgrade::refuse(http::Response::error(404, 0, "not here"));
        }
        co_return http::Upgrade::accept_stream(
            [this](Shard&, std::unique_ptr<ByteStream> stream) { taken = std::move(stream); });
    }
    std::size_t body_limit(const http::Request&) const override { return 0; }

    std::unique_ptr<ByteStream> taken;
};

/// A server with that handler and the client's end of a connection to it.
struct Served {
    explicit Served(const MemoryStreamOptions& options = {}) {
        auto [ours, theirs] = make_memory_streams(loop.shard(), options);
        server.attach(loop.shard(), std::move(ours));
        below = std::move(theirs);
    }
    Result<std::unique_ptr<ByteStream>> open(std::string target = "/.guildhall") {
        ws::ClientOptions options;
        options.host = "node.example";
        options.target = std::move(target);
        return loop.wait(
            ws::open_client_stream(loop.shard(), std::move(below), std::move(options), rng));
    }

    Loop loop;
    SeededRng rng{1};
    StreamHandler handler;
    http::Server server{loop.shards, handler, rng, nullptr, {}};
    std::unique_ptr<ByteStream> below;
};

/// What a client makes of an answer to its handshake; `%` stands for the key's answer.
std::string fault_of(std::string answer) {
    Loop loop;
    SeededRng rng(1);
    auto [ours, theirs] = make_memory_streams(loop.shard());
    StreamClient server(std::move(theirs));
    std::optional<Result<std::unique_ptr<ByteStream>>> result;
    auto keep = [](Loop* on,
                   std::unique_ptr<ByteStream> below,
                   Rng* masks,
                   decltype(&result) out) -> Task<void> {
        ws::ClientOptions options;
        options.host = "node.example";
        out->emplace(co_await ws::open_client_stream(
            on->shard(), std::move(below), std::move(options), *masks));
    };
    loop.shard().spawn("open", keep(&loop, std::move(ours), &rng, &result));
    loop.run();
    const std::string name = "Sec-WebSocket-Key: ";
    const auto at = server.received.find(name);
    REQUIRE(at != std::string::npos);
    const std::string key = server.received.substr(at + name.size(), 24);
    if (const auto mark = answer.find('%'); mark != answer.npos) {
        answer.replace(mark, 1, ws::accept_key(key));
    }
    server.send(answer);
    if (answer.empty()) server.close();
    loop.run();
    if (!result) loop.advance(10s);
    REQUIRE(result);
    return *result ? "none" : result->error().message;
}

constexpr std::string_view kSwitching =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

}  // namespace

TEST_CASE("a client's handshake with our server gives a stream on both sides") {
    const std::size_t chunk = GENERATE(1u << 20, 1u);
    MemoryStreamOptions options;
    options.read_chunk = chunk;
    Served served(options);
    auto opened = served.open();
    REQUIRE(opened);
    REQUIRE(served.handler.taken);
    CHECK(served.server.connections() == 0);
    StreamClient client(std::move(*opened));
    StreamClient server(std::move(served.handler.taken));
    const std::string text(chunk == 1 ? 3'000 : 300'000, 'g');
    client.send(text + "!");
    server.send("?" + text);
    served.loop.run();
    CHECK(server.received == text + "!");
    CHECK(client.received == "?" + text);
    client.close();
    served.loop.run();
    CHECK(server.ended);
}

TEST_CASE("a server that refuses the handshake is named by its status") {
    Served served;
    const auto opened = served.open("/elsewhere");
    REQUIRE(!opened);
    CHECK(opened.error().message == "answered with status 404");
    CHECK(!served.handler.taken);
    Served odd;
    CHECK(!odd.open("/a b"));
    CHECK(!Served().open("/a\r\nX: y"));
}

TEST_CASE("bytes behind the handshake belong to the stream, on both sides") {
    Served served;
    StreamClient client(std::move(served.below));
    client.send(upgrade_request("/.guildhall") + ws::make_masked_frame(Opcode::binary, "early", 9));
    served.loop.run();
    CHECK(take_reply(client)->status == 101);
    REQUIRE(served.handler.taken);
    StreamClient server(std::move(served.handler.taken));
    served.loop.run();
    CHECK(server.received == "early");
    CHECK(fault_of(std::string(kSwitching) + "Sec-WebSocket-Accept: %\r\n\r\n" +
                   ws::make_frame(Opcode::binary, "early")) == "none");
}

TEST_CASE("an answer that is none to our handshake is refused") {
    const std::string switching(kSwitching);
    CHECK(fault_of(switching + "Sec-WebSocket-Accept: %\r\n\r\n") == "none");
    const std::string none = "the answer is no WebSocket's";
    CHECK(fault_of(switching + "\r\n") == none);
    CHECK(fault_of(switching + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n") ==
          none);
    CHECK(fault_of("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %\r\n\r\n") ==
          none);
    CHECK(fault_of("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: %\r\n\r\n") ==
          none);
    CHECK(fault_of(switching + "Sec-WebSocket-Accept: %\r\nSec-WebSocket-Extensions: x\r\n\r\n") ==
          "the answer has extensions that were not asked for");
    CHECK(fault_of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") == "answered with status 200");
    CHECK(fault_of("nonsense\r\n\r\n") == "the answer is no sound HTTP");
    CHECK(fault_of(std::string(9000, 'x')) == "the answer to the handshake is too long");
    CHECK(fault_of("HTTP/1.1 101") == "no answer to the handshake in time");
    CHECK(fault_of("") == "the connection was lost in the handshake");
}

TEST_CASE("a client masks every frame anew and a server none") {
    Half client(Role::client);
    client.stream->send("same");
    client.loop.run();
    const std::string first = std::exchange(client.raw->received, {});
    client.stream->send("same");
    client.loop.run();
    REQUIRE(first.size() == 2 + 4 + 4);
    CHECK(first.substr(0, 2) == "\x82\x84");
    CHECK(first != client.raw->received);
    Half server(Role::server);
    server.stream->send("same");
    server.loop.run();
    CHECK(server.raw->received == "\x82\x04same");
}

TEST_CASE("messages in fragments with pings between are one stream, and the pings are answered") {
    const std::size_t chunk = GENERATE(1u << 20, 1u);
    MemoryStreamOptions options;
    options.read_chunk = chunk;
    Half half(Role::server, options);
    half.send(Opcode::binary, "one ", false);
    half.send(Opcode::ping, "are you there");
    half.send(Opcode::continuation, "two ", false);
    half.send(Opcode::continuation, "", true);
    half.send(Opcode::binary, "");
    half.send(Opcode::pong, "unasked");
    half.send(Opcode::binary, "three");
    CHECK(half.stream->received == "one two three");
    const auto pong = take_frame(*half.raw);
    REQUIRE(pong);
    CHECK(pong->opcode == Opcode::pong);
    CHECK(pong->payload == "are you there");
    CHECK(half.raw->received.empty());
}

TEST_CASE("of pings that could not be answered only the last is") {
    MemoryStreamOptions options;
    options.capacity = 16;
    Half half(Role::server, options);
    half.raw->pause();
    half.stream->send(std::string(100, 'f'));
    for (int i = 0; i < 50; ++i) half.send(Opcode::ping, "p" + std::to_string(i));
    half.raw->resume();
    half.loop.run();
    CHECK(take_frame(*half.raw)->payload == std::string(100, 'f'));
    CHECK(take_frame(*half.raw)->payload == "p49");
    CHECK(half.raw->received.empty());
}

TEST_CASE("what breaks the rules of a stream ends it with a code") {
    const auto code_for = [](Role role, const std::string& bytes) -> int {
        Half half(role);
        half.raw->send(bytes);
        half.loop.run();
        CHECK(half.stream->ended);
        if (role == Role::client) return half.raw->received.empty() ? 0 : 1;
        const auto frame = take_frame(*half.raw);
        REQUIRE(frame);
        CHECK(frame->opcode == Opcode::close);
        CHECK(half.raw->received.empty());
        return frame->close_code();
    };
    CHECK(code_for(Role::server, ws::make_masked_frame(Opcode::text, "text", 1)) ==
          ws::kCloseUnsupported);
    CHECK(code_for(Role::server, ws::make_frame(Opcode::binary, "bare")) ==
          ws::kCloseProtocolError);
    const std::string too_long(ws::kStreamMessageBytesMax + 1, 'x');
    CHECK(code_for(Role::server, ws::make_masked_frame(Opcode::binary, too_long, 1)) ==
          ws::kCloseTooBig);
    CHECK(code_for(Role::client, ws::make_masked_frame(Opcode::binary, "masked", 1)) == 1);
    CHECK(code_for(Role::client, ws::make_frame(Opcode::text, "text")) == 1);
}

TEST_CASE("the longest message is taken, in pieces") {
    MemoryStreamOptions options;
    options.read_chunk = 1000;
    Half half(Role::server, options);
    const std::string longest(ws::kStreamMessageBytesMax, 'm');
    half.send(Opcode::binary, longest);
    CHECK(half.stream->received == longest);
    CHECK(!half.stream->ended);
}

TEST_CASE("a close frame is answered and ends the stream after what came before it") {
    Half half(Role::server);
    half.raw->send(ws::make_masked_frame(Opcode::binary, "last words", 1) +
                   ws::make_masked_frame(Opcode::close, ws::make_close_payload(1001, "away"), 2));
    half.loop.run();
    CHECK(half.stream->received == "last words");
    CHECK(half.stream->ended);
    const auto answer = take_frame(*half.raw);
    REQUIRE(answer);
    CHECK(answer->close_code() == ws::kCloseNormal);
    half.stream->close();
    half.loop.run();
    CHECK(half.raw->ended);
    CHECK(half.raw->received.empty());
}

TEST_CASE("a writer waits for a peer that does not read, and what was written outlives close") {
    MemoryStreamOptions options;
    options.capacity = 1000;
    Loop loop;
    auto [ours, theirs] = make_memory_streams(loop.shard(), options);
    StreamClient raw(std::move(theirs));
    raw.pause();
    auto stream = ws::make_stream(loop.shard(), std::move(ours), {});
    bool readable = false;
    stream->when_readable([&] { readable = true; });
    const std::string text(100'000, 'w');
    const IoResult first = try_write(*stream, text);
    CHECK(first.state == IoState::ok);
    CHECK(first.bytes == 16 * 1024);
    CHECK(try_write(*stream, text).state == IoState::would_block);
    bool writable = false;
    stream->when_writable([&] { writable = true; });
    loop.run();
    CHECK(!writable);
    stream->close();
    CHECK(try_write(*stream, text).state == IoState::failed);
    stream.reset();
    raw.send("to nobody");
    raw.resume();
    loop.run();
    CHECK(!readable);
    const auto frame = take_frame(raw);
    REQUIRE(frame);
    CHECK(frame->payload == std::string(16 * 1024, 'w'));
    CHECK(take_frame(raw)->close_code() == ws::kCloseNormal);
    CHECK(raw.ended);
    CHECK(!writable);
    CHECK(loop.shard().timers().size() == 0);
}

TEST_CASE("what a closed stream could not send is given up in time") {
    MemoryStreamOptions options;
    options.capacity = 1000;
    Loop loop;
    auto [ours, theirs] = make_memory_streams(loop.shard(), options);
    StreamClient raw(std::move(theirs));
    raw.pause();
    auto stream = ws::make_stream(loop.shard(), std::move(ours), {});
    CHECK(try_write(*stream, std::string(5'000, 'w')).state == IoState::ok);
    stream.reset();
    loop.advance(5s);
    CHECK(loop.shard().timers().size() == 0);
    raw.resume();
    loop.run();
    CHECK(raw.ended);
    CHECK(raw.received.size() <= 2000);
}
