#include "node/base/compress.h"

#include "tests/catch.h"

#include <zlib.h>

using namespace guildhall::base;

namespace {

/// What a gateway client does: one inflate context for the whole stream.
class StreamInflater {
  public:
    StreamInflater() { inflateInit(&z_); }
    ~StreamInflater() { inflateEnd(&z_); }
    std::string feed(const std::string& bytes) {
        std::string out(1 << 20, '\0');
        z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        z_.avail_in = static_cast<uInt>(bytes.size());
        z_.next_out = reinterpret_cast<Bytef*>(out.data());
        z_.avail_out = static_cast<uInt>(out.size());
        const int result = ::inflate(&z_, Z_SYNC_FLUSH);
        CHECK((result == Z_OK || result == Z_BUF_ERROR));
        CHECK(z_.avail_in == 0);
        out.resize(out.size() - z_.avail_out);
        return out;
    }

  private:
    z_stream z_{};
};

}  // namespace

TEST_CASE("one shot compression comes back in every format") {
    const std::string text = std::string(5000, 'a') + "end";
    for (const auto format : {Deflate::raw, Deflate::zlib, Deflate::gzip}) {
        const auto packed = deflate(text, format);
        CHECK(packed.size() < text.size());
        CHECK(inflate(packed, format, text.size()).value() == text);
        CHECK(inflate(deflate("", format), format, 0).value().empty());
        // At the limit it comes back, one byte under it does not.
        CHECK(!inflate(packed, format, text.size() - 1));
        CHECK(!inflate(packed.substr(0, packed.size() - 1), format, 1 << 20));
        CHECK(!inflate(packed + "x", format, 1 << 20));
        CHECK(!inflate("not compressed at all", format, 1 << 20));
    }
}

TEST_CASE("a bomb stops at its limit") {
    const auto bomb = deflate(std::string(50 << 20, '\0'), Deflate::gzip);
    CHECK(bomb.size() < 64 * 1024);
    const auto result = inflate(bomb, Deflate::gzip, 1 << 20);
    REQUIRE(!result);
    CHECK(result.error().message.find("longer") != std::string::npos);
}

TEST_CASE("shared segments are valid inside every session's stream") {
    const std::string body = R"("op":0,"d":{"content":"hello hello hello hello"}})";
    const std::string segment = shared_segment(body);
    CHECK(segment.substr(segment.size() - 4) == std::string("\0\0\xff\xff", 4));
    for (int session = 0; session < 3; ++session) {
        StreamInflater client;
        std::string wire(zlib_stream_header());
        for (int s = 1; s < 5; ++s) {
            const std::string own = "{\"s\":" + std::to_string(session * 100 + s) + ",";
            append_stored(wire, own);
            wire += segment;
            CHECK(client.feed(wire) == own + body);
            wire.clear();
        }
        append_stored_message(wire, "alone");
        CHECK(wire.substr(wire.size() - 4) == std::string("\0\0\xff\xff", 4));
        CHECK(client.feed(wire) == "alone");
    }
}

TEST_CASE("stored blocks split at 65,535 bytes") {
    for (const std::size_t bytes : {65534u, 65535u, 65536u, 200'000u}) {
        std::string wire(zlib_stream_header());
        const std::string text(bytes, 'q');
        append_stored_message(wire, text);
        StreamInflater client;
        CHECK(client.feed(wire) == text);
    }
}
