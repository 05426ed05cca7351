#include "node/base/ws/codec.h"

#include "node/base/http/request.h"
#include "node/base/ws/handshake.h"
#include "node/base/ws/utf8.h"
#include "tests/catch.h"

using namespace guildhall::base;
using namespace guildhall::base::ws;

namespace {

struct Collector final : FrameSink {
    void on_text_or_binary(std::string_view payload, bool) override {
        messages.emplace_back(payload);
    }
    void on_ping(std::string_view payload) override { pings.emplace_back(payload); }
    void on_pong(std::string_view) override {}
    void on_close_frame(std::uint16_t code, std::string_view) override { close = code; }
    bool wants_more() const override { return !close; }

    std::vector<std::string> messages;
    std::vector<std::string> pings;
    std::optional<std::uint16_t> close;
};

std::optional<std::uint16_t> feed(Decoder& decoder, Collector& sink, std::string bytes) {
    return decoder.feed(bytes, sink);
}

}  // namespace

TEST_CASE("a message at the limit is taken and one byte more is 1009, whole or in fragments") {
    for (const std::size_t bytes : {199u, 200u, 201u}) {
        const std::string text(bytes, 't');
        const auto expected =
            bytes <= 200 ? std::nullopt : std::optional<std::uint16_t>(kCloseTooBig);
        Collector whole;
        Decoder first(200);
        CHECK(feed(first, whole, make_masked_frame(Opcode::text, text, 1)) == expected);
        Collector pieces;
        Decoder second(200);
        const auto begun =
            feed(second, pieces, make_masked_frame(Opcode::text, text.substr(0, 150), 7, false));
        CHECK(!begun);
        CHECK(feed(second, pieces, make_masked_frame(Opcode::continuation, text.substr(150), 9)) ==
              expected);
        CHECK(whole.messages.size() == (bytes <= 200 ? 1 : 0));
        CHECK(pieces.messages == whole.messages);
    }
}

TEST_CASE("a length beyond 63 bits does not wrap around") {
    Collector sink;
    Decoder decoder(1000);
    const std::string header = "\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04";
    CHECK(feed(decoder, sink, header) == kCloseTooBig);
}

TEST_CASE("messages cut at every byte are the same as whole ones") {
    const std::string wire = make_masked_frame(Opcode::text, "h\xC3\xA9llo", 0x11223344) +
                             make_masked_frame(Opcode::binary, std::string(300, '\xff'), 5, false) +
                             make_masked_frame(Opcode::ping, "p", 6) +
                             make_masked_frame(Opcode::continuation, std::string(70'000, 'x'), 8) +
                             make_masked_frame(Opcode::close, "\x0f\xa0", 9);
    Collector sink;
    Decoder decoder(100'000);
    for (const char byte : wire) CHECK(!feed(decoder, sink, std::string(1, byte)));
    REQUIRE(sink.messages.size() == 2);
    CHECK(sink.messages[0] == "h\xC3\xA9llo");
    CHECK(sink.messages[1] == std::string(300, '\xff') + std::string(70'000, 'x'));
    CHECK(sink.pings == std::vector<std::string>{"p"});
    CHECK(sink.close == 4000);
}

TEST_CASE("text that cannot become UTF-8 is refused before its frame is whole") {
    Collector sink;
    Decoder decoder(1000);
    const auto frame = make_masked_frame(Opcode::text, "ok \xF4\x90\x80\x80 never sent", 3);
    CHECK(!feed(decoder, sink, frame.substr(0, 6 + 4)));
    CHECK(feed(decoder, sink, frame.substr(6 + 4, 1)) == kCloseBadText);
}

TEST_CASE("frame headers have their shortest form") {
    for (const auto& [bytes, header] : std::vector<std::pair<std::size_t, std::size_t>>{
             {0, 2}, {125, 2}, {126, 4}, {65535, 4}, {65536, 10}}) {
        CHECK(make_frame(Opcode::binary, std::string(bytes, 'x')).size() == bytes + header);
    }
}

TEST_CASE("the accept key is the one of RFC 6455") {
    CHECK(accept_key("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("a handshake with another version or a bad key is refused") {
    http::Request request(http::Method::get, "/");
    request.add_header("Upgrade", "WebSocket");
    request.add_header("Connection", "keep-alive, upgrade");
    CHECK(wants_upgrade(request));
    CHECK(refuse_handshake(request)->status == 426);
    request.add_header("Sec-WebSocket-Version", "13");
    CHECK(refuse_handshake(request)->status == 400);
    request.add_header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    CHECK(!refuse_handshake(request));
}

TEST_CASE("UTF-8 is checked at its edges") {
    for (const char* good : {"",
                             "a",
                             "\xC2\x80",
                             "\xDF\xBF",
                             "\xE0\xA0\x80",
                             "\xED\x9F\xBF",
                             "\xEE\x80\x80",
                             "\xEF\xBF\xBF",
                             "\xF0\x90\x80\x80",
                             "\xF4\x8F\xBF\xBF",
                             "12345678\xC3\xA9"
                             "12345678"}) {
        CHECK(is_utf8(good));
    }
    for (const char* bad : {"\x80",
                            "\xC0\x80",
                            "\xC1\xBF",
                            "\xE0\x9F\xBF",
                            "\xED\xA0\x80",
                            "\xF0\x8F\xBF\xBF",
                            "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80",
                            "\xC3",
                            "\xE2\x82",
                            "\xF0\x9F\x91",
                            "12345678\xC3"
                            "12345678",
                            "\xFF"}) {
        CHECK(!is_utf8(bad));
    }
}
