#include "node/base/ws/session.h"

#include "node/base/ws/outbox.h"
#include "tests/catch.h"
#include "tests/unit/base/http/echo_server.h"

using namespace guildhall::base;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using ws::Opcode;

namespace {

/// A server and a client behind its upgrade.
struct Upgraded {
    explicit Upgraded(const MemoryStreamOptions& options = {}) : client(echo.connect(options)) {
        client->send(upgrade_request("/"));
        echo.loop.run();
        REQUIRE(take_reply(*client)->status == 101);
        REQUIRE(echo.handler.session);
    }
    std::vector<WsFrame> frames() {
        echo.loop.run();
        std::vector<WsFrame> all;
        while (auto frame = take_frame(*client)) all.push_back(std::move(*frame));
        return all;
    }
    ws::Session& session() { return *echo.handler.session; }
    void send(Opcode opcode, std::string_view payload) {
        client->send(ws::make_masked_frame(opcode, payload, 0x01020304));
    }

    EchoServer echo;
    std::unique_ptr<StreamClient> client;
};

/// Counts the writes that reach the stream below it.
class CountingStream final : public ByteStream {
  public:
    CountingStream(std::unique_ptr<ByteStream> below, int& writes)
        : below_(std::move(below)), writes_(writes) {}
    IoResult try_read(std::span<char> into) override { return below_->try_read(into); }
    IoResult try_write(std::span<const iovec> parts) override {
        ++writes_;
        return below_->try_write(parts);
    }
    void when_readable(Callback fn) override { below_->when_readable(std::move(fn)); }
    void when_writable(Callback fn) override { below_->when_writable(std::move(fn)); }
    void close() override { below_->close(); }
    void shutdown_send() override { below_->shutdown_send(); }
    Endpoint peer() const override { return below_->peer(); }

  private:
    std::unique_ptr<ByteStream> below_;
    int& writes_;
};

struct Quiet final : ws::Listener {
    void on_open(ws::Session&) override {}
    void on_message(std::string_view, bool) override {}
    void on_close(std::uint16_t) override {}
};

}  // namespace

TEST_CASE("a kept connection upgrades after other requests, with bytes that come along") {
    EchoServer echo;
    const auto client = echo.connect();
    client->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + upgrade_request("/refused") +
                 upgrade_request("/gateway?v=10") +
                 ws::make_masked_frame(Opcode::text, "early", 77));
    echo.loop.run();
    CHECK(take_reply(*client)->status == 200);
    CHECK(take_reply(*client)->status == 403);
    const auto upgraded = take_reply(*client);
    CHECK(upgraded->status == 101);
    CHECK(upgraded->header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    CHECK(take_frame(*client)->payload == "early");
    CHECK(echo.server.connections() == 1);
    client->close();
    echo.loop.run();
    CHECK(echo.handler.closed == std::vector<std::uint16_t>{ws::kCloseAbnormal});
    CHECK(echo.server.connections() == 0);
}

TEST_CASE("all that is sent in one turn leaves in one write, in order") {
    Loop loop;
    auto [ours, theirs] = make_memory_streams(loop.shard());
    StreamClient client(std::move(theirs));
    int writes = 0;
    ws::OutboxPool pool(loop.shard());
    bool finished = false;
    ws::Session session(loop.shard(),
                        std::make_unique<CountingStream>(std::move(ours), writes),
                        std::make_unique<Quiet>(),
                        {},
                        pool,
                        [&](ws::Session&) { finished = true; });
    session.start("", "");
    loop.run();
    writes = 0;
    const SharedBytes body(std::string(600, 'b'));
    for (int i = 0; i < 32; ++i) session.send("s" + std::to_string(i) + ":", body, i % 2 == 0);
    CHECK(writes == 0);
    CHECK(session.queued_bytes() > 32 * 600);
    loop.run();
    CHECK(writes == 1);
    CHECK(session.queued_bytes() == 0);
    for (int i = 0; i < 32; ++i) {
        const auto frame = take_frame(client);
        REQUIRE(frame);
        CHECK(frame->payload == "s" + std::to_string(i) + ":" + std::string(600, 'b'));
        CHECK(frame->opcode == (i % 2 == 0 ? Opcode::binary : Opcode::text));
    }
    for (int i = 0; i < 33; ++i) session.send("x", body);
    loop.run();
    CHECK(writes == 3);
    CHECK(!finished);
}

TEST_CASE("frames survive a socket that takes a few bytes at a time") {
    MemoryStreamOptions options;
    options.capacity = 7;
    EchoServer echo;
    auto [ours, theirs] = make_memory_streams(echo.loop.shard(), options);
    StreamClient client(std::move(theirs));
    ws::OutboxPool pool(echo.loop.shard());
    ws::Session session(
        echo.loop.shard(), std::move(ours), std::make_unique<Quiet>(), {}, pool, [](ws::Session&) {
        });
    session.start("", "");
    for (int i = 0; i < 100; ++i) {
        session.send("prefix " + std::to_string(i), SharedBytes(std::string("body")));
    }
    echo.loop.run();
    for (int i = 0; i < 100; ++i) {
        CHECK(take_frame(client)->payload == "prefix " + std::to_string(i) + "body");
    }
    CHECK(session.queued_bytes() == 0);
}

TEST_CASE("the peer's close is answered with its code and ends the session") {
    Upgraded up;
    up.send(Opcode::close, "\x0f\xa1gone");
    const auto frames = up.frames();
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].close_code() == 4001);
    CHECK(up.client->ended);
    CHECK(up.echo.handler.closed == std::vector<std::uint16_t>{4001});
}

TEST_CASE("our close waits for the peer's answer, but not for ever") {
    Upgraded polite;
    polite.session().close(4004, "Authentication failed.");
    polite.session().send("too late");
    auto frames = polite.frames();
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].close_code() == 4004);
    CHECK(frames[0].payload.substr(2) == "Authentication failed.");
    CHECK(!polite.client->ended);
    polite.send(Opcode::text, "ignored");
    polite.send(Opcode::close, "\x0f\xa4");
    CHECK(polite.frames().empty());
    CHECK(polite.client->ended);
    CHECK(polite.echo.handler.closed == std::vector<std::uint16_t>{4004});

    Upgraded silent;
    silent.session().close(1001);
    silent.echo.loop.advance(4999ms);
    CHECK(silent.echo.handler.closed.empty());
    silent.echo.loop.advance(1ms);
    CHECK(silent.echo.handler.closed == std::vector<std::uint16_t>{1001});
    CHECK(silent.echo.server.connections() == 0);
}

TEST_CASE("a close reason is cut to what a control frame holds") {
    Upgraded up;
    up.session().close(4000, std::string(500, 'r'));
    CHECK(up.frames().at(0).payload.size() == 125);
}

TEST_CASE("a session that does not read is closed when more than its bound waits") {
    MemoryStreamOptions small;
    small.capacity = 1000;
    Upgraded up(small);
    up.client->pause();
    const SharedBytes body(std::string(1020, 'q'));  // A frame of 1,024 bytes.
    for (int i = 0; i < 256; ++i) up.session().send("", body);
    up.echo.loop.run();
    // 262,144 bytes were queued and 1,000 have been taken: the bound is not passed.
    CHECK(up.session().queued_bytes() == 256 * 1024 - 1000);
    up.session().send("", body);
    CHECK(up.session().is_open());
    CHECK(up.session().queued_bytes() > 256 * 1024);
    up.session().send("", body);
    CHECK(!up.session().is_open());
    up.echo.loop.advance(5s);
    CHECK(up.echo.handler.closed == std::vector<std::uint16_t>{ws::kClosePolicy});
    CHECK(up.echo.server.connections() == 0);
}

TEST_CASE("a burst beyond the bound is fine for a peer that reads") {
    MemoryStreamOptions wide;
    wide.capacity = 64 << 20;
    Upgraded up(wide);
    const SharedBytes body(std::string(100'000, 'q'));
    for (int i = 0; i < 50; ++i) up.session().send("", body);
    CHECK(up.frames().size() == 50);
    CHECK(up.session().is_open());
}

TEST_CASE("a listener is told once that all was taken, when it asked for that") {
    MemoryStreamOptions small;
    small.capacity = 1000;
    Upgraded up(small);
    up.session().send("nobody waits for this one");
    CHECK(up.frames().size() == 1);
    CHECK(up.echo.handler.drained == 0);

    up.session().tell_when_drained();
    up.session().send(std::string(3000, 'q'));
    up.client->pause();
    up.echo.loop.run();
    CHECK(up.echo.handler.drained == 0);
    up.client->resume();
    CHECK(up.frames().size() == 1);
    CHECK(up.echo.handler.drained == 1);

    up.session().send("nor for this one");
    CHECK(up.frames().size() == 1);
    CHECK(up.echo.handler.drained == 1);
}

TEST_CASE("a message above the limit closes with the code the product chose") {
    EchoServer echo;
    echo.handler.session_options.message_bytes_max = 15 * 1024;
    echo.handler.session_options.too_big_code = 4002;
    const auto client = echo.connect();
    client->send(upgrade_request("/"));
    client->send(ws::make_masked_frame(Opcode::text, std::string(15 * 1024, 'x'), 1));
    client->send(ws::make_masked_frame(Opcode::text, std::string(15 * 1024 + 1, 'x'), 1));
    echo.loop.run();
    take_reply(*client);
    CHECK(take_frame(*client)->payload.size() == 15 * 1024);
    CHECK(take_frame(*client)->close_code() == 4002);
    // Only its end of stream ends the session now: what it says is no longer understood.
    CHECK(client->ended);
    client->close();
    echo.loop.run();
    CHECK(echo.handler.closed == std::vector<std::uint16_t>{4002});
}

TEST_CASE("pings that are never read close the session instead of filling memory") {
    MemoryStreamOptions small;
    small.capacity = 4096;
    Upgraded up(small);
    up.client->pause();
    const std::string ping = ws::make_masked_frame(Opcode::ping, std::string(125, 'p'), 5);
    for (int i = 0; i < 4000; ++i) up.client->send(ping);
    up.echo.loop.run();
    up.echo.loop.advance(5s);
    CHECK(up.echo.handler.closed == std::vector<std::uint16_t>{ws::kClosePolicy});
}

TEST_CASE("outboxes go back to the pool and the pool empties itself") {
    Loop loop;
    ws::OutboxPool pool(loop.shard());
    std::vector<std::unique_ptr<ws::Outbox>> taken;
    taken.reserve(10);
    for (int i = 0; i < 10; ++i) taken.push_back(pool.take());
    ws::Outbox* const last = taken.back().get();
    for (auto& outbox : taken) pool.give(std::move(outbox));
    CHECK(pool.take().get() == last);
    CHECK(loop.shard().timers().size() == 1);
    loop.advance(5s);
    CHECK(loop.shard().timers().size() == 0);
}
